"""Tree, indicators and given weights of a spec from its entries."""

from __future__ import annotations

import difflib

from django.utils.translation import gettext as _

from scoring.index.faults import Impossible
from scoring.index.recipe import Indicator
from scoring.index.tree import Tree, compile_tree
from scoring.index_files.entries import Entries, Entry
from scoring.index_files.forms import Form


def read_tree(spec: Form, entries: Entries) -> Tree | None:
    """The compiled tree; None, with problems noted, when the entries make none."""
    for kind in ("indicators", "nodes"):
        if not getattr(entries, kind):
            expected = _("at least one entry under “%(key)s:”, here or in the metadata table")
            spec.complain(kind, "missing-key", expected % {"key": kind}, _("add it"))
            return None
    parents = _parents(entries)
    if parents is None or not _distinct(entries):
        return None
    try:
        return compile_tree(list(entries.indicators), list(entries.nodes), parents)
    except Impossible as error:
        _tell(spec, entries, error)
        return None


def _distinct(entries: Entries) -> bool:
    """Whether no node is called as another one's column of ranks."""
    good = True
    for code, entry in entries.nodes.items():
        if code.removesuffix("_rank") in entries.nodes and code.endswith("_rank"):
            good = False
            expected = _("another code; “%(code)s” is the column of ranks of “%(node)s”")
            values = {"code": code, "node": code.removesuffix("_rank")}
            entry.forms[0].complain("code", "code", expected % values, _("rename the node"))
    return good


def _parents(entries: Entries) -> dict[str, str] | None:
    """Each code's parent; None when one names a parent that cannot be one."""
    found: dict[str, str] = {}
    good = True
    for entry in (*entries.indicators.values(), *entries.nodes.values()):
        form = entry.form("parent")
        parent = form.text("parent")
        if parent is None and entry.code in entries.indicators:
            good = False
            form.complain("parent", "missing-key", _("“parent:” with a node's code"), _("add it"))
        if parent is None:
            continue
        if parent not in entries.nodes:
            good = False
            _unknown_parent(form, parent, entries)
        found[entry.code] = parent
    return found if good else None


def _unknown_parent(form: Form, parent: str, entries: Entries) -> None:
    if parent in entries.indicators:
        expected = _("a node as parent; “%(parent)s” is an indicator") % {"parent": parent}
        form.complain("parent", "indicator-as-parent", expected, _("name a node"))
        return
    near = difflib.get_close_matches(parent, entries.nodes, 1)
    expected = _("the code of a node; there is no node “%(parent)s”") % {"parent": parent}
    fix = _("write “%(key)s”") % {"key": near[0]} if near else _("add the node or correct the code")
    form.complain("parent", "unknown-parent", expected, fix)


def _tell(spec: Form, entries: Entries, error: Impossible) -> None:
    code = error.values.get("code") or (error.values.get("codes") or [""])[-1]
    entry = entries.nodes.get(code)
    form, key = (entry.form("parent"), "parent") if entry else (spec, "nodes")
    expected, fix = {
        "several-roots": (
            _("one root; without a parent are: %(codes)s")
            % {"codes": ", ".join(error.values.get("codes", []))},
            _("give all but one of them a parent"),
        ),
        "no-root": (_("one node without a parent, the root"), _("remove the root's parent")),
        "loop": (_("a tree; “%(code)s” stands below itself") % {"code": code},
                 _("correct the parents on the way up from it")),
        "childless": (_("children below “%(code)s”; nothing names it as parent") % {"code": code},
                      _("remove it, or name it as a parent")),
    }[error.rule]  # fmt: skip
    form.complain(key, error.rule, expected, fix)


def read_indicators(entries: Entries) -> tuple[Indicator, ...]:
    return tuple(_indicator(entry) for entry in entries.indicators.values())


def _indicator(entry: Entry) -> Indicator:
    form = entry.form("direction")
    direction = form.number("direction", 1.0)
    if direction not in (1.0, -1.0):
        expected = _("1 where more is better, -1 where less is better")
        form.complain("direction", "direction", expected, _("write 1 or -1"))
        direction = 1.0
    lower, upper = _posts(entry.form("goalposts"))
    return Indicator(
        entry.code,
        int(direction or 1),
        entry.form("denominator").text("denominator"),
        entry.form("scale").number("scale", 1.0, above=0) or 1.0,
        entry.form("target").number("target"),
        lower,
        upper,
    )


def _posts(form: Form) -> tuple[float | None, float | None]:
    posts = form.numbers("goalposts", 2)
    if posts is None:
        return None, None
    if posts[0] >= posts[1]:
        expected = _("the lower goalpost before the upper one, for either direction")
        form.complain("goalposts", "goalposts", expected, _("write [lower, upper]"))
    return posts[0], posts[1]


def read_weights(entries: Entries) -> dict[str, float]:
    """The weights given, by code; 1 where none is."""
    found = {}
    for code, entry in {**entries.indicators, **entries.nodes}.items():
        weight = entry.form("weight").number("weight", 1.0, least=0)
        found[code] = 1.0 if weight is None else weight
    return found
