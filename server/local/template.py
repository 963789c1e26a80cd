"""Reading the template, and writing it in the form that is read soonest."""

import json
from typing import Any

import yaml


class _Loader(yaml.CSafeLoader):  # type: ignore[misc] # its C half has no types
    """Knows the short forms of CloudFormation's functions.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
    """


def _function(loader: _Loader, name: str, node: yaml.Node) -> dict[str, Any]:
    match node:
        case yaml.MappingNode():
            value = loader.construct_mapping(node, deep=True)
        case yaml.SequenceNode():
            value = loader.construct_sequence(node, deep=True)
        case _:
            value = loader.construct_scalar(node)
    if name == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {name if name in {"Ref", "Condition"} else f"Fn::{name}": value}


_Loader.add_multi_constructor("!", _function)


def read(text: str) -> dict[str, Any]:
    """Read a template.

    Raises:
        yaml.YAMLError: it is none.
    """
    template: dict[str, Any] = yaml.load(text, _Loader)  # noqa: S506 - built upon the safe one
    return template


def as_json(text: str) -> str:
    """Write a template as JSON, which the local AWS reads in a hundredth of the time; what is none stays as it is."""
    try:
        return json.dumps(read(text), separators=(",", ":"))
    except yaml.YAMLError:
        return text
