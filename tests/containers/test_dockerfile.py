"""How Dockerfiles and ignore files are read."""

from pathlib import Path, PurePosixPath

import pytest

from server.local.backing import CHECKOUT
from tests.containers.context import Ignored
from tests.containers.dockerfile import NotUnderstood, pairs, read_stages, substitute

WRITTEN = """\
FROM debian:bookworm-slim AS base
# A word.
RUN --mount=type=cache,target=/var/cache/pip \\
    # another
    first \\
    && second
FROM base
COPY --from=base --chown=1:2 /a /b
CMD ["one", "two words"]
"""


def test_stages_have_their_instructions(tmp_path: Path) -> None:
    """Flags come apart from values, lines that go on come together, and who has no name is a number."""
    file = tmp_path / "Dockerfile"
    file.write_text(WRITTEN)
    base, last = read_stages(file)
    [run] = base.instructions
    copy, command = last.instructions
    assert (base.name, base.begins_with) == ("base", "debian:bookworm-slim")
    assert (last.name, last.begins_with) == ("1", "base")
    assert (run.flag("mount"), run.value.split()) == ("type=cache,target=/var/cache/pip", ["first", "&&", "second"])
    assert (copy.flag("from"), copy.flag("chown"), copy.value) == ("base", "1:2", "/a /b")
    assert command.array == ["one", "two words"]


def test_what_is_not_executed_is_refused(tmp_path: Path) -> None:
    """An instruction that the trial would pass over is not passed over in silence."""
    file = tmp_path / "Dockerfile"
    file.write_text("FROM base\nADD archive.tar /\n")
    with pytest.raises(NotUnderstood, match="line 2: ADD"):
        read_stages(file)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$NAME/${NAME}s", "bin/bins"),
        ("${OTHER:-${NAME:-no}}", "bin"),
        ("${OTHER:-}", ""),
        ("${EMPTY:-else}", "else"),
    ],
)
def test_variables_are_put_in(text: str, value: str) -> None:
    """Also into the defaults of others; an empty one counts as unset."""
    assert substitute(text, {"NAME": "bin", "EMPTY": ""}) == value
    assert pairs(f'A={text} B="two words"', {"NAME": "bin", "EMPTY": ""}) == {"A": value, "B": "two words"}


@pytest.mark.parametrize(
    ("file", "passed", "withheld"),
    [
        (
            "Dockerfile",
            ["server/application.py", "migrations/versions/a.py", "alembic.ini", "requirements/run.txt"],
            [
                ".env",
                "server/.env",
                "server/web/__pycache__/a.pyc",
                "tests/a.py",
                "web_client/index.html",
                "README.md.orig",
            ],
        ),
        (
            "web.Dockerfile",
            ["web_client/package.json", "web_client/src/app/main.tsx", "web_client/.npmrc"],
            [
                ".env",
                "web_client/.env.local",
                "web_client/dist/index.html",
                "web_client/node_modules/a/b.js",
                "server/application.py",
            ],
        ),
    ],
)
def test_builds_see_what_they_need(file: str, passed: list[str], withheld: list[str]) -> None:
    """Nothing secret, made here or of no use goes into an image."""
    withheld = [*withheld, ".git/config", ".lectern/credentials.json", ".tools/uv/a", ".venv/a"]
    ignored = Ignored((CHECKOUT / f"{file}.dockerignore").read_text())
    assert [path for path in [*passed, *withheld] if ignored.passes(PurePosixPath(path))] == passed
