"""Links by which others see a result."""
