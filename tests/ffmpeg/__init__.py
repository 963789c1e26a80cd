"""Tests of ffmpeg's room."""
