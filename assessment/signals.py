"""What this room tells later rooms, which it must not import."""

from django.dispatch import Signal

# Sent once per submission, inside its transaction. Arguments: ``submission``.
submitted = Signal()

# Sent when verifications were given or taken back, inside that transaction. Arguments: ``round``.
verification_changed = Signal()
