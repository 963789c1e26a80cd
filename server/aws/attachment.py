"""The header by which browsers save a file under a name."""

import re
from urllib.parse import quote

# What an old reader might take for an escape, an end or a folder; see RFC 6266, appendix D.
_UNSAFE = re.compile(r'[^ -~]|["%/\\]')


def attachment(name: str) -> str:
    """Return a Content-Disposition (RFC 6266) that saves a file as `name`, which may be in any script.

    It says the name twice: whole and encoded (RFC 8187), and in ASCII for those who can't read that.
    """
    return f"attachment; filename=\"{_UNSAFE.sub('_', name)}\"; filename*=UTF-8''{quote(name, safe='')}"
