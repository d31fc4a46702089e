from scoring.models.aggregates import RoundAggregate
from scoring.models.results import Result

__all__ = ["Result", "RoundAggregate"]
