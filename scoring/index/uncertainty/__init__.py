"""How sure is a rank: Monte Carlo over the choices made, and which of them matters."""

from scoring.index.uncertainty.options import Noise, Options
from scoring.index.uncertainty.report import COLUMNS, columns, plain
from scoring.index.uncertainty.running import Uncertainty, run

__all__ = ["COLUMNS", "Noise", "Options", "Uncertainty", "columns", "plain", "run"]
