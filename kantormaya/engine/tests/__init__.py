"""Behaviour of the engine, one sentence a test."""
