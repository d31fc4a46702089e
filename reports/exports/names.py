"""Names of downloaded files: what, where, when; safe on every file system."""

from __future__ import annotations

import re
from datetime import date

from django.utils import timezone

from reports.model import ResultReport

UNSAFE = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')


def file_name(*parts: str, suffix: str) -> str:
    """``("数衡", "浙江省", …)`` → ``数衡_浙江省_….xlsx``; each part at most 60 characters."""
    kept = [UNSAFE.sub("-", part).strip("-.")[:60] for part in parts]
    return "_".join(part for part in kept if part) + "." + suffix


def day(value: date | None = None) -> str:
    return (value or timezone.localdate()).strftime("%Y%m%d")


def report_name(report: ResultReport, language: str) -> str:
    brand = "数衡" if language == "zh" else "Shuheng"
    year = str(report.year)
    return file_name(brand, report.organisation, year, report.number, suffix="pdf")
