"""Targets over time: what is asked for, what is seen, and whether the one keeps up with the other.

The arithmetic is pure (import-linter names its modules): facts in, findings out. ``catalogue`` and
``rounds`` read figures and rounds; ``records``, ``tables``, ``lines`` and ``words`` write. Values
are ``Decimal``; moments are ``Fraction`` years, so that a straight path is exact; only the trend of
``projection`` computes in floats. docs/targets-over-time.md has the formulas and the states.
"""
