"""Item statistics: how hard each question of a round is, and whether it tells firms apart.

``measures``, ``reliability`` and ``intervals`` are pure numpy; ``statistics`` puts them together
for one coded frame; ``store`` keeps the outcome of a round. docs/item-statistics.md defines all.
"""
