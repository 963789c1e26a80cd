"""Documents: the texts that people read aloud."""
