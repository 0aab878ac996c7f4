"""The conversation on a case, and the mail that carries it."""
