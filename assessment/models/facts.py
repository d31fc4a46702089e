from __future__ import annotations

from django.db import models

from assessment.models.organisations import Organisation


class Fact(models.Model):
    """One thing an enterprise says about itself for the matching of support rules.

    ``indicator`` is the code of the indicator a rule reads; ``value`` is true or false, a number in
    the indicator's unit, a list of numbers (one a case), or ``{"unknown": true}``; null is empty.
    ``typed`` keeps what could not be read (``value`` is then null). ``year`` is the year the value
    is for, null where none was said. ``device`` and ``counter`` are those of an answer.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="facts")
    indicator = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    typed = models.JSONField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    device = models.CharField(max_length=40, blank=True)
    counter = models.PositiveBigIntegerField(default=0)
    saved_by = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "indicator"], name="one_per_indicator")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.indicator}"


class FactChange(models.Model):
    """The trail of a fact: every value it has had, when, by whom."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="fact_changes"
    )
    indicator = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    version = models.PositiveIntegerField()
    saved_by = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["organisation", "indicator"])]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.indicator} v{self.version}"
