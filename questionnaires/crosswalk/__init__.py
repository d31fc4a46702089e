"""One set of answers, several instruments.

Answers belong to indicators. Where two instruments ask for the same indicator in the same way, one
answer serves both; where a stated rule says that one answer settles another, that one follows.
Nothing is guessed, and what is left is said.
"""

from questionnaires.crosswalk.derivations import Derivation, derivations
from questionnaires.crosswalk.translation import Given, Link, carry, links

__all__ = ["Derivation", "Given", "Link", "carry", "derivations", "links"]
