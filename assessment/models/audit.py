from __future__ import annotations

from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """Who did what to what, in dotted verbs: ``submission.submitted``, ``grant.revoked``."""

    verb = models.CharField(max_length=60, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    target_kind = models.CharField(max_length=40)
    target_id = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    @classmethod
    def record(cls, verb: str, actor, target: models.Model, **data) -> AuditEvent:
        """Write one line of the trail; ``data`` must not hold answers or secrets."""
        return cls.objects.create(
            verb=verb,
            actor=actor,
            target_kind=target._meta.model_name,
            target_id=str(target.pk),
            data=data,
        )
