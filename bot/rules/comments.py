"""What a comment of the micro pulse, and the receipt code that its writer may make up, must be."""

MOST = 1_000
"""Characters of a comment."""
LEAST_CODE = 12
"""Characters of a receipt code, blanks not counted: what can be guessed would name a comment as one's own."""
