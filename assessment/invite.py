"""Asking enterprises to take part: by region, industry and size, or by a list of codes."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.errors import Refused
from assessment.models import AuditEvent, Invitation, Organisation, Round, User
from questionnaires import credit_code
from questionnaires.models import Region

MOST_LINES = 20_000


@dataclass(frozen=True)
class LineError:
    line: int  # as counted in the list, from 1
    text: str
    message: str


@dataclass
class CodeList:
    """A list of codes read: the enterprises found, and what is wrong line by line."""

    found: list[Organisation] = field(default_factory=list)
    errors: list[LineError] = field(default_factory=list)


def matching(round_: Round, region: Region, industry: str = "", size: str = ""):
    """Registered enterprises of ``region`` (inside the round's), narrowed down."""
    rows = Organisation.objects.unscoped("only counted and invited, never shown")
    rows = rows.in_region(round_.region).in_region(region)
    if industry:
        rows = rows.filter(Q(industry__code=industry) | Q(industry__section=industry))
    return rows.filter(size=size) if size else rows


@transaction.atomic
def invite(actor: User, round_: Round, organisations: Iterable[Organisation]) -> int:
    """Invite those not invited yet; returns how many that were."""
    before = round_.invitations.count()
    rows = (Invitation(round=round_, organisation=organisation) for organisation in organisations)
    Invitation.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    count = round_.invitations.count() - before
    AuditEvent.record("round.invited", actor, round_, count=count)
    return count


def read_codes(round_: Round, text: str) -> CodeList:
    """Find the enterprise of every line; empty lines are skipped but counted."""
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST_LINES:
        raise Refused(_("The list is longer than 20,000 lines: split it."), field="codes")
    result, seen, codes = CodeList(), dict[str, int](), list[tuple[int, str, str]]()
    for number, line in lines:
        try:
            code = credit_code.validate(_code_in(line))
        except ValidationError as error:
            result.errors.append(LineError(number, line[:60], " ".join(error.messages)))
            continue
        if code in seen:
            said = _("Stands on line %(line)d already.") % {"line": seen[code]}
            result.errors.append(LineError(number, line[:60], said))
            continue
        seen[code] = number
        codes.append((number, line[:60], code))
    _find(round_, codes, result)
    result.errors.sort(key=lambda error: error.line)
    return result


def _code_in(line: str) -> str:
    """The code on a line: all before a tab, comma or semicolon."""
    for separator in ("\t", ",", ";", "，", "；"):
        line = line.split(separator)[0]
    words = line.split()
    longest = max(words, key=len, default="")
    return longest if len(credit_code.normalise(longest)) == credit_code.LENGTH else line


def _find(round_: Round, codes: list[tuple[int, str, str]], result: CodeList) -> None:
    rows = Organisation.objects.unscoped("found by codes the officer already has")
    wanted = [code for _line, _text, code in codes]
    known: dict[str, Organisation] = {}
    for start in range(0, len(wanted), 500):
        batch = rows.filter(credit_code__in=wanted[start : start + 500])
        known.update({row.credit_code: row for row in batch.select_related("region")})
    for number, text, code in codes:
        organisation = known.get(code)
        if organisation is None:
            said = _("No enterprise with this code is registered here. Ask it to register first.")
        elif not round_.region.covers(organisation.region):
            said = _("The enterprise is registered outside the round's region.")
        else:
            result.found.append(organisation)
            continue
        result.errors.append(LineError(number, text, said))


def text_of(file) -> str:
    """The lines of an uploaded list: UTF-8 or GB 18030 text, or an Excel sheet's first column."""
    if file.name.lower().endswith(".xlsx"):
        return _text_of_sheet(file.read())
    data = file.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(_("The file is not text: save it as .csv (UTF-8) or .xlsx."), field="file")


def _text_of_sheet(data: bytes) -> str:
    from openpyxl import load_workbook

    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        rows = sheet.iter_rows(max_col=1, max_row=MOST_LINES + 1, values_only=True)
        return "\n".join(str(value).strip() if value is not None else "" for (value,) in rows)
    except Exception as error:
        message = _("The workbook cannot be read: save it again as .xlsx, or paste the codes.")
        raise Refused(message, field="file") from error


def said(count: int) -> str:
    """How many were invited, in words."""
    text = ngettext(
        "%(count)d enterprise was invited.", "%(count)d enterprises were invited.", count
    )
    return text % {"count": count}
