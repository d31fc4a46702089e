from django.db import models

from questionnaires.models.figures import Figure
from questionnaires.models.sources import Placed
from questionnaires.texts import TextField, localized


class Gap(Placed, models.Model):
    """A printed number that is kept out of an indicator; its reason stands in its place."""

    code = models.SlugField(max_length=120, unique=True)
    indicator = models.ForeignKey("Indicator", on_delete=models.PROTECT, related_name="gaps")
    area = models.CharField(max_length=12, db_index=True)
    period = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField(db_index=True)
    form = models.CharField(max_length=12, choices=Figure.Form, default=Figure.Form.LEVEL)
    source = models.ForeignKey("Source", on_delete=models.PROTECT, related_name="gaps")
    locator = models.CharField(max_length=200)
    locator_name = TextField()
    reason = TextField()

    class Meta:
        ordering = ["indicator__code", "area", "year", "code"]

    def __str__(self) -> str:
        return f"{localized(self.indicator.name)} {self.area} {self.period}"
