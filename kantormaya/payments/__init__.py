"""Bills and what was paid on them; one folder per provider."""
