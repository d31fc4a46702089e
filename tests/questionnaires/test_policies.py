"""Support rules and advice: files checked fault by fault, shipped data whole, pages and API."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from questionnaires.amount_words import amount_words, cap_words, money
from questionnaires.catalogue.documents import read_document
from questionnaires.catalogue.export import as_csv, as_json
from questionnaires.catalogue.loading import load_catalogue, load_documents
from questionnaires.catalogue.references import catalogue_files
from questionnaires.models import Advice, Indicator, Policy, Source

RULE = """
policies:
  - code: a-rule
    title: 规则
    source: mic2025
    locator: 第一条
    issuer: 某市
    area: "330100"
    audience: enterprise
    beneficiary: 企业
    valid_from: "2024"
    benefit: {kind: grant, text: 补助}
"""


def rule(**changes) -> str:
    """The rule above as YAML, with some keys changed (dots go into parts)."""
    document = yaml.safe_load(RULE)
    for name, value in changes.items():
        document["policies"][0][name] = value
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)


@pytest.fixture(scope="module")
def files():
    """The shipped rules and advice as they stand in their files."""
    found: dict[str, list] = {"policies": [], "advice": []}
    for kind in found:
        for path in sorted((Path(settings.CATALOGUE_DIR) / kind).glob("*.yaml")):
            document = yaml.safe_load(path.read_text(encoding="utf-8"))
            found[kind] += document.get(kind, [])
    return found


# --- the importer -----------------------------------------------------------------------------


def test_a_sound_rule_has_no_problems(problems):
    assert problems(rule()) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"conditions": [{"text": "t", "when": "profile.reveneu > 1"}]}, "expression"),
        ({"conditions": [{"text": "t", "when": '"it-spending" >'}]}, "expression"),
        ({"conditions": [{"text": "t", "when": '"it-spending" + 1'}]}, "expression"),
        ({"conditions": [{"text": "t", "when": "profile.size = 'huge'"}]}, "expression"),
        ({"conditions": [{"text": "t", "when": '"no-such-indicator" = 1'}]}, "unknown-reference"),
        ({"conditions": [{"when": "profile.revenue > 1"}]}, "missing"),
        ({"area": "339900"}, "unknown-reference"),
        ({"source": "no-such"}, "unknown-reference"),
        ({"audience": "everybody"}, "choice"),
        ({"valid_to": "2023"}, "valid-to"),
        ({"benefit": {"kind": "gift", "text": "t"}}, "choice"),
        ({"price": 3}, "unknown-key"),
    ],
)
def test_each_fault_of_a_rule_is_named(problems, changes, fault):
    found = problems(rule(**changes))
    assert [problem.rule for problem in found] == [fault]
    assert found[0].code == "a-rule"


@pytest.mark.parametrize(
    "amount",
    [
        {"kind": "fixed"},
        {"kind": "fixed", "value": 1, "of": "it-spending"},
        {"kind": "range", "value": 1},
        {"kind": "percent", "value": 1},
        {"kind": "tiered", "of": "it-spending"},
        {"kind": "fixed", "value": 1, "tiers": [{"start": 1, "value": 2}]},
        {"kind": "percent", "value": 1, "of": "profile.size"},
    ],
)
def test_an_amount_that_is_not_whole_is_refused(problems, amount):
    benefit = {"kind": "grant", "text": "t", "amount": amount}
    assert len(problems(rule(benefit=benefit))) == 1


def test_a_fault_names_the_line_of_the_condition(problems):
    conditions = [{"text": "t"}, {"text": "u", "when": "profile.x = 1"}]
    text = rule(conditions=conditions)
    line = next(n for n, one in enumerate(text.splitlines(), 2) if "profile.x" in one)
    assert problems(text)[0].line == line


def test_a_bound_without_an_indicator_is_refused(problems):
    advice = {
        "code": "an-advice", "title": "t", "text": "t", "below": 2, "audience": "enterprise",
        "nature": "case", "source": "mic2025", "locator": "一",
    }  # fmt: skip
    assert [p.rule for p in problems(yaml.safe_dump({"advice": [advice]}))] == ["amount"]
    advice |= {"indicator": "it-spending"}
    assert problems(yaml.safe_dump({"advice": [advice]})) == []


def test_a_rule_brings_its_source_and_indicators_with_it_and_loads_once(write, db):
    conditions = [{"text": "t", "when": '"it-spending" >= 10'}]
    path = write(rule(conditions=conditions))
    assert load_catalogue([path]).written
    stored = Policy.objects.get()
    assert stored.inputs == ["it-spending"]
    assert Indicator.objects.filter(code="it-spending").exists()
    assert load_catalogue([path]).diff == []


def test_a_changed_rule_shows_what_changes(write, db):
    load_catalogue([write(rule())])
    outcome = load_catalogue([write(rule(valid_to="2026"))])
    (change,) = outcome.diff
    assert (change.action, change.fields) == ("changed", (("valid_to", "", "2026"),))


def test_the_example_of_the_documentation_loads(write, db):
    text = (Path(settings.BASE_DIR) / "docs" / "policy-format.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(.*?)```", text, re.S)[1]
    assert load_catalogue([write(example, head="")]).problems == []


# --- the shipped data -------------------------------------------------------------------------


def test_fifty_fujian_rules_and_twenty_national_ones_in_order(files):
    codes = [one["code"] for one in files["policies"]]
    for name, count in (("fujian", 50), ("national", 20)):
        numbers = [int(c.split("-")[2]) for c in codes if c.startswith(name)]
        assert numbers == list(range(1, count + 1))


def test_amounts_of_the_notice_are_those_it_prints(files):
    def amount(number):
        return next(
            (b.get("amount", {}).get("value"), b.get("cap_year"), b.get("cap_total"))
            for one in files["policies"]
            if one["code"].startswith(f"fujian-2015-{number:02d}-") and (b := one["benefit"])
        )

    expected = {
        6: (50, None, None), 7: (150, None, None), 8: (50, 100, 150), 15: (30, None, None),
        17: (30, None, None), 20: (50, None, None), 24: (30, 30, None), 25: (300, None, None),
        28: (300, None, None), 29: (300, None, None), 30: (50, None, None), 31: (3, 300, None),
        32: (50, None, None), 33: (100, None, None), 34: (100, None, 100), 35: (50, None, None),
        36: (100, None, None), 37: (20, None, None), 39: (30, None, None),
    }  # fmt: skip
    assert {number: amount(number) for number in expected} == expected
    stated = {int(o["code"].split("-")[2]) for o in files["policies"]
              if o["code"].startswith("fujian") and "amount" in o["benefit"]}  # fmt: skip
    assert stated == {*expected, 12}  # 12: at most what was invested


def test_the_listed_ambiguities_are_marked(files):
    marked = {o["code"][12:14] for o in files["policies"] if o.get("needs_person")}
    assert {"08", "17", "25", "28", "31", "36"} <= marked
    matched = {o["code"][12:14] for o in files["policies"] if o.get("matching")}
    assert matched == {"03", "08", "17", "29", "32", "33"}


def texts(part):
    if isinstance(part, dict):
        if "zh" in part:
            yield part
        else:
            for value in part.values():
                yield from texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value)


def test_every_text_is_in_both_languages_with_chinese_marks(files):
    for one in [*files["policies"], *files["advice"]]:
        for text in texts(one):
            assert text["en"], one["code"]
            assert not re.search(r"[,;?()]", text["zh"]), one["code"]
            assert not re.search(r"[一-鿿]", text["en"]), one["code"]


def test_every_indicator_of_the_two_questionnaires_that_can_be_improved_has_advice(files):
    linked = {one.get("indicator") for one in files["advice"]}
    for code in ("enterprise-digital-economy", "miit-sme-2024"):
        path = Path(settings.CATALOGUE_DIR) / "instruments" / f"{code}.yaml"
        sections = yaml.safe_load(path.read_text(encoding="utf-8"))["sections"]
        asked = {
            q.get("indicator")
            for section in sections
            for q in section["questions"]
            if q["kind"] != "number"  # plain counts have no better or worse
        }
        without = asked - linked - {None}
        assert len(without) <= len(asked) / 3, sorted(without)


def test_all_six_natures_and_audiences_occur(files):
    assert {one["nature"] for one in files["advice"]} == set(Advice.Nature.values)
    assert {one["audience"] for one in files["advice"]} == set(Advice.Audience.values)


def test_cases_and_foreign_measures_say_what_they_are(files):
    for one in files["advice"]:
        if one["nature"] in ("case", "foreign"):
            assert one["caveats"]["zh"]


# --- amounts in words -------------------------------------------------------------------------


def test_money_reads_in_ten_thousands_in_chinese_and_in_yuan_in_english():
    assert money("300") == {"zh": "300万元", "en": "CNY 3,000,000"}
    assert money("100", "yuan") == {"zh": "100元", "en": "CNY 100"}


def test_a_percentage_beyond_a_share_reads_as_it_is_computed():
    policy = Policy(
        benefit={
            "amount": {"kind": "percent", "value": "50", "of": "a", "per": "year",
                       "beyond": {"percent": "10", "of": "b"}},
            "cap_year": "100", "cap_total": "150",
        }
    )  # fmt: skip
    names = {"a": {"zh": "投入"}, "b": {"zh": "收入"}}
    assert amount_words(policy, names)["zh"] == "投入超过收入10%的部分的50%，每年"
    assert [cap["zh"] for cap in cap_words(policy)] == ["每年不超过100万元", "累计不超过150万元"]


# --- pages and API ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def documents():
    """The shipped files but the instruments, read once."""
    files = catalogue_files(Path(settings.CATALOGUE_DIR))
    return [read_document(path) for path in files if path.parent.name != "instruments"]


@pytest.fixture(scope="module")
def loaded(kept_for_a_module, documents):
    """The shipped catalogue without its instruments, loaded once for the module."""
    with kept_for_a_module():
        yield load_documents(documents)


@pytest.fixture
def page(client, db, loaded):
    def get(path: str, language: str = "zh-hans") -> str:
        client.cookies["django_language"] = language
        response = client.get(path)
        assert response.status_code == 200, path
        inner = re.search(r"<main.*?</main>", response.content.decode(), re.S)[0]
        inner = re.sub(r"<code>.*?</code>", "", inner, flags=re.S)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", inner))

    return get


def test_every_rule_has_a_page_with_date_clause_and_whom_to_ask_in_both_languages(page):
    for policy in Policy.objects.all():
        text = page(f"/catalogue/policies/{policy.code}/")
        for part in ("发布于2015年", "请向发布机关核实", policy.locator, policy.title["zh"]):
            assert part in text
        assert re.findall(r"[A-Za-z]{4,}(?: [a-z]{2,})+", text) == []
    code = Policy.objects.get(code__startswith="fujian-2015-08").code
    assert "Ask the issuing office" in page(f"/catalogue/policies/{code}/", "en")


def test_the_rule_page_says_conditions_amount_caps_and_what_is_left_open(page):
    text = page("/catalogue/policies/fujian-2015-08-rd-post-subsidy/")
    for part in (
        "申请者所在地：福建省。",
        "年研发投入超过1000万元。",
        "年研发投入超过年销售收入10%的部分的50%",
        "每年不超过100万元",
        "累计不超过150万元",
        "省科技厅",
        "可以有不同读法",
        "需向所在地政府核实",
    ):
        assert part in text
    assert "就高享受" in page("/catalogue/policies/fujian-2015-32-revenue-40m/")


def test_lists_filter_and_download(client, loaded):
    rows = json.loads(client.get("/catalogue/policies/?kind=tax&format=json").content)
    assert rows
    assert {row["kind"] for row in rows} == {"tax"}
    rows = json.loads(client.get("/catalogue/policies/?area=CN&format=json").content)
    assert len(rows) == 20
    asked = "/catalogue/advice/?indicator=key-process-nc-rate&value=60&format=json"
    codes = {row["code"] for row in json.loads(client.get(asked).content)}
    assert codes == {"nc-robots-labour", "nc-robot-finance"}  # the bound of 50 is passed
    assert client.get("/catalogue/policies/?kind=gift").status_code == 200


def test_exports_have_one_row_an_entry(loaded):
    assert len(list(csv.DictReader(io.StringIO(as_csv("policies"))))) == Policy.objects.count()
    rows = list(csv.DictReader(io.StringIO(as_csv("advice"))))
    assert len(rows) == Advice.objects.count()
    assert all(row["source"] and row["locator"] for row in rows)
    first = json.loads(as_json("policies"))[0]
    assert set(first["title"]) == {"zh", "en"}


def test_the_api_gives_rules_and_advice(client, loaded):
    found = client.get("/api/v1/policies/fujian-2015-24-data-centre-rent/").json()
    assert found["source"] == "fujian-internet-2015"
    assert found["benefit"]["cap_year"] == "30"
    assert found["inputs"] == ["internet-firm-key-supported", "park-data-centre-rent"]
    listed = client.get("/api/v1/advice/", {"nature": "foreign"}).json()
    assert listed["count"] == Advice.objects.filter(nature="foreign").count()
    one = client.get("/api/v1/advice/nc-key-processes/").json()
    assert (one["indicator"], one["below"]) == ("key-process-nc-rate", "50")


def test_an_indicator_and_a_source_show_what_uses_them(page):
    assert "研发投入后补助" in page("/catalogue/indicators/rd-spending/")
    assert "优先改造关键工序" in page("/catalogue/indicators/key-process-nc-rate/")
    assert "省外中标奖励" in page("/catalogue/sources/fujian-internet-2015/")


def test_lists_cost_the_same_however_many_entries(client, loaded, django_assert_max_num_queries):
    for path in ("/catalogue/policies/", "/catalogue/advice/"):
        with django_assert_max_num_queries(12):
            client.get(path)


def test_a_rule_cannot_outlive_its_source(db):
    source = Source.objects.create(code="s", title={"zh": "来源"})
    Policy.objects.create(code="p", source=source, area="CN", kind="tax", valid_from="2015")
    with pytest.raises(Exception, match="protected"):
        source.delete()
    assert Policy.objects.get(code="p").amount == {}
