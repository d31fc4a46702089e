from assessment.models.answers import Answer, AnswerChange, Evidence
from assessment.models.audit import AuditEvent
from assessment.models.facts import Fact, FactChange
from assessment.models.organisations import Organisation
from assessment.models.people import ConsultantGrant, Jurisdiction, Membership, User
from assessment.models.rounds import Invitation, Round
from assessment.models.submissions import Submission

__all__ = [
    "Answer",
    "AnswerChange",
    "AuditEvent",
    "ConsultantGrant",
    "Evidence",
    "Fact",
    "FactChange",
    "Invitation",
    "Jurisdiction",
    "Membership",
    "Organisation",
    "Round",
    "Submission",
    "User",
]
