"""Printed matter other than reports: ``form(version, "zh")``, a questionnaire to fill in."""

from reports.printing.form import form

__all__ = ["form"]
