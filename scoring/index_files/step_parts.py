"""The steps before weighing: denominate, screen, impute, treat, normalise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from scoring.index import impute as imputing
from scoring.index import normalise as scales
from scoring.index.recipe import (
    DENOMINATED,
    IMPUTED,
    RAW,
    Impute,
    Indicator,
    Normalise,
    Screen,
    Treat,
)
from scoring.index.treat import LOGS
from scoring.index_files.forms import Form

Setting = TypeVar("Setting")


def read_screen(form: Form) -> Screen:
    form.only("available", "nonzero", "on", "include", "exclude")
    return Screen(
        form.number("available", None, least=0, most=1),
        form.number("nonzero", None, least=0, most=1),
        form.choice("on", (RAW, DENOMINATED, IMPUTED), DENOMINATED),
        form.texts("include"),
        form.texts("exclude"),
    )


def read_impute(form: Form) -> Impute:
    form.only("method", "group")
    method = form.choice("method", imputing.METHODS, "mean")
    group = form.text("group")
    grouped = method.startswith("group_")
    if grouped and group is None:
        expected = _("“group:” with the column that holds the groups")
        form.complain("group", "missing-key", expected, _("add it"))
    return Impute(method, group if grouped else None)


def read_treat(form: Form, default: Treat | None = None) -> Treat:
    """``default`` holds what the whole step says, for the settings of single indicators."""
    base = default or Treat()
    form.only("method", "winsorise", "skewness", "kurtosis", "log", "log_of", "indicators")
    log = form.choice("log", (*LOGS, "none"), base.log or "none")
    source = form.choice(
        "log_of", ("original", "winsorised"), "winsorised" if base.log_winsorised else "original"
    )
    return replace(
        base,
        method=form.choice("method", ("winsorise", "none"), base.method),
        points=_points(form, base.points),
        skewness=form.number("skewness", base.skewness, least=0) or 0.0,
        kurtosis=_or(form.number("kurtosis", base.kurtosis), base.kurtosis),
        log=None if log == "none" else log,
        log_winsorised=source == "winsorised",
    )


def _or(value: float | None, default: float) -> float:
    return default if value is None else value


def _points(form: Form, default: int | None) -> int | None:
    if form.data.get("winsorise") == "all":
        return None
    points = form.number("winsorise", least=0)
    if points is None:
        return default
    if points != int(points):
        expected = _("a whole number of points, or “all”")
        form.complain("winsorise", "number", expected, _("write a whole number"))
    return int(points)


def read_normalise(form: Form) -> Normalise:
    method = form.choice("method", scales.METHODS, "minmax")
    return Normalise(method, _PARAMETERS[method](form))


def _minmax(form: Form) -> dict[str, Any]:
    form.only("method", "indicators", "range")
    lowest, highest = form.numbers("range", 2) or (0.0, 100.0)
    if lowest >= highest:
        expected = _("the lowest score before the highest")
        form.complain("range", "number", expected, _("write [lowest, highest]"))
    return {"lowest": lowest, "highest": highest}


def _zscore(form: Form) -> dict[str, Any]:
    form.only("method", "indicators", "mean", "sd")
    return {"centre": form.number("mean", 0.0), "spread": form.number("sd", 1.0, above=0)}


def _ranked(form: Form) -> dict[str, Any]:
    form.only("method", "indicators", "ties")
    return {"ties": form.choice("ties", scales.TIES, "min")}


def _percentile(form: Form) -> dict[str, Any]:
    form.only("method", "indicators", "ties", "scale")
    return {"ties": form.choice("ties", scales.TIES, "min"), **_scale(form)}


def _best(form: Form) -> dict[str, Any]:
    form.only("method", "indicators", "scale")
    return _scale(form)


def _capped(cap: bool) -> Callable[[Form], dict[str, Any]]:
    def read(form: Form) -> dict[str, Any]:
        form.only("method", "indicators", "cap", "scale")
        return {"cap": form.flag("cap", cap), **_scale(form)}

    return read


def _scale(form: Form) -> dict[str, Any]:
    return {"scale": form.number("scale", 1.0, above=0)}


def _nothing(form: Form) -> dict[str, Any]:
    form.only("method", "indicators")
    return {}


_PARAMETERS: dict[str, Callable[[Form], dict[str, Any]]] = {
    "none": _nothing, "minmax": _minmax, "zscore": _zscore, "rank": _ranked, "borda": _ranked,
    "percentile_rank": _percentile, "best": _best, "target": _capped(False),
    "goalposts": _capped(True),
}  # fmt: skip


def read_denominators(form: Form, indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """The indicators, only those listed below ``indicators:`` with a denominator, and that one."""

    def read(one: Form) -> tuple[str, float]:
        one.only("denominator", "scale")
        return one.required("denominator"), one.number("scale", 1.0, above=0) or 1.0

    listed = by_indicator(form, indicators, read, "denominator")
    pairs = [(indicator, listed.get(indicator.code, (None, 1.0))) for indicator in indicators]
    return tuple(replace(one, denominator=name, scale=scale) for one, (name, scale) in pairs)


def by_indicator(
    form: Form, indicators: tuple[Indicator, ...], read: Callable[[Form], Setting],
    short: str = "method",
) -> dict[str, Setting]:  # fmt: skip
    """Settings below ``indicators:`` by code; a text alone stands for the key ``short``."""
    listed = form.form("indicators")
    if listed is None:
        return {}
    listed.only(*(indicator.code for indicator in indicators))
    result = {}
    for indicator in indicators:
        setting = listed.setting(indicator.code, short)
        if setting is not None:
            setting.code = indicator.code
            result[indicator.code] = read(setting)
    return result


def check_values(
    form: Form, indicators: tuple[Indicator, ...], default: Normalise, single: dict[str, Normalise]
) -> None:
    """Indicators on a target or goalposts must have them."""
    for indicator in indicators:
        method = single.get(indicator.code, default).method
        missing = {
            "target": indicator.target is None, "goalposts": indicator.lower is None,
        }.get(method, False)  # fmt: skip
        if missing:
            expected = _("“%(key)s:” for the indicator “%(code)s”, which is normalised by it")
            values = {"key": method, "code": indicator.code}
            form.complain("method", f"missing-{method}", expected % values, _("add it"))
