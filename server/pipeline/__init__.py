"""The flow: from the news that bytes have arrived to the finished text."""
