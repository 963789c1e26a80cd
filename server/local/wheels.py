"""Where the programs and files lie that come inside Python packages."""

from importlib.util import find_spec
from pathlib import Path

from server.local.errors import StackError


def folder_of(package: str) -> Path:
    """Return the folder of an installed package without importing it.

    These packages start servers, warn or look around when imported; only their files are wanted.

    Raises:
        StackError: the package is not installed.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise StackError(f"The package {package} is not installed. Run `make setup`.")
    return Path(spec.submodule_search_locations[0])
