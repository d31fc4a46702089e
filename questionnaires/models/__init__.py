from questionnaires.models.advice import Advice
from questionnaires.models.areas import Industry, Region
from questionnaires.models.figures import Figure
from questionnaires.models.gaps import Gap
from questionnaires.models.indicators import Indicator
from questionnaires.models.instruments import Instrument, InstrumentVersion
from questionnaires.models.policies import Policy
from questionnaires.models.sources import Source

__all__ = [
    "Advice",
    "Figure",
    "Gap",
    "Indicator",
    "Industry",
    "Instrument",
    "InstrumentVersion",
    "Policy",
    "Region",
    "Source",
]
