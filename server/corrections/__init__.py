"""Corrections of transcripts: every version is kept, and the machine's is the first."""
