"""The data of a spec: CSV files as a ``Table``, or problems that name file, line and column."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from questionnaires.catalogue.problems import Problem
from scoring.index.arrays import Floats
from scoring.index.recipe import Recipe, Table
from scoring.index_files.cells import SHOWN, Key, Numbers, has_columns, keys_of
from scoring.index_files.csv_rows import Sheet, read_sheet
from scoring.index_files.specs import Spec


@dataclass(frozen=True)
class Data:
    """A table, and what the record says about the files it came from: (file, SHA-256)."""

    table: Table
    file: tuple[str, str]
    denominators: tuple[str, str] | None


def read_table(
    spec: Spec, path: Path, denominators: Path | None = None
) -> tuple[Data | None, list[Problem]]:
    """The table for a spec, or None and what is wrong. ``denominators`` overrules the spec's."""
    sheet = read_sheet(path)
    other = denominators or (spec.denominators.file if spec.recipe.denominate else None)
    second = read_sheet(other) if other else None
    both = [sheet] if second is None else [sheet, second]
    table = None
    if all(found.usable for found in both):
        table = _table(spec, sheet, second)
    problems = [problem for found in both for problem in sorted(found.problems)]
    if table is not None:
        problems += _unknown_units(spec, table)
    if table is None or problems:
        return None, problems
    return Data(table, _mark(sheet), None if second is None else _mark(second)), []


def _mark(sheet: Sheet) -> tuple[str, str]:
    return sheet.file, hashlib.sha256(sheet.raw).hexdigest()


def _table(spec: Spec, sheet: Sheet, second: Sheet | None) -> Table | None:
    recipe, columns = spec.recipe, spec.columns
    wanted = [columns.unit, columns.name, columns.time, *columns.indicators, *_groups(recipe)]
    if second is None:
        wanted += _denominator_names(recipe)
    if not has_columns(sheet, wanted):
        return None
    keys = keys_of(sheet, columns.unit, columns.time)
    reader = Numbers(sheet, columns.missing, keys)
    values = [reader.column(name) for name in columns.indicators]
    if second is None:
        found = {name: reader.column(name) for name in _denominator_names(recipe)}
    else:
        found = _matched(spec, second, sheet, keys)
    reader.finish()
    _refuse_zeros(recipe, found, second or sheet, keys)
    if not keys and not sheet.problems:
        sheet.complain(1, "empty", _("at least one row below the first line"), _("add the units"))
    if sheet.problems or not keys:
        return None
    return Table(
        tuple(unit for unit, _time in keys),
        np.stack(values, axis=1),
        tuple(sheet.column(columns.name)) if columns.name else None,
        tuple(time for _unit, time in keys) if columns.time else None,
        found,
        {name: _group(sheet, name, columns.missing) for name in _groups(recipe)},
    )


def _unknown_units(spec: Spec, table: Table) -> list[Problem]:
    """Units the screening names that the data does not have."""
    screen = spec.recipe.screen
    named = (*screen.include, *screen.exclude) if screen else ()
    expected = _("units of the data under “include:” and “exclude:”; there is no “%(unit)s”")
    return [
        Problem(spec.file, spec.lines["screen"], unit, "unknown-unit",
                expected % {"unit": unit}, _("correct or remove it"))
        for unit in named if unit not in table.units
    ]  # fmt: skip


def _denominator_names(recipe: Recipe) -> list[str]:
    if not recipe.denominate:
        return []
    names = [indicator.denominator for indicator in recipe.indicators]
    return list(dict.fromkeys(name for name in names if name))


def _groups(recipe: Recipe) -> list[str]:
    return [recipe.impute.group] if recipe.impute and recipe.impute.group else []


def _group(sheet: Sheet, name: str, missing: tuple[str, ...]) -> tuple[str | None, ...]:
    cells = [cell.strip() for cell in sheet.column(name)]
    return tuple(None if cell in missing else cell for cell in cells)


def _matched(spec: Spec, second: Sheet, sheet: Sheet, keys: list[Key]) -> dict[str, Floats]:
    """Denominators of the second table in the data's order of rows."""
    names = _denominator_names(spec.recipe)
    unit, time = spec.denominators.unit or spec.columns.unit, spec.denominators.time
    if not has_columns(second, [unit, time, *names]):
        return {}
    own = keys_of(second, unit, time)
    place = {key: row for row, key in enumerate(own)}
    reader = Numbers(second, spec.columns.missing, own)
    columns = {name: reader.column(name) for name in names}
    reader.finish()
    wanted = [key if time else (key[0], "") for key in keys]
    absent = [row for row, key in enumerate(wanted) if key not in place]
    for row in absent[:SHOWN]:
        expected = _("unit “%(unit)s” in %(file)s too, since indicators are divided by its columns")
        values = {"unit": " ".join(keys[row]).strip(), "file": second.file}
        fix = _("add its row there, with empty cells where nothing is known")
        sheet.complain(sheet.lines[row], "no-denominators", expected % values, fix, keys[row][0])
    if absent:
        return {}
    rows = [place[key] for key in wanted]
    return {name: column[rows] for name, column in columns.items()}


def _refuse_zeros(recipe: Recipe, found: dict[str, Floats], source: Sheet, keys: list[Key]) -> None:
    for name, column in found.items():
        for row in np.flatnonzero(column == 0)[:SHOWN]:
            expected = _("a denominator other than zero; “%(name)s” of unit “%(unit)s” is 0")
            values = {"name": name, "unit": keys[int(row)][0]}
            fix = _("correct it, or leave the cell empty if it is not known")
            source.complain(_line(source, keys[int(row)], int(row)), "zero-denominator",
                            expected % values, fix, name)  # fmt: skip


def _line(source: Sheet, key: Key, row: int) -> int:
    """The line a unit stands on; tables of denominators have an order of their own."""
    for cells, line in zip(source.rows, source.lines, strict=True):
        if key[0] in (cell.strip() for cell in cells) and (not key[1] or key[1] in cells):
            return line
    return source.lines[row] if row < len(source.lines) else 1
