from django.urls import URLPattern, URLResolver, path

from assessment.views import (
    answers,
    evidence,
    facts,
    invitations,
    organisations,
    people,
    rounds,
    submissions,
    verification,
    weights,
)

app_name = "assessment"

urlpatterns: list[URLPattern | URLResolver] = [
    path("organisations/", organisations.organisation_list, name="organisation-list"),
    path("organisations/new/", organisations.organisation_create, name="organisation-create"),
    path("organisations/<int:pk>/", organisations.organisation_detail, name="organisation-detail"),
    path("organisations/<int:pk>/edit/", organisations.organisation_edit, name="organisation-edit"),
    path("organisations/<int:pk>/facts/", facts.facts, name="organisation-facts"),
    path("organisations/<int:pk>/facts/<str:indicator>/", facts.save, name="fact-save"),
    path("organisations/<int:pk>/people/", people.people, name="organisation-people"),
    path("organisations/<int:pk>/people/<int:member>/", people.member_change, name="member-change"),
    path(
        "organisations/<int:pk>/consultants/", people.consultants, name="organisation-consultants"
    ),
    path(
        "organisations/<int:pk>/consultants/<int:grant>/revoke/",
        people.grant_revoke,
        name="grant-revoke",
    ),
    path("rounds/", rounds.round_list, name="round-list"),
    path("rounds/new/", rounds.round_create, name="round-create"),
    path("rounds/<int:pk>/", rounds.round_detail, name="round-detail"),
    path("rounds/<int:pk>/edit/", rounds.round_edit, name="round-edit"),
    path("rounds/<int:pk>/weights/", weights.round_weights, name="round-weights"),
    path("rounds/<int:pk>/invite/", invitations.round_invite, name="round-invite"),
    path("rounds/<int:pk>/verify/", verification.round_verify, name="round-verify"),
    path("rounds/<int:pk>/start/", rounds.round_start, name="round-start"),
    path("submissions/<int:pk>/", submissions.submission_detail, name="submission-detail"),
    path(
        "submissions/<int:pk>/continue/",
        submissions.submission_continue,
        name="submission-continue",
    ),
    path("submissions/<int:pk>/sections/<str:code>/", answers.section, name="submission-section"),
    path("submissions/<int:pk>/answers/<str:question>/", answers.save, name="answer-save"),
    path(
        "submissions/<int:pk>/answers/<str:question>/files/",
        evidence.evidence_add,
        name="evidence-add",
    ),
    path("submissions/<int:pk>/check/", submissions.submission_check, name="submission-check"),
    path("submissions/<int:pk>/submit/", submissions.submission_submit, name="submission-submit"),
    path(
        "submissions/<int:pk>/receipt/", submissions.submission_receipt, name="submission-receipt"
    ),
    path("evidence/<int:pk>/", evidence.evidence_file, name="evidence-file"),
    path("evidence/<int:pk>/remove/", evidence.evidence_remove, name="evidence-remove"),
]
