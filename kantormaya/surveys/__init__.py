"""One survey for each finished case, and the satisfaction index made of the answers."""
