"""What a report says of weights that the assessor of a round has chosen."""

from __future__ import annotations

from assessment.models import Round
from questionnaires.models import InstrumentVersion
from scoring.numbers import Text

_CHOSEN: Text = {
    "zh": "本评估批次的权重由评估者于{day}选定，理由：{reason}（权重SHA-256：{sha}）。",
    "en": "Weights chosen by the assessor of this round on {day}, for this reason: {reason} "
    "(SHA-256 of the weights: {sha}).",
}


def notice_of(version: InstrumentVersion, round: Round) -> Text:
    """The edition's notice, and after it that, when and why other weights were chosen."""
    if not round.weights:
        return version.notice
    day = round.weights_at.date().isoformat() if round.weights_at else "—"
    said = {"day": day, "reason": round.weights_reason, "sha": round.weights_sha256[:16] + "…"}
    languages = ("zh", "en")
    own = {key: version.notice.get(key) or version.notice.get("zh", "") for key in languages}
    return {key: f"{own[key]} {_CHOSEN[key].format(**said)}".strip() for key in languages}
