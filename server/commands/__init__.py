"""The commands of `lectern`, by what they are about."""
