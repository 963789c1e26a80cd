"""Finding one's way in the template as it is read: functions by their whole names."""

from collections.abc import Iterator
from typing import Any

Template = dict[str, Any]


def resources(template: Template, kind: str) -> dict[str, dict[str, Any]]:
    """Return the properties of all resources of a kind, such as `AWS::SQS::Queue`, by their logical ids."""
    return {name: one["Properties"] for name, one in template["Resources"].items() if one["Type"] == kind}


def statements(under: object) -> Iterator[dict[str, Any]]:
    """Return the statements of every policy that is somewhere under it."""
    if isinstance(under, dict):
        if "Effect" in under:
            yield under
        for value in under.values():
            yield from statements(value)
    elif isinstance(under, list):
        for value in under:
            yield from statements(value)


def listed(value: object) -> list[Any]:
    """Return what a policy says as one or as a list."""
    return value if isinstance(value, list) else [value]
