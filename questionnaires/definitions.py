"""Why two definitions of one idea are two indicators, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from questionnaires.models import Indicator
from questionnaires.texts import localized


def kept_apart(own: Indicator, other: Indicator) -> list[str]:
    """What of ``other`` differs from ``own``; never empty, for at least the definition does."""
    reasons = []
    if other.unit != own.unit:
        unit = other.unit_label or _("none")
        reasons.append(_("another unit (%(unit)s)") % {"unit": unit})
    if other.level != own.level:
        reasons.append(_("measured for: %(level)s") % {"level": other.get_level_display()})
    if other.direction != own.direction:
        reasons.append(str(other.get_direction_display()))
    if other.source and other.source_id != own.source_id:
        reasons.append(
            _("defined by another source (%(source)s)") % {"source": localized(other.source.title)}
        )
    return reasons or [_("another definition in the same source")]
