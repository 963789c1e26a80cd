"""What a speech model's processes inherit of the environment: the ways to the hub and to a graphics card."""

from collections.abc import Mapping

_HUB = "HF_"
_FAMILIES = (_HUB, "CUDA_", "NVIDIA_")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
_SINGLE = {
    "HOME",
    "XDG_CACHE_HOME",
    "LD_LIBRARY_PATH",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    *_PROXIES,
    *map(str.lower, _PROXIES),
}


def inherited(environment: Mapping[str, str]) -> dict[str, str]:
    """Keep what a speech model's processes may see; what belongs to the database or to AWS is not among it."""
    return {
        name: value for name, value in environment.items() if value and (name in _SINGLE or name.startswith(_FAMILIES))
    }


def without_hub(environment: Mapping[str, str]) -> dict[str, str]:
    """Leave the hub's variables out, its token among them, for a process that doesn't talk to it."""
    return {name: value for name, value in environment.items() if not name.startswith(_HUB)}
