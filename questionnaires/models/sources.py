from django.db import models

from questionnaires.texts import TextField, localized


class Placed:
    """Mixin for what stands at a place in a source: fields ``locator`` and ``locator_name``."""

    locator: str
    locator_name: dict[str, str]

    @property
    def locator_label(self) -> str:
        """The place in the source in the reader's language."""
        return localized(self.locator_name) or self.locator


class Source(models.Model):
    """A document that facts are taken from: a policy, a standard, a book, a report."""

    code = models.SlugField(max_length=80, unique=True)
    title = TextField()
    publisher = TextField()
    kind = models.CharField(max_length=40, blank=True)  # policy, book, standard, statistics, press
    number = models.CharField(max_length=120, blank=True)  # document number or ISBN
    published = models.CharField(max_length=10, blank=True)  # 2015, 2015-05 or 2015-05-08
    url = models.URLField(max_length=400, blank=True)
    note = TextField()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return localized(self.title)
