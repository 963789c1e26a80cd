"""What people put right in a text, with every version that there was."""
