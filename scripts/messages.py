"""Interface texts: extract, check and compile them without system gettext.

    python scripts/messages.py update [ROOM]   refresh locale/ROOM/zh_Hans/LC_MESSAGES/django.po
    python scripts/messages.py check           fail when a text lacks its Chinese
    python scripts/messages.py compile         write the .mo files the site reads

English is the key, Chinese stands in one catalogue per room, and a text belongs to the first room
(in the order of ROOMS) that says it.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
# Catalogue → folders whose texts it holds.
ROOMS = {
    "site": ["config"],
    "questionnaires": ["questionnaires"],
    "assessment": ["assessment"],
    "scoring": ["scoring"],
    "pdf": ["reports/pdf"],
    "reports": ["reports"],
}
KEYWORDS = {
    "_": None,
    "say": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def po_path(room: str) -> Path:
    return ROOT / "locale" / room / "zh_Hans" / "LC_MESSAGES" / "django.po"


def as_source(path: Path) -> bytes:
    """Python source of ``path``; a template becomes the gettext calls it stands for."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text.encode()
    from django.utils.translation.template import templatize

    return templatize(text, origin=str(path)).encode()


def said_in(folder: Path):
    """Yield ``(path, line, message, context)`` of every translatable text under ``folder``."""
    files = [p for s in ("*.py", "*.html", "*.txt") for p in folder.rglob(s)]
    for path in sorted(files):
        if "migrations" in path.parts:
            continue
        found = extract("python", io.BytesIO(as_source(path)), KEYWORDS)
        for line, message, _comments, context in found:
            yield path.relative_to(ROOT).as_posix(), line, message, context


def fresh_catalog() -> Catalog:
    """An empty catalogue with a header that does not change from run to run."""
    return Catalog(
        locale="zh_Hans",
        charset="utf-8",
        project="Shuheng",
        version="1",
        header_comment="# Interface texts of Shuheng in simplified Chinese.",
        creation_date=datetime(2026, 11, 20, tzinfo=UTC),
        revision_date=datetime(2026, 11, 20, tzinfo=UTC),
        last_translator="Shuheng",
        language_team="zh",
        msgid_bugs_address="",
        fuzzy=False,
    )


def collect() -> dict[str, Catalog]:
    """One fresh catalogue a room, each text in the first room that says it."""
    catalogs: dict[str, Catalog] = {}
    seen: set = set()
    for room, folders in ROOMS.items():
        catalogs[room] = catalog = fresh_catalog()
        for folder in folders:
            for path, _line, message, context in said_in(ROOT / folder):
                key = (message if isinstance(message, str) else message[0], context)
                if key in seen and key[0] not in catalog:
                    continue
                seen.add(key)
                catalog.add(message, locations=[(path, 0)], context=context)
    return catalogs


def read(room: str) -> Catalog:
    path = po_path(room)
    if not path.exists():
        return Catalog(locale="zh_Hans", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def known() -> dict:
    """Every translation there is, whichever room holds it, so that a text may change rooms."""
    return {
        (message.id if isinstance(message.id, str) else message.id[0], message.context): message
        for room in ROOMS
        for message in read(room)
        if message.id and message.string
    }


def merge(fresh: Catalog, translations: dict) -> Catalog:
    for message in fresh:
        key = (
            message.id if isinstance(message.id, str) else message.id[0] if message.id else "",
            message.context,
        )
        old = translations.get(key)
        if not message.id or old is None:
            continue
        string = old.string
        if message.pluralizable and isinstance(string, str):
            string = (string,)
        if not message.pluralizable and not isinstance(string, str):
            string = string[0]
        message.string = string
    return fresh


def update(rooms: list[str]) -> None:
    translations = known()
    for room, fresh in collect().items():
        if rooms and room not in rooms:
            continue
        path = po_path(room)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(
                file,
                merge(fresh, translations),
                sort_output=True,
                omit_header=False,
                ignore_obsolete=True,
                include_lineno=False,
                width=100,
            )


def is_empty(message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else message.string
    return bool(message.id) and not (strings and all(strings))


def missing() -> list[str]:
    """Texts without Chinese, as ``room: text (where)``."""
    translations = known()
    return [
        f"{room}: {message.id!r} ({message.locations[0][0]})"
        for room, fresh in collect().items()
        for message in merge(fresh, translations)
        if is_empty(message)
    ]


def compile_all() -> None:
    for path in sorted((ROOT / "locale").glob("*/*/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parts[-3])
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)


def main(argv: list[str]) -> int:
    settings.configure()
    django.setup()
    verb = argv[1] if len(argv) > 1 else "compile"
    if verb == "update":
        update(argv[2:])
    elif verb == "check":
        gaps = missing()
        print("\n".join(gaps) or "every text has its Chinese")
        return 1 if gaps else 0
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
