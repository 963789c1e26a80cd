"""The read side: what became of what people sent."""
