"""What stands where there is no number, in words; the same on screen and in every file."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.dashboards.model import NOT_APPLICABLE, NOT_COLLECTED, WITHHELD


def legend(minimum: int) -> list[tuple[str, str]]:
    """Symbol and meaning; ``minimum`` is the smallest group that is published."""
    withheld = _(
        "withheld to protect single enterprises: fewer than %(minimum)s gave a value, or the "
        "number would give a small neighbour away. This is not zero."
    )
    return [
        (WITHHELD, withheld % {"minimum": minimum}),
        (NOT_COLLECTED, _("not collected: nobody gave a value. This is not zero.")),
        (NOT_APPLICABLE, _("does not apply, for instance where no target is published.")),
        ("0", _("is a counted or measured zero.")),
    ]


def meaning(symbol: str, minimum: int) -> str:
    return dict(legend(minimum)).get(symbol, "")
