"""The steps at nodes: weigh and aggregate, with settings by level and by node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from scoring.index.aggregate import METHODS
from scoring.index.recipe import Weigh
from scoring.index.tree import Tree
from scoring.index.weighing import METHODS as WEIGHING
from scoring.index_files.forms import Form, as_number

Setting = TypeVar("Setting")
Aggregation = tuple[str, float]
SPREAD = ("levels", "nodes")
RATIO = ("eigenvector", "geometric_mean")


def at_nodes(
    form: Form | None,
    tree: Tree | None,
    default: Setting,
    read: Callable[[Form, Setting, str], Setting],
) -> tuple[Setting, ...]:
    """One setting a node: the step's own, overruled by its level's, overruled by its own.

    ``read(form, default, node)``; ``node`` is empty where the setting is for several. Without a
    tree only the step's own setting is looked at, for what is wrong with it.
    """
    base = default if form is None else read(form, default, "")
    if tree is None:
        return ()
    if form is None:
        return (default,) * len(tree.nodes)
    by_level = _listed(form, "levels", [str(level) for level in _levels(tree)], read, base)
    result = []
    for node in tree.nodes:
        level = str(tree.levels[tree.position[node]])
        result.append(by_level.get(level, base))
    own = form.form("nodes")
    if own is None:
        return tuple(result)
    own.only(*tree.nodes)
    for index, node in enumerate(tree.nodes):
        setting = own.setting(node)
        if setting is not None:
            setting.code = node
            result[index] = read(setting, result[index], node)
    return tuple(result)


def _levels(tree: Tree) -> list[int]:
    return sorted({int(tree.levels[tree.position[node]]) for node in tree.nodes})


def _listed(
    form: Form, key: str, allowed: list[str], read: Callable[[Form, Setting, str], Setting],
    base: Setting,
) -> dict[str, Setting]:  # fmt: skip
    listed = form.form(key)
    if listed is None:
        return {}
    listed.only(*allowed)
    settings = {name: listed.setting(name) for name in allowed}
    return {name: read(found, base, "") for name, found in settings.items() if found is not None}


def read_aggregate(form: Form, default: Aggregation, node: str) -> Aggregation:
    form.only("method", "availability", *([] if node else SPREAD))
    least = form.number("availability", default[1], least=0, most=1)
    return form.choice("method", METHODS, default[0]), default[1] if least is None else least


def weigh_reader(tree: Tree | None) -> Callable[[Form, Weigh, str], Weigh]:
    """Reads one setting of the step “weigh”; it must know the tree for comparison matrices."""

    def read(form: Form, default: Weigh, node: str) -> Weigh:
        method = form.choice("method", WEIGHING, default.method)
        if method == "ahp":
            return _ahp(form, tree, node)
        form.only("method", *_OPTIONS.get(method, {}), *([] if node else SPREAD))
        options = {
            key: form.choice(key, values, values[0])
            for key, (_name, values) in _OPTIONS.get(method, {}).items()
        }
        return Weigh(method, {_OPTIONS[method][key][0]: value for key, value in options.items()})

    return read


_OPTIONS: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "pca": {"loadings": ("method", ("first", "factors")),
            "opposed": ("opposed", ("keep", "zero", "refuse"))},
}  # fmt: skip


def _ahp(form: Form, tree: Tree | None, node: str) -> Weigh:
    if not node or tree is None:
        expected = _("“ahp” only under “nodes:”, since each node has its own comparisons")
        form.complain("method", "ahp", expected, _("move it below “nodes:”"))
        return Weigh()
    form.only("method", "children", "matrix", "priorities")
    children = [tree.codes[place] for place in tree.children[tree.nodes.index(node)]]
    given = form.texts("children")
    if sorted(given) != sorted(children):
        expected = _("“children:” with all children of “%(node)s”: %(codes)s")
        values = {"node": node, "codes": ", ".join(children)}
        form.complain("children", "ahp", expected % values, _("list them in the matrix's order"))
        return Weigh()
    rows = _matrix(form, len(children))
    if rows is None:
        return Weigh()
    order = [given.index(child) for child in children]
    matrix = tuple(tuple(rows[i][j] for j in order) for i in order)
    priorities = form.choice("priorities", RATIO, RATIO[0])
    return Weigh("ahp", {"matrix": matrix, "method": priorities})


def _matrix(form: Form, size: int) -> list[list[float]] | None:
    given: Any = form.data.get("matrix")
    rows = [
        [as_number(entry) for entry in row] if isinstance(row, list) else []
        for row in (given if isinstance(given, list) else [])
    ]
    numbers = [[entry for entry in row if entry is not None and entry > 0] for row in rows]
    if len(rows) == size and all(len(row) == size for row in numbers) and numbers == rows:
        return numbers
    expected = _("“matrix:” with %(size)d rows of %(size)d numbers above zero") % {"size": size}
    form.complain("matrix", "ahp", expected, _("write rows in brackets, such as [1, 3, 1/2]"))
    return None
