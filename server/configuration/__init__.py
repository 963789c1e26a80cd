"""The groups of settings, one module for each side of the service."""
