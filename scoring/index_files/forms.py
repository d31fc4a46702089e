"""One mapping of a spec file, read key by key; what is wrong is noted with its line."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from questionnaires.catalogue.documents import Document, Place


@dataclass
class Form:
    """``code`` names the entry in problems. Reading a key that is absent gives its default."""

    document: Document
    place: Place
    data: dict[str, Any]
    code: str = ""

    def __contains__(self, key: str) -> bool:
        return self.data.get(key) is not None

    def line(self, *keys: str | int) -> int:
        return self.document.line((*self.place, *keys))

    def complain(self, key: str | int, rule: str, expected: str, fix: str) -> None:
        self.document.complain(self.line(key), rule, expected, fix, self.code)

    def only(self, *allowed: str) -> Form:
        """Complain of every key that is not one of these."""
        for key in self.data:
            if key not in allowed:
                near = difflib.get_close_matches(key, allowed, 1)
                fix = _("write “%(key)s”") % {"key": near[0]} if near else _("remove it")
                expected = _("one of: %(keys)s; not “%(key)s”")
                values = {"keys": ", ".join(allowed), "key": key}
                self.complain(key, "unknown-key", expected % values, fix)
        return self

    def text(self, key: str) -> str | None:
        """Text; numbers are taken as they are written."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, (str, int, Decimal)) and not isinstance(value, bool):
            return str(value).strip() or None
        self.complain(key, "type", _("a text"), _("write one text after “%(key)s:”") % {"key": key})
        return None

    def required(self, key: str) -> str:
        found = self.text(key)
        if found is None and not isinstance(self.data.get(key), (dict, list)):
            expected = _("“%(key)s:” with a text") % {"key": key}
            self.complain(key, "missing-key", expected, _("add it"))
        return found or ""

    def number(
        self, key: str, default: float | None = None, least: float | None = None,
        above: float | None = None, most: float | None = None,
    ) -> float | None:  # fmt: skip
        """A finite number within the bounds; ``above`` excludes the bound itself."""
        value = self.data.get(key)
        if value is None:
            return default
        number = as_number(value)
        bounds = [(least, ">="), (above, ">"), (most, "<=")]
        told = " ".join(f"{sign} {bound:g}" for bound, sign in bounds if bound is not None)
        if number is not None and _within(number, least, above, most):
            return number
        expected = _("a number %(bounds)s") % {"bounds": told} if told else _("a number")
        fix = _("replace “%(value)s”") % {"value": value}
        self.complain(key, "number", expected.strip(), fix)
        return default

    def choice(self, key: str, options: Collection[str], default: str) -> str:
        value = self.data.get(key)
        if value is None:
            return default
        if isinstance(value, str) and value in options:
            return value
        near = difflib.get_close_matches(str(value), options, 1)
        fix = _("write “%(key)s”") % {"key": near[0]} if near else _("choose one of them")
        expected = _("one of: %(keys)s; not “%(key)s”")
        values = {"keys": ", ".join(options), "key": value}
        self.complain(key, "choice", expected % values, fix)
        return default

    def flag(self, key: str, default: bool) -> bool:
        value = self.data.get(key, default)
        if isinstance(value, bool):
            return value
        self.complain(key, "type", _("true or false"), _("replace “%(value)s”") % {"value": value})
        return default

    def texts(self, key: str, default: Sequence[str] = ()) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        value = self.data.get(key)
        if value is None:
            return tuple(default)
        entries = value if isinstance(value, list) else [value]
        if any(isinstance(entry, (dict, list, bool)) for entry in entries):
            self.complain(key, "type", _("a list of texts"), _("write [one, another]"))
            return tuple(default)
        return tuple("" if entry is None else str(entry) for entry in entries)

    def numbers(self, key: str, count: int) -> tuple[float, ...] | None:
        """Exactly ``count`` numbers."""
        value = self.data.get(key)
        if value is None:
            return None
        found = [as_number(entry) for entry in value] if isinstance(value, list) else []
        numbers = tuple(number for number in found if number is not None)
        if len(numbers) == len(found) == count:
            return numbers
        expected = _("a list of %(count)d numbers") % {"count": count}
        self.complain(key, "number", expected, _("write them in square brackets"))
        return None

    def years(self, key: str) -> tuple[int, ...]:
        """A list of years; one alone is a list of one."""
        texts = [text.strip() for text in self.texts(key)]
        if all(text.isascii() and text.isdigit() for text in texts):
            return tuple(int(text) for text in texts)
        self.complain(key, "years", _("years as whole numbers"), _("write them as in [2018, 2021]"))
        return ()

    def form(self, key: str, code: str = "") -> Form | None:
        """The mapping under ``key``; None when there is none."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, dict):
            return Form(self.document, (*self.place, key), value, code or self.code)
        expected = _("keys and values, indented below “%(key)s:”") % {"key": key}
        self.complain(key, "type", expected, _("write them on lines of their own"))
        return None

    def forms(self, key: str) -> list[Form]:
        """The mappings listed under ``key``; each has its own ``code`` as code."""
        value = self.data.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            expected = _("a list below “%(key)s:”, each entry begun by “- ”") % {"key": key}
            self.complain(key, "type", expected, _("write it as a list"))
            return []
        found = []
        for index, entry in enumerate(value):
            place = (*self.place, key, index)
            if isinstance(entry, dict):
                code = entry.get("code")
                found.append(Form(self.document, place, entry, str(code or "")))
            else:
                expected = _("keys and values, such as “code: LPI”")
                line = self.document.line(place)
                self.document.complain(line, "type", expected, _("write “- code: …”"))
        return found

    def setting(self, key: str, short: str = "method") -> Form | None:
        """The mapping under ``key``; a single text or number stands for its ``short`` key."""
        value = self.data.get(key)
        if value is None or isinstance(value, dict):
            return self.form(key)
        return Form(self.document, (*self.place, key), {short: value}, self.code)

    def settings(self, key: str, short: str = "method") -> list[Form]:
        """Several such mappings, in a list or alone."""
        value = self.data.get(key)
        if value is None:
            return []
        entries = value if isinstance(value, list) else [value]
        place = (*self.place, key)
        return [
            Form(self.document, (*place, index) if entries is value else place,
                 entry if isinstance(entry, dict) else {short: entry}, self.code)
            for index, entry in enumerate(entries)
        ]  # fmt: skip


def as_number(value: Any) -> float | None:
    """A finite number, written as such or, as in judgements, as a fraction “1/3”."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        return None
    try:
        number = float(Fraction(value) if isinstance(value, str) else value)
    except (ValueError, ArithmeticError, OverflowError):
        return None
    return number if abs(number) < float("inf") else None


def _within(number: float, least: float | None, above: float | None, most: float | None) -> bool:
    return (
        (least is None or number >= least)
        and (above is None or number > above)
        and (most is None or number <= most)
    )
