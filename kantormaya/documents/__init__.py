"""Papers people hand in: received, cleaned, stored privately, opened on record."""
