from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from questionnaires.models.sources import Placed
from questionnaires.texts import TextField, localized


class Policy(Placed, models.Model):
    """One support rule: who may have what, on which conditions, and where that is written.

    The parts with a structure of their own (``conditions``, ``benefit``, ``matching``,
    ``needs_person``) have the shape of docs/policy-format.md; their numbers are exact, as text.
    """

    class Nature(models.TextChoices):
        SUPPORT = "support", _("Support an applicant can get")
        COMMITMENT = "commitment", _("Commitment of the government")
        PRINCIPLE = "principle", _("Rule about the other rules")

    class Audience(models.TextChoices):
        ENTERPRISE = "enterprise", pgettext_lazy("for whom", "Enterprises")
        OPERATOR = "operator", _("Operators of parks, incubators and platforms")
        PERSON = "person", _("People and teams")
        FINANCE = "finance", _("Investors, banks and guarantors")
        PUBLIC = "public", _("Public bodies and regions")

    class Benefit(models.TextChoices):
        GRANT = "grant", _("Subsidy")
        AWARD = "award", _("Award")
        TAX = "tax", _("Tax relief")
        INTEREST = "interest", _("Interest subsidy")
        FINANCE = "finance", _("Loan, guarantee or investment")
        PREMISES = "premises", _("Premises or rent")
        LAND = "land", _("Land")
        MARKET = "market", _("Purchase or market access")
        SERVICE = "service", _("Service or easier procedure")
        HONOUR = "honour", _("Recognition")
        FUND = "fund", _("Public fund")

    code = models.SlugField(max_length=120, unique=True)
    title = TextField()
    source = models.ForeignKey("Source", on_delete=models.PROTECT, related_name="policies")
    locator = models.CharField(max_length=200)
    locator_name = TextField()  # the same for readers of other languages
    issuer = TextField()
    area = models.CharField(max_length=6, db_index=True)  # CN or a division code
    nature = models.CharField(max_length=12, choices=Nature, default=Nature.SUPPORT)
    audience = models.CharField(max_length=12, choices=Audience)
    beneficiary = TextField()
    conditions = models.JSONField(default=list, blank=True)  # [{text, when}]
    kind = models.CharField(max_length=12, choices=Benefit)
    benefit = models.JSONField(default=dict, blank=True)  # {text, amount, cap_year, cap_total}
    payer = TextField()
    office = TextField()  # whom to ask
    matching = models.JSONField(default=dict, blank=True)  # {by, percent, text}
    needs_person = models.JSONField(default=list, blank=True)  # [{text, when}]
    valid_from = models.CharField(max_length=10)
    valid_to = models.CharField(max_length=10, blank=True)
    group = models.SlugField(max_length=80, blank=True, db_index=True)
    inputs = models.JSONField(default=list, blank=True)  # names that conditions and amounts read
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["source__code", "position", "code"]
        verbose_name_plural = "policies"

    def __str__(self) -> str:
        return localized(self.title)

    @property
    def amount(self) -> dict[str, Any]:
        """How much, as the rule puts it; empty where the document gives no figure."""
        return self.benefit.get("amount") or {}
