"""Postgres: the one place where state lives."""
