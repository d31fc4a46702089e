"""List filters by number: a choice among rows would have to read guarded ones."""

import django_filters as filters

from assessment.models import Submission


class ByOrganisation(filters.FilterSet):
    organisation = filters.NumberFilter(field_name="organisation_id")


class ByRound(filters.FilterSet):
    round = filters.NumberFilter(field_name="round_id")


class SubmissionFilter(ByOrganisation, ByRound):
    state = filters.ChoiceFilter(choices=Submission.State.choices)
