from django.db import models
from django.utils.translation import gettext_lazy as _

from questionnaires.texts import TextField, localized


class Instrument(models.Model):
    """A questionnaire under one code, through all its versions."""

    code = models.SlugField(max_length=80, unique=True)
    title = TextField()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return localized(self.title)

    @property
    def current(self) -> "InstrumentVersion | None":
        """The newest published version."""
        return self.versions.filter(published=True).order_by("-loaded_at", "-pk").first()


class InstrumentVersion(models.Model):
    """One immutable edition of an instrument; its canonical form carries a SHA-256."""

    class Status(models.TextChoices):
        OFFICIAL = "official", _("Official")
        TRANSCRIBED = "transcribed", _("Transcribed, unverified against the official text")
        OWN = "own", _("This project's own")

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    version = models.CharField(max_length=20)
    status = models.CharField(max_length=12, choices=Status)
    title = TextField()
    notice = TextField()  # printed wherever results of this version are shown
    source = models.ForeignKey("Source", on_delete=models.PROTECT, null=True, blank=True)
    definition = models.JSONField()  # the canonical form, docs/instrument-format.md
    sha256 = models.CharField(max_length=64)
    published = models.BooleanField(default=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["instrument__code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "version"], name="one_per_version")
        ]

    def __str__(self) -> str:
        return f"{localized(self.title)} {self.version}"

    @property
    def label(self) -> str:
        """``code@version``, the name results carry."""
        return f"{self.instrument.code}@{self.version}"
