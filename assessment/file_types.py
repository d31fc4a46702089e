"""What a file really is, told by its content; its name only has to agree."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

HEAD = 8192
# Extension → media type given out with the file.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/ofd",
    "csv": "text/csv",
    "txt": "text/plain",
}
ALLOWED = ", ".join(extension for extension in MEDIA_TYPES if extension != "jpeg")
_MAGIC: list[tuple[bytes, set[str]]] = [
    (b"%PDF-", {"pdf"}),
    (b"\x89PNG\r\n\x1a\n", {"png"}),
    (b"\xff\xd8\xff", {"jpg", "jpeg"}),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", {"doc", "xls"}),
]
_IN_ZIP = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "OFD.xml": "ofd"}


def sniff(file: BinaryIO, name: str) -> str | None:
    """The media type of ``file`` when its content and the extension of ``name`` agree."""
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if extension not in MEDIA_TYPES:
        return None
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return MEDIA_TYPES[extension] if extension in _kinds(head, file) else None


def _kinds(head: bytes, file: BinaryIO) -> set[str]:
    for magic, kinds in _MAGIC:
        if head.startswith(magic):
            return kinds
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(file)
    return {"txt", "csv"} if head and _is_text(head) else set()


def _kind_of_zip(file: BinaryIO) -> set[str]:
    try:
        names = set(zipfile.ZipFile(file).namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return set()
    finally:
        file.seek(0)
    return {kind for member, kind in _IN_ZIP.items() if member in names}


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            head[: len(head) - 4].decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(head) - 8:
                continue
        return True
    return False
