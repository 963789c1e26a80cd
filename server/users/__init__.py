"""Whoever may own something: people and machines."""
