"""Where a person's enterprises stand in rounds, and who takes part in an officer's round."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery

from assessment.models import Invitation, Membership, Organisation, Round, Submission, User
from assessment.models.rounds import path_prefixes


@dataclass(frozen=True)
class Place:
    """One enterprise in one round: what was begun there, and whether this person may fill in."""

    round: Round
    organisation: Organisation
    submission: Submission | None
    may_edit: bool


def places_of(user: User, only: Round | None = None) -> list[Place]:
    """Every pair of one's enterprises and the rounds they are in or may join, open ones first."""
    members = list(Membership.objects.filter(user=user).select_related("organisation__region"))
    if not members:
        return []
    organisations = [member.organisation_id for member in members]
    rounds = _rounds(members, organisations, only)
    invited = set(
        Invitation.objects.filter(organisation__in=organisations).values_list(
            "round", "organisation"
        )
    )
    begun = Submission.objects.visible_to(user).filter(organisation__in=organisations)
    submissions = {(s.round_id, s.organisation_id): s for s in begun.defer("answers_json")}
    found = [
        Place(
            round_,
            member.organisation,
            submissions.get((round_.pk, member.organisation_id)),
            member.role != Membership.Role.VIEWER,
        )
        for round_ in rounds
        for member in members
        if _concerns(round_, member.organisation, invited | submissions.keys())
    ]
    return sorted(found, key=lambda place: (not place.round.is_open, place.round.closes_on))


def _rounds(members: list[Membership], organisations: list[int], only: Round | None):
    paths = {path for member in members for path in path_prefixes(member.organisation.region.path)}
    rows = Round.objects.unscoped("limited to the rounds of these enterprises")
    open_here = Q(pk__in=rows.open_on().filter(region__path__in=paths).values("pk"))
    mine = rows.filter(Q(invitations__organisation__in=organisations) | open_here).distinct()
    mine = mine.select_related("region", "instrument_version")
    mine = mine.defer("instrument_version__definition")
    return mine.filter(pk=only.pk) if only else mine


def _concerns(round_: Round, organisation: Organisation, taking_part: set) -> bool:
    if (round_.pk, organisation.pk) in taking_part:
        return True
    return round_.is_open and round_.region.covers(organisation.region)


def participants(round_: Round, state: str = ""):
    """The invited enterprises of a round that shows names, with ``begun``, ``done``.

    ``state`` filters: verified, not_verified (submitted and not yet), submitted, started,
    not_started.
    """
    mine = Submission.unguarded.filter(round=round_, organisation=OuterRef("pk"))
    rows = Organisation.objects.unscoped("of a round whose officer sees names")
    rows = rows.filter(invitations__round=round_).select_related("region", "industry")
    rows = rows.annotate(
        begun=Exists(mine),
        done=Exists(mine.filter(state="submitted")),
        submission_pk=Subquery(mine.values("pk")[:1]),
        verified_on=Subquery(mine.values("verified_at")[:1]),
    )
    if state in ("verified", "not_verified"):
        return rows.filter(done=True, verified_on__isnull=state != "verified")
    if state == "submitted":
        return rows.filter(done=True)
    if state == "started":
        return rows.filter(begun=True, done=False)
    return rows.filter(begun=False) if state == "not_started" else rows
