"""Targets over time: what is asked for, what is seen, and whether the one keeps up with the other.

Everything but ``catalogue`` and ``rounds`` is pure: facts in, findings out, without Django. Values
are ``Decimal``; moments are ``Fraction`` years, so that a straight path is exact; only the trend of
``projection`` computes in floats. docs/targets-over-time.md has the formulas and the states.
"""
