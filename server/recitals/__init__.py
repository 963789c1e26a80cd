"""Recitals: sessions in which a person reads a document aloud."""
