"""Requests to addresses that somebody else names."""
