"""BCP-47 language tags, and the codes that Whisper has for them."""

# Whisper has a few codes of its own, or knows a language by the code of the group that it belongs to; the others here
# are what ISO 639 itself has replaced.
_WHISPER_CODES = {"fil": "tl", "in": "id", "iw": "he", "ji": "yi", "jv": "jw", "nb": "no"}
_STANDARD_CODES = {"jw": "jv"}

_CODES = """
    af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy
    id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa
    sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo zh
"""

ENGLISH = frozenset({"en"})
WHISPER = frozenset(_CODES.split())
"""Whisper's codes of what its multilingual models know up to large-v2."""
WHISPER_V3 = WHISPER | {"yue"}
"""The same since large-v3, which added Cantonese."""


def whisper_code(tag: str) -> str:
    """Reduce a tag to the code of its language: `en` for `en-US`, `he` for `iw-IL`."""
    primary = tag.strip().replace("_", "-").partition("-")[0].lower()
    return _WHISPER_CODES.get(primary, primary)


def language_tag(code: str) -> str:
    """Give the tag for one of Whisper's codes."""
    return _STANDARD_CODES.get(code, code)
