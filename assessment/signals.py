"""What this room tells later rooms, which it must not import."""

from django.dispatch import Signal

# Sent once per submission, inside its transaction. Arguments: ``submission``.
submitted = Signal()
