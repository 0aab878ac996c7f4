"""Pure: working time, pauses, due dates."""
