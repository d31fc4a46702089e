"""The page of regional estimates: response, estimates with intervals, strata, and their words."""
