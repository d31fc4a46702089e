"""The pledge of truthfulness, word for word as it is kept with the submission."""

from django.utils.translation import gettext as _


def pledge_text(organisation_name: str) -> str:
    """The words in the reader's language; they are stored as they were shown."""
    return _(
        "On behalf of %(organisation)s I declare: the answers given here are true, accurate and "
        "complete; they rest on the enterprise's own records; we can show these records when "
        "asked, and we answer for what we have stated."
    ) % {"organisation": organisation_name}
