"""Tests of still pictures."""
