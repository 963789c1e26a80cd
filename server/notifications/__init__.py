"""Telling people and programs what has become of their things."""
