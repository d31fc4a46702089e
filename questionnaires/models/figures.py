from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from questionnaires.models.sources import Placed
from questionnaires.texts import TextField, after_number, localized


class FigureQuerySet(models.QuerySet["Figure"]):
    def targets(self) -> "FigureQuerySet":
        return self.filter(kind=Figure.Kind.TARGET)

    def of_areas(self) -> "FigureQuerySet":
        """Those that speak of an area or a sector, not of one enterprise cited as a case."""
        return self.filter(case={})

    def for_area(self, *codes: str) -> "FigureQuerySet":
        return self.filter(area__in=codes)


class Figure(Placed, models.Model):
    """One published number: what, where, when, how much, what kind, and who says so."""

    class Kind(models.TextChoices):
        TARGET = "target", _("Target")
        OBSERVED = "observed", _("Observed")
        FORECAST = "forecast", _("Forecast")
        POLICY = "policy", _("Policy parameter")

    class Form(models.TextChoices):
        LEVEL = "level", pgettext_lazy("of a figure", "Level")
        CHANGE = "change", _("Change against a base year")
        GROWTH = "growth", _("Average growth over the period")
        COUNT = "count", pgettext_lazy("of a figure", "Count")

    class Stage(models.TextChoices):
        BEFORE = "before", pgettext_lazy("stage of a case", "before")
        AFTER = "after", pgettext_lazy("stage of a case", "after")

    class Status(models.TextChoices):
        OFFICIAL = "official", _("Official")
        PRESS = "press", _("Reported by press")
        TRANSCRIBED = "transcribed", _("Transcribed from a publication")
        UNVERIFIED = "unverified", _("Unverified")

    OPERATORS = [(o, o) for o in ("=", "≥", ">", "≤", "<", "≈", "range")]

    code = models.SlugField(max_length=120, unique=True)
    indicator = models.ForeignKey("Indicator", on_delete=models.PROTECT, related_name="figures")
    area = models.CharField(max_length=12, db_index=True)  # division code, CN, or ISO code abroad
    sector = models.CharField(max_length=80, blank=True)
    # The one enterprise it speaks of, cited as a case: never a target, never an area's value.
    case = TextField()
    stage = models.CharField(max_length=8, choices=Stage, blank=True)  # of the case
    period = models.CharField(max_length=20)  # 2020, 2013-2015, 2018-06
    year = models.PositiveSmallIntegerField(db_index=True)  # the (last) year of the period
    value = models.DecimalField(max_digits=20, decimal_places=6)
    value_high = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    operator = models.CharField(max_length=8, choices=OPERATORS, default="=")
    unit = models.CharField(max_length=40, blank=True)  # as the source writes it
    unit_name = TextField()  # the same for readers of other languages, where it is a word
    kind = models.CharField(max_length=12, choices=Kind)
    form = models.CharField(max_length=12, choices=Form, default=Form.LEVEL)
    base_year = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.ForeignKey("Source", on_delete=models.PROTECT, related_name="figures")
    locator = models.CharField(max_length=200)  # as the source's own language has it
    locator_name = TextField()  # the same for readers of other languages
    status = models.CharField(max_length=12, choices=Status)
    caveats = TextField()

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["indicator__code", "area", "year", "code"]
        indexes = [models.Index(fields=["indicator", "area", "kind", "year"])]

    def __str__(self) -> str:
        return f"{localized(self.indicator.name)} {self.area} {self.period}"

    @property
    def case_label(self) -> str:
        """The enterprise cited and its stage: “某厂（之前）”; empty where it is no case."""
        name = localized(self.case)
        if not name or not self.stage:
            return name
        return pgettext("a case and its stage", "%(name)s (%(stage)s)") % {
            "name": name,
            "stage": self.get_stage_display(),
        }

    @property
    def unit_label(self) -> str:
        """The unit in the reader's language."""
        return localized(self.unit_name) or self.unit

    @property
    def unit_after_value(self) -> str:
        """The unit as it follows the value."""
        return after_number(self.unit_label)
