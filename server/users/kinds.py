"""What users are, and what they may say of themselves, in words."""

from enum import StrEnum


class UserKind(StrEnum):
    """A machine is an owner of its own; it is never taken for a person."""

    PERSON = "person"
    MACHINE = "machine"


class Role(StrEnum):
    """What a user may do beyond their own things; each includes those before it."""

    NONE = "none"
    SPEAKER = "speaker"
    ADMIN = "admin"

    def at_least(self, other: "Role") -> "Role":
        """Return the higher of two roles."""
        return max(self, other, key=list(Role).index)


class Refusal(StrEnum):
    """Why an address gets no more mail."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"


class Sex(StrEnum):
    """What a speaker may tell of themselves, for collections that are to be balanced."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
