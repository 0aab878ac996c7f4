"""Pure: conditions and amounts (CEL)."""
