"""Links by which anybody reads a result, and hears it if its owner likes."""
