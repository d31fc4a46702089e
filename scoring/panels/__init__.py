"""Two rounds beside each other through the enterprises that are in both. docs/estimates.md."""
