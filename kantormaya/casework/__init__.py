"""The only mover: every verb that moves a case, and the one function that writes its state."""
