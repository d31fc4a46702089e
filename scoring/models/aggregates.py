from __future__ import annotations

from django.db import models


class RoundAggregate(models.Model):
    """Statistics of one cell of a round (region × industry section × size); "" means all.

    Dashboards and benchmarks read these rows, so a page costs the same at a thousand
    submissions and at a million.
    """

    round = models.ForeignKey("assessment.Round", on_delete=models.CASCADE, related_name="cells")
    region = models.CharField(max_length=12)  # division code
    industry = models.CharField(max_length=8, blank=True)  # section or division code, "" = all
    size = models.CharField(max_length=8, blank=True)
    invited = models.PositiveIntegerField(default=0)
    started = models.PositiveIntegerField(default=0)
    submitted = models.PositiveIntegerField(default=0)
    scored = models.PositiveIntegerField(default=0)
    # {"levels": {rank: n}, "nodes": {code: stats}, "indicators": {code: stats}} where stats is
    # {"n", "mean", "q1", "median", "q3", "p90"}; docs/statistics.md gives the definitions.
    statistics = models.JSONField(default=dict)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "region", "industry", "size"], name="one_per_cell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.region} {self.industry} {self.size}"
