from __future__ import annotations

from django.db import models


class Publication(models.Model):
    """A round's tables were brought up to date with everybody scored until then.

    What was published stays known, so it is kept: each result says which publication first counted
    it, each cell which publications showed it, and later ones are held against both.
    """

    round = models.ForeignKey(
        "assessment.Round", on_delete=models.CASCADE, related_name="publications"
    )
    number = models.PositiveSmallIntegerField()  # from 1
    made_at = models.DateTimeField()
    counted = models.PositiveIntegerField()  # enterprises with a result
    minimum = models.PositiveSmallIntegerField()  # the threshold it was made under

    class Meta:
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="publications_are_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} no. {self.number}"


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
    # Of the levels {rank: n}, of "total" and of each code under "nodes" and "indicators" stats,
    # where stats is numbers.Stats or {"withheld": why}; docs/statistics.md gives the definitions.
    # "counted" is how many enterprises stand behind it. Without it the cell is withheld.
    statistics = models.JSONField(default=dict)
    # {"total": [[value, how many], …], "node:…": …}: for ranks only, never shown.
    distributions = models.JSONField(default=dict)
    # {"*": [number, …], "indicator:…": …}: the publications that showed the cell.
    history = models.JSONField(default=dict)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "region", "industry", "size"], name="one_per_cell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.region} {self.industry} {self.size}"
