"""Kantor Maya: the virtual office of a local government. What is published is what runs."""
