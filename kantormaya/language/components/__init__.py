"""How each part of a definition is said on the page of its standard."""
