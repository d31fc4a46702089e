"""What the address of a page asks for: area, words, concept, state and path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.http import QueryDict
from django.utils.translation import get_language

from questionnaires.texts import localized
from scoring.progress.catalogue import Judged, Track
from scoring.progress.shapes import PathKind
from scoring.progress.standing import STATES

LONGEST = 100  # characters of the words looked for
Choice = tuple[str, str]


@dataclass(frozen=True)
class Asked:
    """Unknown values count as not asked for, so that every address gives a page."""

    area: str = ""
    words: str = ""
    concept: str = ""
    state: str = ""
    path: PathKind | None = None

    @classmethod
    def read(cls, given: QueryDict) -> Asked:
        state, path = given.get("state", ""), given.get("path", "")
        return cls(
            given.get("area", "")[:12],
            given.get("q", "").strip()[:LONGEST],
            given.get("concept", "")[:80],
            state if state in STATES else "",
            cast(PathKind, path) if path in ("linear", "compound") else None,
        )

    @property
    def kind(self) -> PathKind:
        """The path that states are judged by: a straight line unless another was asked for."""
        return self.path or "linear"

    @property
    def aimed_only(self) -> bool:
        """What has no target is listed only for whoever asks for that state."""
        return self.state != "no_target"


def chosen(found: Iterable[Judged], asked: Asked) -> list[Judged]:
    """Those the filters let through."""
    return [one for one in found if _fits(one, asked)]


def _fits(one: Judged, asked: Asked) -> bool:
    track = one.track
    if asked.area and track.area != asked.area:
        return False
    if asked.concept and track.indicator.concept != asked.concept:
        return False
    if asked.state and one.standing.state != asked.state:
        return False
    where = " ".join([track.indicator.code, *track.indicator.name.values()]).lower()
    return all(word in where for word in asked.words.lower().split())


def areas(found: Iterable[Track]) -> list[Choice]:
    names = {track.area: localized(track.area_name) for track in found}
    return sorted(names.items(), key=lambda choice: (choice[0] != "CN", choice[0]))


def concepts(found: Iterable[Track]) -> list[Choice]:
    """Ideas by the shortest name among their indicators', in the reader's order."""
    names: dict[str, str] = {}
    for track in found:
        name = localized(track.indicator.name)
        concept = track.indicator.concept
        names[concept] = min(names.get(concept, name), name, key=lambda each: (len(each), each))
    return sorted(names.items(), key=lambda choice: choice[1])


def language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"
