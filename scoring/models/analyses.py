from __future__ import annotations

from django.db import models


class RoundAnalysis(models.Model):
    """What was worked out of all answers of a round, kept until further results arrive.

    ``stamp`` names the results it rests on; ``content`` is plain data: of ``items`` what
    ``scoring.items.statistics`` gives, of ``integrity`` how many submissions were judged.
    """

    class Kind(models.TextChoices):
        ITEMS = "items"
        INTEGRITY = "integrity"

    round = models.ForeignKey("assessment.Round", on_delete=models.CASCADE, related_name="analyses")
    kind = models.CharField(max_length=12, choices=Kind)
    stamp = models.CharField(max_length=80)
    content = models.JSONField(default=dict)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "kind"], name="one_of_each_kind")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.kind}"
