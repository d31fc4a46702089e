from scoring.models.aggregates import Publication, RoundAggregate
from scoring.models.analyses import RoundAnalysis
from scoring.models.flags import FillTime, Flag, FlagDecision
from scoring.models.population import PanelRegion, Population, RegionEstimate
from scoring.models.regional import RegionalIndex
from scoring.models.results import Result

__all__ = [
    "FillTime",
    "Flag",
    "FlagDecision",
    "PanelRegion",
    "Population",
    "Publication",
    "RegionEstimate",
    "RegionalIndex",
    "Result",
    "RoundAggregate",
    "RoundAnalysis",
]
