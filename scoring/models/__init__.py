from scoring.models.aggregates import RoundAggregate
from scoring.models.population import PanelRegion, Population, RegionEstimate
from scoring.models.results import Result

__all__ = ["PanelRegion", "Population", "RegionEstimate", "Result", "RoundAggregate"]
