"""Durable counters: what every process counts, kept in Postgres, so that any one of them can tell the whole."""
