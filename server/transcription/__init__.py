"""Speech into text: engines, transcripts and the formats they are read in."""
