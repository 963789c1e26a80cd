"""Everything goes wrong at once, and all comes right."""
