"""Recordings that are prepared for others, or by them."""
