"""Regional indices as rows: made from a form, computed in the background, swept up."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from assessment.models import User
from questionnaires.instruments import load_definition
from questionnaires.models import Indicator, InstrumentVersion, Region
from scoring import runners
from scoring.index.faults import Impossible
from scoring.index_files.saying import words_of
from scoring.models import RegionalIndex
from scoring.regional.choices import Choices
from scoring.regional.composition import Composition, compose
from scoring.regional.run import run
from scoring.regional.table import read

log = logging.getLogger(__name__)

LOWER = Indicator.Direction.LOWER


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for; ``data`` is CSV that ``table.read`` found no fault in."""

    title: str
    version: InstrumentVersion
    region: Region
    source: str
    data: str
    choices: Choices
    reason: str = ""
    synthetic: bool = False


def composition_of(version: InstrumentVersion) -> Composition | None:
    return compose(load_definition(version.definition))


def usable_versions() -> list[InstrumentVersion]:
    """Published versions that an index can be made of."""
    published = InstrumentVersion.objects.filter(published=True).select_related("instrument")
    return [version for version in published if composition_of(version) is not None]


def region_codes(region: Region) -> list[str]:
    """The region and everything below it."""
    return list(Region.objects.filter(path__startswith=region.path).values_list("code", flat=True))


def make(wanted: Wanted, user: User) -> RegionalIndex:
    """Keep what was asked for and have it computed once that is committed."""
    index = RegionalIndex.unguarded.create(
        title=wanted.title, instrument_version=wanted.version, region=wanted.region, made_by=user,
        source=wanted.source, synthetic=wanted.synthetic, choices=wanted.choices.as_data(),
        reason=wanted.reason, data=wanted.data,
        data_sha256=hashlib.sha256(wanted.data.encode()).hexdigest(),
    )  # fmt: skip
    transaction.on_commit(lambda: dispatch(index.pk))
    return index


def dispatch(pk: int) -> None:
    """Have an index computed soon; what cannot be handed over now the sweep takes up."""
    try:
        runners.compute_index(pk)
    except Exception:
        log.exception("index %s could not be dispatched; the sweep will take it up", pk)


def compute(pk: int) -> bool:
    """Compute one waiting index; whether this call finished it. Two at once leave the same row."""
    waiting = RegionalIndex.unguarded.select_related("instrument_version", "region")
    index = waiting.filter(pk=pk, state=RegionalIndex.State.PENDING).first()
    if index is None:
        return False
    found = _outcome(index) | {"computed_at": timezone.now()}
    rows = RegionalIndex.unguarded.filter(pk=pk, state=RegionalIndex.State.PENDING)
    return bool(rows.update(**found))


def sweep() -> list[int]:
    """Dispatch what is waiting."""
    waiting = RegionalIndex.unguarded.filter(state=RegionalIndex.State.PENDING)
    keys = list(waiting.values_list("pk", flat=True))
    for pk in keys:
        dispatch(pk)
    return keys


def _outcome(index: RegionalIndex) -> dict[str, Any]:
    """State with the result, or with what made it impossible in both languages."""
    composition = composition_of(index.instrument_version)
    if composition is None:
        return {"state": RegionalIndex.State.FAILED, "error": {"rule": "not-usable"}}
    table = read(index.data, "", composition, region_codes(index.region)).table(composition)
    codes = [measure.code for measure in composition.measures]
    directions = dict(Indicator.objects.filter(code__in=codes).values_list("code", "direction"))
    signs = {code: -1 if direction == LOWER else 1 for code, direction in directions.items()}
    try:
        result = run(composition, signs, table, Choices.from_data(index.choices))
    except Impossible as error:
        return {"state": RegionalIndex.State.FAILED, "error": _said(error, table)}
    return {"state": RegionalIndex.State.DONE, "result": result}


def _said(error: Impossible, table: Any) -> dict[str, Any]:
    said: dict[str, Any] = {"rule": error.rule}
    for language, short in (("zh-hans", "zh"), ("en", "en")):
        with override(language):
            expected, todo = words_of(error, table)
            said[short] = f"{expected}{'：' if short == 'zh' else ': '}{todo}"
    return said
