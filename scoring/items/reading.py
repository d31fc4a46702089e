"""A round's submitted answers as one coded frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assessment.models import Round, Submission
from questionnaires.answers import decode_many, encode, read_answers, read_profile
from questionnaires.instruments import Definition
from scoring.counted import counted
from scoring.shape import definition_of

if TYPE_CHECKING:
    import polars as pl

CHUNK = 20_000
Row = tuple[int, str]  # submission, its compact text ("" where only JSON was kept)


def coded_round(round: Round) -> tuple[list[int], pl.DataFrame]:
    """Keys and coded frame of the answer sets a round counts, in the order of the keys."""
    done = Submission.objects.unscoped("statistics are of everybody").filter(
        round=round, state=Submission.State.SUBMITTED
    )
    if round.counts_verified_only:
        done = done.filter(result__in=counted(round).values("pk"))
    rows = list(done.order_by("pk").values_list("pk", "answers_coded"))
    return [pk for pk, _ in rows], coded_rows(definition_of(round.instrument_version), rows)


def coded_rows(definition: Definition, rows: Sequence[Row]) -> pl.DataFrame:
    """The coded frame of stored submissions, a chunk at a time, in the order given."""
    import polars as pl

    pieces = [_piece(definition, rows[at : at + CHUNK]) for at in range(0, len(rows), CHUNK)]
    return pl.concat(pieces) if pieces else decode_many(definition, [])


def _piece(definition: Definition, rows: Sequence[Row]) -> pl.DataFrame:
    """Most submissions have the compact text; those without it are read from their JSON."""
    import polars as pl

    bare = [pk for pk, text in rows if not text]
    if not bare:
        return decode_many(definition, [text for _, text in rows])
    texts = [text for _, text in rows if text]
    both = pl.concat(
        [decode_many(definition, texts), encode(definition, _from_json(definition, bare))]
    )
    order = [place for place, (_, text) in enumerate(rows) if text]
    order += [place for place, (_, text) in enumerate(rows) if not text]
    back = sorted(range(len(order)), key=order.__getitem__)
    return both[back]


def _from_json(definition: Definition, keys: list[int]) -> list[tuple[Any, Any]]:
    kept = Submission.objects.unscoped("statistics are of everybody").filter(pk__in=keys)
    said = {pk: (p, a) for pk, p, a in kept.values_list("pk", "profile", "answers_json")}
    return [
        (read_profile(said[pk][0])[0], read_answers(definition, said[pk][1]).answers) for pk in keys
    ]
