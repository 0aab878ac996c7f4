"""What passes between us and a national system that decides beside us; one folder per provider."""
