"""Measurements, always as a ratio against the bare thing in the same run."""
