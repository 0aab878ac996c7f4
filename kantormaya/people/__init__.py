"""Accounts, agencies, units, roles; and who is looking (the scope of a transaction)."""
