from __future__ import annotations

from django.db import models

from assessment.models.submissions import Submission


class Answer(models.Model):
    """What was said to one question, with the version that guards it against blind overwriting.

    ``value`` has the shape docs/instrument-format.md gives the question's kind; null is empty.
    ``typed`` keeps what could not be read as an answer (``value`` is then null), so that nothing
    typed is lost. ``device`` and ``counter`` let late saves of one open page be recognised.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    typed = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)
    device = models.CharField(max_length=40, blank=True)
    counter = models.PositiveBigIntegerField(default=0)
    # Taken over from an earlier submission, until somebody confirms or changes it.
    prefilled_from = models.ForeignKey(
        Submission, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    saved_by = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "question"], name="one_per_question")
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.question}"


class AnswerChange(models.Model):
    """The trail of an answer: every value it has had, when, by whom."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="changes")
    question = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    version = models.PositiveIntegerField()
    saved_by = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["submission", "question"])]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.question} v{self.version}"


class Evidence(models.Model):
    """A file that backs an answer; stored under a random name, given out by a checked view."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="evidence")
    question = models.CharField(max_length=80)
    file = models.FileField(upload_to="evidence/%Y/%m/")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
