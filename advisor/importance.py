"""How much a criterion matters to the asker, as a number: what each step of the scale is worth."""

REQUIRED = 3.0  # "must have an admin"
WANTED = 1.0  # "with an admin"
WISHED = 0.5  # "an admin would be nice"
IMPLIED = 0.25  # it follows from something else, or is only hinted at
UNWANTED = -1.0  # "no admin"
