"""A spec file as a recipe, or as problems."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from questionnaires.catalogue.documents import Document, parse, read_document
from questionnaires.catalogue.problems import Problem
from scoring.index.recipe import Indicator, Normalise, Recipe, Treat, Weigh
from scoring.index.uncertainty import Options
from scoring.index_files import node_parts, step_parts, tree_part
from scoring.index_files.entries import Entries, read_entries
from scoring.index_files.forms import Form
from scoring.index_files.uncertainty_part import read_options

FORMAT = "shuheng.index/1"
KEYS = ("format", "name", "about", "data", "metadata", "indicators", "nodes", "steps",
        "uncertainty")  # fmt: skip
STEPS = ("denominate", "screen", "impute", "treat", "normalise", "weigh", "aggregate")
MISSING = ("", "NA")


@dataclass(frozen=True)
class Columns:
    """Where a table holds what. ``indicators`` are column names in the recipe's order."""

    unit: str
    name: str | None
    time: str | None
    missing: tuple[str, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Denominators:
    """The table denominators stand in; ``file`` None is the data itself."""

    file: Path | None = None
    unit: str | None = None
    time: str | None = None


@dataclass(frozen=True)
class Spec:
    """``names`` are the texts of codes as written: a text, or texts by language.

    ``lines`` are where each step stands in the file.
    """

    file: str
    sha256: str
    name: Any
    recipe: Recipe
    columns: Columns
    denominators: Denominators
    names: Mapping[str, Any]
    metadata: tuple[str, str] | None  # file and its SHA-256
    lines: Mapping[str, int]
    uncertainty: Options = field(default_factory=Options)
    breaks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # by indicator


def read_spec(path: Path) -> tuple[Spec | None, list[Problem]]:
    """The spec, or None and what is wrong with it."""
    document = read_document(path)
    if document.data is None or document.problems:
        return None, document.problems
    return _read(document, path.parent, path.read_bytes())


def parse_spec(raw: bytes, file: str, folder: Path) -> tuple[Spec | None, list[Problem]]:
    """As ``read_spec``, of a file's bytes; other files are looked for in ``folder``."""
    document = parse(raw, file)
    if document.data is None or document.problems:
        return None, document.problems
    return _read(document, folder, raw)


def _read(document: Document, folder: Path, raw: bytes) -> tuple[Spec | None, list[Problem]]:
    if not isinstance(document.data, dict):
        expected = _("keys and values, beginning with “format: %(format)s”") % {"format": FORMAT}
        document.complain(1, "type", expected, _("see docs/index-format.md"))
        return None, document.problems
    form = Form(document, (), document.data).only(*KEYS)
    if form.data.get("format") != FORMAT:
        expected = _("“format: %(format)s”") % {"format": FORMAT}
        form.complain("format", "format", expected, _("write it on the first line"))
    entries = read_entries(form, folder)
    recipe = _recipe(form, entries)
    columns = _columns(form, entries)
    denominators = _denominators(form, folder)
    doubts = form.form("uncertainty") or Form(document, ("uncertainty",), {})
    options = read_options(doubts, recipe.tree if recipe else None)
    breaks = {code: entry.form("breaks").years("breaks")
              for code, entry in entries.indicators.items()}  # fmt: skip
    problems = sorted(document.problems)
    if recipe is None or problems:
        return None, problems
    sheet = entries.sheet
    spec = Spec(
        document.file, hashlib.sha256(raw).hexdigest(), form.data.get("name"), recipe, columns,
        denominators, _names(entries),
        None if sheet is None else (sheet.file, hashlib.sha256(sheet.raw).hexdigest()),
        {"uncertainty": document.line(("uncertainty",)),
         **{name: document.line(("steps", name)) for name in STEPS}},
        options, breaks,
    )  # fmt: skip
    return spec, []


def _recipe(form: Form, entries: Entries) -> Recipe | None:
    tree = tree_part.read_tree(form, entries)
    indicators = tree_part.read_indicators(entries)
    steps = (form.form("steps") or Form(form.document, ("steps",), {})).only(*STEPS)
    indicators = _divided(steps, indicators)
    screen, impute = _step(steps, "screen"), _step(steps, "impute")
    treat, treat_by = _treat(steps, indicators)
    normalise, normalise_by = _normalise(steps, indicators)
    screening = step_parts.read_screen(screen) if screen else None
    imputing = step_parts.read_impute(impute) if impute else None
    weights = tree_part.read_weights(entries)
    weigh = node_parts.at_nodes(_step(steps, "weigh"), tree, Weigh(), node_parts.weigh_reader(tree))
    aggregation = node_parts.at_nodes(
        _step(steps, "aggregate"), tree, ("arithmetic", 0.0), node_parts.read_aggregate
    )
    if tree is None:
        return None
    return Recipe(
        tree, indicators, np.array([weights[code] for code in tree.codes]), weigh,
        tuple(method for method, _least in aggregation),
        tuple(least for _method, least in aggregation),
        denominate=_step(steps, "denominate", "file") is not None,
        screen=screening, impute=imputing, treat=treat, treat_by=treat_by,
        normalise=normalise, normalise_by=normalise_by,
    )  # fmt: skip


def _step(steps: Form, name: str, short: str = "method") -> Form | None:
    """The step's settings; None when the step is absent, “none” or false."""
    value = steps.data.get(name)
    if value in (None, False, "none"):
        return None
    if value is True:
        return Form(steps.document, (*steps.place, name), {})
    return steps.setting(name, short)


def _divided(steps: Form, indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """The indicators with the denominators the step itself lists, if it lists any."""
    step = _step(steps, "denominate", "file")
    if step is None or "indicators" not in step:
        return indicators
    return step_parts.read_denominators(step, indicators)


def _treat(steps: Form, indicators: Any) -> tuple[Treat | None, dict[str, Treat]]:
    form = _step(steps, "treat")
    if form is None:
        return None, {}
    base = step_parts.read_treat(form)
    return base, step_parts.by_indicator(
        form, indicators, lambda single: step_parts.read_treat(single, base)
    )


def _normalise(steps: Form, indicators: Any) -> tuple[Normalise | None, dict[str, Normalise]]:
    form = _step(steps, "normalise")
    if form is None:
        return None, {}
    base = step_parts.read_normalise(form)
    single = step_parts.by_indicator(form, indicators, step_parts.read_normalise)
    step_parts.check_values(form, indicators, base, single)
    return base, single


def _columns(form: Form, entries: Entries) -> Columns:
    data = form.form("data")
    if data is None:
        data = Form(form.document, ("data",), {})
    data.only("unit", "name", "time", "missing")
    columns = [
        entry.form("column").text("column") or code for code, entry in entries.indicators.items()
    ]
    return Columns(
        data.required("unit"), data.text("name"), data.text("time"),
        data.texts("missing", MISSING), tuple(columns),
    )  # fmt: skip


def _denominators(form: Form, folder: Path) -> Denominators:
    steps = form.form("steps")
    step = _step(steps, "denominate", "file") if steps else None
    if step is None:
        return Denominators()
    step.only("file", "unit", "time", "indicators")
    name = step.text("file")
    return Denominators(folder / name if name else None, step.text("unit"), step.text("time"))


def _names(entries: Entries) -> dict[str, Any]:
    both = {**entries.indicators, **entries.nodes}
    return {code: entry.form("name").data.get("name") for code, entry in both.items()}
