"""What can keep the local stack from running."""


class StackError(Exception):
    """The stack can't run; the message is a sentence that says why and what to do."""
