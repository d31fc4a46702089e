"""Write what the checks found; what people decided stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessment.models import Round
from scoring import analyses
from scoring.integrity.batch import Finding
from scoring.models import Flag, RoundAnalysis

KIND = RoundAnalysis.Kind.INTEGRITY
Key = tuple[int, str, str]
MOST = 20  # other submissions named in one flag
WRITTEN = ("reason", "facts", "evidence", "holds", "changed_at")


def refresh(round: Round) -> RoundAnalysis:
    """Judge every submission of a round again. Running it twice changes nothing more."""
    from scoring.integrity.judging import judge, not_judged
    from scoring.integrity.reading import read_round

    stamp, now = analyses.stamp_of(round), timezone.now()
    keys, batch = read_round(round)
    found = {_key(one, keys): one for one in judge(batch)}
    with transaction.atomic():
        Round.unguarded.select_for_update(no_key=True).filter(pk=round.pk).first()
        _write(round, found, keys, now)
        return analyses.keep(round, KIND, stamp, not_judged(batch), now)


def current(round: Round) -> RoundAnalysis | None:
    """The round's flags as of the latest results; None while they are being worked out."""
    return analyses.current(round, KIND, refresh)


def _key(finding: Finding, keys: list[int]) -> Key:
    return keys[finding.row], finding.kind, finding.key


def _write(round: Round, found: dict[Key, Finding], keys: list[int], now: datetime) -> None:
    kept = Flag.objects.unscoped("the checks keep all flags").filter(submission__round=round)
    stored = {(flag.submission_id, flag.kind, flag.key): flag for flag in kept}
    new = [_flag(key, one, keys, now) for key, one in found.items() if key not in stored]
    both = [(stored[key], one) for key, one in found.items() if key in stored]
    changed = [flag for flag, one in both if _put(flag, one, keys, now)]
    gone = [flag for key, flag in stored.items() if key not in found]
    changed += [flag for flag in gone if flag.decided_at is not None and _gone(flag)]
    _remove([flag.pk for flag in gone if flag.decided_at is None])
    Flag.unguarded.bulk_create(new, batch_size=500)
    Flag.unguarded.bulk_update(changed, WRITTEN, batch_size=200)


def _gone(flag: Flag) -> bool:
    """Mark a decided flag as no longer found; whether that is news."""
    was, flag.holds = flag.holds, False
    return was


def _remove(keys: list[int]) -> None:
    for at in range(0, len(keys), 500):
        Flag.unguarded.filter(pk__in=keys[at : at + 500]).delete()


def _flag(key: Key, finding: Finding, keys: list[int], now: datetime) -> Flag:
    submission, kind, own = key
    fields = _fields(finding, keys)
    return Flag(
        submission_id=submission, kind=kind, key=own, found_at=now, changed_at=now, **fields
    )


def _fields(finding: Finding, keys: list[int]) -> dict[str, Any]:
    evidence: dict[str, Any] = {"questions": list(finding.questions)}
    if finding.others:
        evidence["others"] = [keys[row] for row in finding.others[:MOST]]
    if finding.before is not None:
        evidence["before"] = finding.before
    return {"reason": finding.reason, "facts": finding.facts, "evidence": evidence}


def _put(flag: Flag, finding: Finding, keys: list[int], now: datetime) -> bool:
    """Bring a flag up to date; whether anything changed."""
    fields = {**_fields(finding, keys), "holds": True}
    if all(getattr(flag, name) == value for name, value in fields.items()):
        return False
    for name, value in fields.items():
        setattr(flag, name, value)
    flag.changed_at = now
    return True
