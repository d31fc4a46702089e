"""Points to check: odd things in answers, found for a person to judge, never a verdict.

``batch`` is what the checks read; ``contradictions``, ``counts``, ``moves``, ``pace``, ``twins``
and ``lines`` each find one kind; ``judging`` runs them. These know no database. ``reading`` gathers
a round, ``keeping`` writes its flags, ``deciding`` what people decide. docs/integrity.md states
every bound, and what is found and missed.
"""
