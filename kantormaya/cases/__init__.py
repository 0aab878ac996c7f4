"""The folder on the table and what happened to it: Case, Event, and who takes part."""
