"""Door for machines: the interface under /api/v1, and call-backs of providers."""
