"""Weights of the children of one parent: from data, from judgements, or equal."""

from scoring.index.weights.ahp import ahp
from scoring.index.weights.critic import critic
from scoring.index.weights.entropy import entropy, global_entropy
from scoring.index.weights.pca import pca
from scoring.index.weights.result import Note, Weights
from scoring.index.weights.spread import equal, standard_deviation

__all__ = [
    "Note",
    "Weights",
    "ahp",
    "critic",
    "entropy",
    "equal",
    "global_entropy",
    "pca",
    "standard_deviation",
]
