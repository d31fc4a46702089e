"""Targets over time as people read them: rows, sentences and the data of the charts.

Nothing is computed here: ``scoring.progress`` judges, this package writes.
"""
