"""Programs and services that hear speech and write it down."""
