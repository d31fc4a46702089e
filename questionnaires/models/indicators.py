from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from questionnaires.models.sources import Placed
from questionnaires.texts import TextField, localized


class Indicator(Placed, models.Model):
    """What is measured, in one statistical definition (口径).

    Two definitions of the same idea are two indicators with one ``concept``; their values are
    never compared without saying so.
    """

    class Level(models.TextChoices):
        ENTERPRISE = "enterprise", _("Enterprise")
        REGION = "region", _("Region")
        BOTH = "both", _("Enterprise and region")

    class Direction(models.TextChoices):
        HIGHER = "higher", _("Higher is better")
        LOWER = "lower", _("Lower is better")
        NEUTRAL = "neutral", _("Neither is better")

    class Nature(models.TextChoices):
        LEVEL = "level", pgettext_lazy("nature of an indicator", "A level")
        FALL = "fall", _("A fall since a base year, in percent")
        FLOW = "flow", _("Counted anew in every period")

    class RollUp(models.TextChoices):
        MEAN_OF_FIRMS = "mean_of_firms", _("the plain mean of its enterprises' values")
        SHARE_OF_FIRMS = "share_of_firms", _("the share of its enterprises for which it holds")
        SUM = "sum", _("the sum over its enterprises")
        RATIO_OF_TOTALS = (
            "ratio_of_totals",
            _("the ratio of the region's totals, which enterprises' own ratios do not give"),
        )

    code = models.SlugField(max_length=80, unique=True)
    concept = models.SlugField(max_length=80, db_index=True)
    name = TextField()
    definition = TextField()
    formula = TextField()
    unit = models.CharField(max_length=40, blank=True)  # as the source writes it
    unit_name = TextField()  # the same for readers of other languages, where it is a word
    direction = models.CharField(max_length=8, choices=Direction, default=Direction.HIGHER)
    level = models.CharField(max_length=12, choices=Level)
    nature = models.CharField(max_length=8, choices=Nature, default=Nature.LEVEL)
    # How a region's value follows from firms' answers; "" where the source does not say.
    roll_up = models.CharField(max_length=24, blank=True, choices=RollUp)
    source = models.ForeignKey("Source", on_delete=models.PROTECT, null=True, blank=True)
    locator = models.CharField(max_length=200, blank=True)
    locator_name = TextField()  # the same for readers of other languages
    # Where its system puts it: names of the groups around it from the outside in, and its place.
    groups = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return localized(self.name)

    @property
    def unit_label(self) -> str:
        """The unit in the reader's language."""
        return localized(self.unit_name) or self.unit
