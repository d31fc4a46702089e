"""Composite indices by the OECD/JRC handbook: pure functions on numpy arrays, no Django.

``values`` is always float64 of shape (units, indicators) and NaN means "not known"; unknown is
never zero. Each step is one module: ``denominate``, ``impute``, ``screen``, ``treat``,
``normalise``, ``weights``, ``aggregate``; ``build`` runs them in that order. The formulas stand in
docs/index-format.md.

Sources: OECD and JRC, Handbook on Constructing Composite Indicators: Methodology and User Guide
(2008), steps 1-10; W. Becker, COINr (R package, 1.1.14), its documentation and vignettes.
"""
