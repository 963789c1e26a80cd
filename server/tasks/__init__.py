"""Durable tasks: every piece of background work is a row, taken with a lease and finished through a fence."""
