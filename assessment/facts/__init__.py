"""What an enterprise says about itself so that support rules can be matched with it.

Which facts there are follows from the rules: every indicator that a rule reads is one.
"""
