"""The page that compares two rounds through the enterprises that are in both."""
