"""AWS over its real protocols; any compatible service will do."""
