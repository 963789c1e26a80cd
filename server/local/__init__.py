"""The whole stack on one machine: Postgres, Valkey, AWS and our own processes, on loopback."""
