"""What is looked for before a definition may be published, by subject."""
