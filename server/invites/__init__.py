"""Links that let people in with a role."""
