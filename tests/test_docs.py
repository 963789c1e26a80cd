"""What the documentation says, held against what there is; that its commands work is tried by tests/guides."""

import re
import tomllib

import pytest
from typer.main import get_group

from server.admin_client import app
from server.local.backing import CHECKOUT, TEMPLATE
from server.reference import groups
from server.tasks.models import Kind
from tests.guides.reading import PAGES, blocks, headings, text_of
from tests.guides.typed import BY_THEMSELVES, GUIDES

TYPED = {guide.page for guide in GUIDES}
RUNBOOK = "docs/runbook.md"
OF_LIBRARIES = re.compile(r"AWS_ENDPOINT_URL_\w+|HF_\w+|FORWARDED_ALLOW_IPS|NOTIFICATION_(URL|KEY)")
"""Variables that are read by others than our settings."""
OF_COMMANDS = {"LECTERN_TOKEN", "LECTERN_SERVER", "SMTP_HOST", "TOKEN_URL"}
OF_COMPOSE = {*re.findall(r"\$\{(\w+)", (CHECKOUT / "compose.yaml").read_text())}


@pytest.mark.parametrize("page", PAGES)
def test_every_command_is_typed_or_says_why_not(page: str) -> None:
    """A page with commands is among those that a test types; what can't be typed stands under its reason."""
    found = list(blocks(page))
    assert text_of(page).count("```sh") == len(found), "a block that is not `sh` at the beginning of a line"
    assert not re.search(r"```(bash|shell|console|zsh)", text_of(page)), "a block of commands that is not called sh"
    assert text_of(page).count("\n<!-- not run:") == sum(block.reason is not None for block in found), "a lonely reason"
    untyped = [block.text for block in found if not block.reason and block.program not in BY_THEMSELVES]
    assert not untyped or page in TYPED, untyped


def test_pages_that_are_typed_have_commands() -> None:
    """None of them is there in name only."""
    assert {*PAGES} >= TYPED
    assert all(any(block.reason is None for block in blocks(page)) for page in TYPED)


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_of_the_checkout_lead_somewhere(page: str) -> None:
    """What is no part of the site, whose build looks at its links, names files that are there."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text_of(page))
    assert not [link for link in links if not (CHECKOUT / link).exists()]


def test_named_settings_are_settings() -> None:
    """A setting that a page names is one, and not its former name."""
    known = {field.alias for group in groups() for field in group.model_fields.values()}
    named = {name for page in PAGES for name in re.findall(r"`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)[=`]", text_of(page))}
    assert not {name for name in named - known - OF_COMMANDS - OF_COMPOSE if not OF_LIBRARIES.fullmatch(name)}


def test_named_commands_exist() -> None:
    """What pages say after `lectern` and `make` is a command of the one, a target of the other."""
    words = {program: set[str]() for program in ("lectern", "make")}
    for page in PAGES:
        for program, word in re.findall(r"(?:^|`|bin/)(lectern|make) ([a-z_]{2,})", text_of(page), re.MULTILINE):
            words[program].add(word)
    assert words["lectern"] <= {*get_group(app).commands}
    targets = re.findall(r"^([a-z0-9]+):.*##", (CHECKOUT / "Makefile").read_text(), re.MULTILINE)
    assert words["make"] <= {*targets}


def test_every_alarm_has_its_runbook() -> None:
    """Each alarm of the template that tells somebody has a section of its name; those that only scale are named."""
    alarms = re.split(r"^  (?=\w+:$)", TEMPLATE.read_text(), flags=re.MULTILINE)
    names = {
        name[1]: "AlarmTopic" in alarm
        for alarm in alarms
        if (name := re.search(r"AWS::CloudWatch::Alarm\n[\s\S]*AlarmName: !Sub \$\{Name\}-(.+)", alarm))
    }
    telling = {name for name, tells in names.items() if tells}
    assert telling == {heading for heading in headings(RUNBOOK) if re.fullmatch("[a-z-]+", heading)}
    assert all(f"`{name}`" in text_of(RUNBOOK) for name in names.keys() - telling)


def test_named_parameters_are_of_the_template() -> None:
    """What the pages about deploying name in one word, or give a deployment, is in the template."""
    template = TEMPLATE.read_text()
    known = {*re.findall(r"^  (\w+):$", template, re.MULTILINE)}
    for page in ("docs/aws.md", "docs/one-server.md", RUNBOOK):
        named = re.findall(r"`([A-Z][a-z]+(?:[A-Z][A-Za-z]+)+)(?:=[^`]*)?`", text_of(page))
        given = re.findall(r"[ `]([A-Z][a-z]\w*)=", "".join(block.text for block in blocks(page)))
        assert not {*named, *given} - known


def test_architecture_draws_the_layers() -> None:
    """The page names the layers as import-linter holds them, and every kind of task."""
    [contract] = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    drawn = " ".join(text_of("docs/architecture.md").split())
    assert " > ".join(f"`{layer.replace(' ', '')}`" for layer in contract["layers"]) in drawn
    assert not [kind for kind in Kind if not re.search(rf"\b{kind}\b", drawn)]
