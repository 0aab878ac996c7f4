"""Door for machines: call-backs of providers."""
