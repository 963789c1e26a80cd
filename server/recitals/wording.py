"""The words of a text as they are compared: without what is spoken alike and written in more than one way."""

import re
import unicodedata

from server.transcription.engines.language import whisper_code

_WITHOUT_SPACES = frozenset({"bo", "dz", "ja", "km", "lo", "my", "th", "yue", "zh"})
"""Languages whose writing does not part words; there, each letter is compared as if it were one."""

_DOTLESS_I = frozenset({"az", "tr"})
_CAPITAL_I = str.maketrans({"I": "\N{LATIN SMALL LETTER DOTLESS I}", "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}": "i"})

# Within a word they are part of it and often left out: apostrophes, quotation marks, Hebrew geresh and gershayim.
_MARKS = str.maketrans(
    dict.fromkeys(
        "'\"`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f"
        "\u02b9\u02bb\u02bc\u02bd\u02c8\u05f3\u05f4\uff07\uff02"
    )
)

_VAV, _YOD = "\N{HEBREW LETTER VAV}", "\N{HEBREW LETTER YOD}"
_SPELLINGS = str.maketrans(
    {
        # Yiddish ligatures are also typed as two letters.
        "\N{HEBREW LIGATURE YIDDISH DOUBLE VAV}": _VAV + _VAV,
        "\N{HEBREW LIGATURE YIDDISH VAV YOD}": _VAV + _YOD,
        "\N{HEBREW LIGATURE YIDDISH DOUBLE YOD}": _YOD + _YOD,
        # Alefs with hamza, madda or wasla; and the yeh and kaf that are Arabic or Persian by the keyboard alone.
        **dict.fromkeys("\u0622\u0623\u0625\u0671", "\N{ARABIC LETTER ALEF}"),
        **dict.fromkeys("\u0649\u06cc", "\N{ARABIC LETTER YEH}"),
        "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
        "\N{CYRILLIC SMALL LETTER IO}": "\N{CYRILLIC SMALL LETTER IE}",
    }
)

# Points, cantillation and tashkeel, which readers know without them; and tatweel, which only stretches a line. Marks of
# other scripts stay: in many of those they are vowels.
_POINTS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"
)


def words_of(text: str, language: str) -> list[str]:
    """Cut a text into words that are equal when they are spoken alike.

    Case, punctuation, apostrophes, Hebrew and Arabic points and the like fall away; a hyphen or a maqaf parts words.
    Numbers and abbreviations stay as they are written.

    Args:
        text: a prompt, or what an engine heard.
        language: the BCP-47 tag of both.
    """
    code = whisper_code(language)
    if code in _DOTLESS_I:
        text = text.translate(_CAPITAL_I)
    folded = unicodedata.normalize("NFKC", text.translate(_MARKS)).casefold().translate(_SPELLINGS)
    spoken = "".join(map(_letter_or_space, _POINTS.sub("", folded)))
    return list("".join(spoken.split())) if code in _WITHOUT_SPACES else spoken.split()


def _letter_or_space(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] in "LMN":
        return character
    return "" if category == "Cf" else " "  # bidi marks, joiners and soft hyphens are not seen
