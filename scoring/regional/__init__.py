"""An index of regions over years: a questionnaire's tree and the index methods put together.

``composition`` reads the tree of a questionnaire whose questions are all numbers of a region,
``table`` a CSV of regions, years and values, ``run`` carries the choices out and gives plain data.
"""
