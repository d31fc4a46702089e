from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from questionnaires.models.sources import Placed
from questionnaires.texts import TextField, localized


class Advice(Placed, models.Model):
    """A recommended action taken from a document, and for which weakness it is meant."""

    class Nature(models.TextChoices):
        POLICY = "policy", _("Chinese policy")
        RECOMMENDATION = "recommendation", _("Recommendation of the source")
        CASE = "case", _("Reported case")
        METHOD = "method", _("Method")
        FOREIGN = "foreign", _("Measure of another country")
        EFFECT = "effect", _("Possible effect")

    class Audience(models.TextChoices):
        ENTERPRISE = "enterprise", pgettext_lazy("for whom", "Enterprises")
        SME = "sme", _("Small and medium enterprises")
        LEADER = "leader", _("Leading firms of a chain")
        PROVIDER = "provider", _("Providers of solutions and platforms")
        PARK = "park", _("Parks and clusters")
        REGION = "region", _("Regional governments")

    code = models.SlugField(max_length=120, unique=True)
    title = TextField()
    text = TextField()
    indicator = models.ForeignKey(
        "Indicator", on_delete=models.PROTECT, related_name="advice", null=True, blank=True
    )
    # It is meant for values of the indicator below this (a rung, or its unit); null: for all.
    below = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    industry = models.CharField(max_length=5, blank=True)  # only for this section or division
    audience = models.CharField(max_length=12, choices=Audience)
    nature = models.CharField(max_length=16, choices=Nature)
    source = models.ForeignKey("Source", on_delete=models.PROTECT, related_name="advice")
    locator = models.CharField(max_length=200)
    locator_name = TextField()  # the same for readers of other languages
    caveats = TextField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["source__code", "position", "code"]
        verbose_name_plural = "advice"

    def __str__(self) -> str:
        return localized(self.title)
