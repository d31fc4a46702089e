from __future__ import annotations

from django.conf import settings
from django.db import models

from assessment.models import Round


class Population(models.Model):
    """How many enterprises there are of one region, industry and size; "" means all of them.

    The cells of a region do not overlap. Every number has a source and the date it is of.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="population")
    region = models.CharField(max_length=12)  # division code
    industry = models.CharField(max_length=8, blank=True)  # division or section code
    size = models.CharField(max_length=8, blank=True)
    enterprises = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    dated = models.DateField()
    synthetic = models.BooleanField(default=False)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "region", "industry", "size"], name="one_population_per_cell"
            ),
            models.CheckConstraint(condition=~models.Q(source=""), name="population_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.region} {self.industry} {self.size}: {self.enterprises}"


class RegionEstimate(models.Model):
    """Estimates for one region of a round; only what may be shown is in ``data``."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="estimates")
    region = models.CharField(max_length=12)
    data = models.JSONField(default=dict)  # scoring.estimates.shapes.RegionData
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "region"], name="one_estimate_per_region")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.region}"


class PanelRegion(models.Model):
    """Two rounds compared in one region; only what may be shown is in ``data``."""

    later = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="panels")
    earlier = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    region = models.CharField(max_length=12)
    data = models.JSONField(default=dict)  # scoring.panels.compute
    computed_at = models.DateTimeField(null=True)  # None: asked for and not computed yet

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["later", "earlier", "region"], name="one_panel_per_region"
            )
        ]

    def __str__(self) -> str:
        return f"{self.earlier_id} → {self.later_id} {self.region}"
