"""Messages about answers, in both languages, so that command, page and API say the same."""

from __future__ import annotations

from questionnaires.answers.values import AnswerProblem

MESSAGES: dict[str, tuple[str, str]] = {
    "unknown_question": (
        "问卷中没有题目“{detail}”，请核对题目编号。",
        "The questionnaire has no question “{detail}”; check its code.",
    ),
    "unknown_option": (
        "选项“{detail}”不存在，可选：{choices}。",
        "There is no option “{detail}”; choose from {choices}.",
    ),
    "exclusive_option": (
        "选项“{detail}”不能与其他选项同时选择，请只保留一种。",
        "Option “{detail}” excludes all others; keep one or the other.",
    ),
    "duplicate_option": (
        "选项“{detail}”重复，请只选一次。",
        "Option “{detail}” is chosen twice; choose it once.",
    ),
    "wrong_type": (
        "答案的形式不对，应为{wanted_zh}。",
        "The answer has the wrong form; give {wanted_en}.",
    ),
    "not_a_number": (
        "应填写数字，不带单位和文字。",
        "Give a number, without unit or words.",
    ),
    "too_large": ("数字过大，请核对单位。", "The number is too large; check the unit."),
    "too_many_decimals": ("最多保留 {detail} 位小数。", "Give at most {detail} decimals."),
    "below_min": ("不能小于 {detail}。", "Must not be less than {detail}."),
    "above_max": ("不能大于 {detail}。", "Must not be more than {detail}."),
    "negative_count": ("数量不能为负数。", "Counts must not be negative."),
    "zero_whole": (
        "总数为 0，无法计算比例；没有这类对象时请选择“不适用”或留空。",
        "The whole is 0, so there is no ratio; if there is nothing to count, leave it empty.",
    ),
    "part_above_whole": (
        "部分（{part}）大于总数（{whole}），请核对两个数量。",
        "The part ({part}) is more than the whole ({whole}); check both counts.",
    ),
    "percent_contradicts_counts": (
        "填写的比例 {detail}% 与数量 {part}/{whole} 不一致，请更正其中之一。",
        "The stated {detail} % contradicts the counts {part}/{whole}; correct one of them.",
    ),
    "incomplete_counts": ("请同时填写两个数量。", "Give both counts."),
    "incomplete_pair": (
        "请同时填写前后两个数值。",
        "Give both the value before and the value after.",
    ),
    "unknown_field": (
        "答案中有不认识的内容“{detail}”，请删除。",
        "The answer has an unknown part “{detail}”; remove it.",
    ),
    "unknown_rung": ("等级应为 0 到 {detail} 的整数。", "Give a whole number from 0 to {detail}."),
    "unknown_branch": ("该级没有情形“{detail}”。", "This rung has no alternative “{detail}”."),
    "too_long": ("内容过长，最多 {detail}。", "Too long; at most {detail}."),
    "bad_characters": (
        "文字中有无法保存的字符，请删除后重新输入。",
        "The text has characters that cannot be stored; remove them.",
    ),
    "not_a_date": ("日期应写成 2026-05-01 的形式。", "Write the date as 2026-05-01."),
    "date_too_early": ("日期不能早于 {detail}。", "The date must not be before {detail}."),
    "date_too_late": ("日期不能晚于 {detail}。", "The date must not be after {detail}."),
    "not_applicable_not_allowed": (
        "本题不能回答“不适用”。",
        "“Does not apply” is not an answer to this question.",
    ),
    "reason_missing": ("请说明不适用的原因。", "Say why it does not apply."),
    "unknown_not_allowed": (
        "本题不能回答“不清楚”。",
        "“Not known” is not an answer to this question.",
    ),
    "too_many_files": ("最多 {detail} 个文件。", "At most {detail} files."),
    "answers_not_an_object": (
        "answers 应为以题目编号为键的对象。",
        "answers must be an object with question codes as keys.",
    ),
    "profile_not_an_object": ("profile 应为对象。", "profile must be an object."),
    "bad_profile": (
        "企业信息“{detail}”应为{wanted_zh}。",
        "Profile field “{detail}” must be {wanted_en}.",
    ),
    "unknown_profile_field": (
        "企业信息中的“{detail}”未被使用，请核对名称。",
        "Profile field “{detail}” is not used; check its name.",
    ),
    "not_asked_answered": (
        "本题不适用于该企业，所填答案未计入。",
        "This question is not asked of this enterprise; its answer was not counted.",
    ),
}


def problem(code: str, question: str | None = None, **details: object) -> AnswerProblem:
    """One problem with its message; details are cut so that junk does not fill the page."""
    shown = {name: _cut(value) for name, value in details.items()}
    zh, en = MESSAGES[code]
    return AnswerProblem(code, {"zh": zh.format(**shown), "en": en.format(**shown)}, question)


def _cut(value: object) -> str:
    text = value if isinstance(value, str) else str(value)
    text = "".join(c if c.isprintable() else "�" for c in text[:80])
    return text if len(text) <= 60 else text[:59] + "…"
