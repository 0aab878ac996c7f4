"""Door for citizens: find a service, apply, correct, pay, track, check a paper."""
