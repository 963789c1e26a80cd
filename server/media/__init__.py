"""The media item: one recording, video or picture with its renditions."""
