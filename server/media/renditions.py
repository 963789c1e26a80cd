"""The names of the forms that there are of an item's content."""

from server.media.kinds import MediaKind

SOURCE = "source"
WEB, POSTER, THUMBNAIL = "web", "poster", "thumbnail"
CAPTIONS = "captions"

OF_SOUND = frozenset({"main", "light", "short", "inference", "peaks"})
"""What every item with sound has."""
OF_PICTURES: dict[MediaKind, frozenset[str]] = {
    MediaKind.AUDIO: frozenset(),
    MediaKind.IMAGE: frozenset({WEB, THUMBNAIL}),
    MediaKind.VIDEO: frozenset({WEB, POSTER}),
}
"""What there is to be seen of an item."""
