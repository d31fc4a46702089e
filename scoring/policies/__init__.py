"""Support rules matched with what an applicant is and says: pure functions, no database.

``match(rules, profile, values)`` is the whole interface; ``advice_for`` picks advice the same way.
"""

from scoring.policies.advice import advice_for
from scoring.policies.matching import match
from scoring.policies.results import Award, Failed, Local, Match, State
from scoring.policies.shortfalls import Need

__all__ = ["Award", "Failed", "Local", "Match", "Need", "State", "advice_for", "match"]
