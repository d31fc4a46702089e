"""A refusal with words: what a rule of the business says no to, and what to do about it."""

from __future__ import annotations

from django.utils.functional import Promise


class Refused(Exception):
    """``message`` is for the person (translated), ``field`` names the input it stands beside."""

    def __init__(self, message: str | Promise, *, code: str = "refused", field: str = "") -> None:
        super().__init__(str(message))
        self.message = str(message)
        self.code = code
        self.field = field

    @property
    def status(self) -> int:
        """The HTTP status that says the same: not your place, or not now."""
        return 403 if self.code == "role" else 409
