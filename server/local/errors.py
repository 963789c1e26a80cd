"""What can keep the local stack from running."""

from typing import ClassVar

from server.configuration.reading import WRONG_SETTINGS


class StackError(Exception):
    """The stack can't run; the message is a sentence that says why and what to do."""

    status: ClassVar = 1


class SettingsRefused(StackError):  # noqa: N818 - says how it stands
    """What the user has set is wrong; the message has a line for each thing."""

    status: ClassVar = WRONG_SETTINGS
