"""What people can do about themselves."""
