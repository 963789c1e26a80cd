"""What was found, for people and for programs."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from itertools import groupby

from rich import box
from rich.table import Column, Table
from rich.text import Text

from server.checks.findings import Finding, State

STYLES = {State.WELL: "green", State.UNTRIED: "yellow", State.FAILING: "bold red"}


def is_well(findings: Iterable[Finding]) -> bool:
    """Say whether nothing fails."""
    return all(finding.state is not State.FAILING for finding in findings)


def as_table(findings: Sequence[Finding]) -> Table:
    """Show what was found; of one thing, what is well without more to say stands in one line."""
    # Names are folded rather than cut short: what is to be allowed is in them.
    columns = (Column(), *(Column(head, overflow="fold") for head in ("of", "what", "")))
    table = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False)
    for state, about, what, says in _rows(findings):
        table.add_row(Text(state, STYLES[state]), Text(about), Text(what), Text(says))
    return table


def in_a_line(findings: Sequence[Finding]) -> str:
    """Say how it stands with all of it."""
    failing = sum(finding.state is State.FAILING for finding in findings)
    untried = sum(finding.state is State.UNTRIED for finding in findings)
    outcome = (
        f"{failing:,} of {len(findings):,} fail" if failing else f"All of {len(findings):,} that were tried are well"
    )
    return f"{outcome}; {untried:,} could not be tried." if untried else f"{outcome}."


def as_json(findings: Sequence[Finding]) -> str:
    """Write what was found: {well, findings: [{about, what, state, says, remedy}]}."""
    described = [
        {**asdict(finding.subject), "state": finding.state, "says": finding.says, "remedy": finding.remedy}
        for finding in findings
    ]
    return json.dumps({"well": is_well(findings), "findings": described}, indent=2)


def _rows(findings: Sequence[Finding]) -> Iterator[tuple[State, str, str, str]]:
    things = list(dict.fromkeys(finding.subject.about for finding in findings))
    for (place, state, says), same in groupby(sorted(findings, key=partial(_place, things)), partial(_place, things)):
        whats = ", ".join(finding.subject.what for finding in same)
        yield State(state), things[place], whats, says


def _place(things: Sequence[str], finding: Finding) -> tuple[int, str, str]:
    """Say which line of the table tells of it."""
    says = ". ".join(filter(None, (finding.says, finding.remedy)))
    return things.index(finding.subject.about), finding.state, says
