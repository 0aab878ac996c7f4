"""Faults done to a running office, and a client that keeps its own list of what it was promised."""
