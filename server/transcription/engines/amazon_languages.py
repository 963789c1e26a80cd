"""BCP-47 language tags, and the codes that Amazon Transcribe has for them."""

# Source: https://docs.aws.amazon.com/transcribe/latest/dg/supported-languages.html and the values that
# https://docs.aws.amazon.com/transcribe/latest/APIReference/API_StartTranscriptionJob.html takes as LanguageCode.
# en-AB is Scotland's English, en-WL and cy-WL are Wales's.
CODES = frozenset(
    """
    ab-GE af-ZA am-ET ar-AE ar-SA ast-ES az-AZ ba-RU be-BY bg-BG bn-IN bs-BA ca-ES ckb-IQ ckb-IR cs-CZ cy-GB cy-WL
    da-DK de-CH de-DE el-GR en-AB en-AU en-GB en-IE en-IN en-NZ en-US en-WL en-ZA es-ES es-MX es-US et-EE eu-ES fa-AF
    fa-IR fi-FI fr-CA fr-FR ga-IE gd-GB gl-ES gu-IN ha-NG he-IL hi-IN hr-HR ht-HT hu-HU hy-AM id-ID is-IS it-IT ja-JP
    jv-ID ka-GE kab-DZ kk-KZ km-KH kn-IN ko-KR ky-KG lg-IN lt-LT lv-LV mhr-RU mi-NZ mk-MK ml-IN mn-MN mr-IN ms-MY mt-MT
    my-MM ne-NP nl-NL no-NO or-IN pa-IN pl-PL ps-AF pt-BR pt-PT ro-RO ru-RU rw-RW si-LK sk-SK sl-SI so-SO sq-AL sr-RS
    su-ID sv-SE sw-BI sw-KE sw-RW sw-TZ sw-UG ta-IN te-IN th-TH tl-PH tr-TR tt-RU ug-CN uk-UA uz-UZ vi-VN wo-SN zh-CN
    zh-HK zh-TW zu-ZA
    """.split()  # noqa: SIM905 - a hundred quoted codes would be a hundred lines
)
"""Every language of a batch job."""

REDACTABLE = frozenset({"de-CH", "de-DE", "en-US", "es-US", "fr-CA", "fr-FR", "it-IT", "pt-BR", "pt-PT"})
"""Languages whose personal data is found: https://docs.aws.amazon.com/transcribe/latest/dg/pii-redaction-batch.html"""

# Where a language has several regions, the one that Unicode's likely subtags name, or the nearest to it:
# https://www.unicode.org/cldr/charts/latest/supplemental/likely_subtags.html
_LIKELY = {
    "ar": "ar-SA",
    "ckb": "ckb-IQ",
    "cy": "cy-WL",
    "de": "de-DE",
    "en": "en-US",
    "es": "es-ES",
    "fa": "fa-IR",
    "fr": "fr-FR",
    "prs": "fa-AF",
    "pt": "pt-BR",
    "sw": "sw-TZ",
    "yue": "zh-HK",
    "zh": "zh-CN",
    "zh-hant": "zh-TW",
}
_BY_TAG = {code.partition("-")[0]: code for code in CODES} | _LIKELY | {code.lower(): code for code in CODES}

# What ISO 639 has replaced, or counts to another language.
_SAME = {"cmn": "zh", "fil": "tl", "in": "id", "iw": "he", "jw": "jv", "mo": "ro", "nb": "no", "nn": "no"}


def language_code(tag: str) -> str | None:
    """Give the code for a tag, or None when the language is not among them.

    The region decides, then the script, and else the language's usual region: `en-GB` for itself, `zh-TW` for
    `zh-Hant`, `he-IL` for `iw`, `en-US` for `en-CA`.
    """
    first, *rest = tag.strip().replace("_", "-").lower().split("-")
    language = _SAME.get(first, first)
    by_region_and_script = [f"{language}-{part}" for part in sorted(rest, key=len)]
    return next((_BY_TAG[known] for known in (*by_region_and_script, language) if known in _BY_TAG), None)


def language_tag(code: str) -> str:
    """Reduce a code to the tag of its language; what is spoken in Hong Kong is Cantonese."""
    return "yue" if code == "zh-HK" else code.partition("-")[0].lower()
