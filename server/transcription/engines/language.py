"""BCP-47 language tags, and the codes that Whisper has for them."""

# Whisper has a few codes of its own, or knows a language by the code of the group that it belongs to; the others here
# are what ISO 639 itself has replaced.
_WHISPER_CODES = {"fil": "tl", "in": "id", "iw": "he", "ji": "yi", "jv": "jw", "nb": "no"}
_STANDARD_CODES = {"jw": "jv"}


def whisper_code(tag: str) -> str:
    """Reduce a tag to the code of its language: `en` for `en-US`, `he` for `iw-IL`."""
    primary = tag.strip().replace("_", "-").partition("-")[0].lower()
    return _WHISPER_CODES.get(primary, primary)


def language_tag(code: str) -> str:
    """Give the tag for one of Whisper's codes."""
    return _STANDARD_CODES.get(code, code)
