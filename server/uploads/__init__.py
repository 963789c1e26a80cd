"""Upload sessions: from the wish to send a file to the news that its bytes are there."""
