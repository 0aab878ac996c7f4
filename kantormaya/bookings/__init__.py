"""Slots and what is held: diaries of an office, the places taken in them, days on which nothing is booked."""
