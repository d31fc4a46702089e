"""Public pages of support rules and advice."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from questionnaires.amount_words import amount_words, cap_words, input_names
from questionnaires.areas import area_names
from questionnaires.models import Advice, Policy
from questionnaires.rule_filters import AdviceFilter, PolicyFilter
from questionnaires.views.listing import CatalogueList


class PolicyList(CatalogueList):
    model = Policy
    kind = "policies"
    filterset_class = PolicyFilter
    template_name = "questionnaires/policy_list.html"
    queryset = Policy.objects.select_related("source")
    ordering = ["-area", "source__code", "position", "code"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["policies"] = _shown(list(context["page_obj"].object_list))
        return context


def policy_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One support rule: who, on which conditions, how much, where it is written."""
    policy = get_object_or_404(Policy.objects.select_related("source"), code=code)
    names = input_names([policy])
    group = Policy.objects.filter(group=policy.group).exclude(pk=policy.pk)
    context = {
        "part": "policies",
        "policy": _shown([policy])[0],
        "inputs": [{"code": name, "name": names.get(name)} for name in policy.inputs],
        "others": group if policy.group else [],
    }
    return render(request, "questionnaires/policy_detail.html", context)


class AdviceList(CatalogueList):
    model = Advice
    kind = "advice"
    filterset_class = AdviceFilter
    template_name = "questionnaires/advice_list.html"
    queryset = Advice.objects.select_related("indicator", "source")
    ordering = ["source__code", "position", "code"]


def _shown(policies: list[Policy]) -> list[Policy]:
    """The rules, each with the name of its area and its amount and caps in words."""
    areas = area_names(policy.area for policy in policies)
    names = input_names(policies)
    for policy in policies:
        policy.area_name = areas[policy.area]  # type: ignore[attr-defined]
        policy.amount_text = amount_words(policy, names)  # type: ignore[attr-defined]
        policy.caps = cap_words(policy)  # type: ignore[attr-defined]
    return policies
