"""Lectern: collects speech and turns it into text."""
