"""What is asked of the deployment on the local AWS, and what it answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person who is to be able to sign in; `role` is one of our own."""

    email: str
    name: str
    password: str
    role: str


@dataclass(frozen=True, slots=True)
class Wish:
    """A template with its parameters, the people who must be in its user pool, and what mail may come from."""

    endpoint_url: str
    region: str
    access_key_id: str
    secret_access_key: str
    template: str
    parameters: dict[str, str]
    people: list[Newcomer]
    sender: str


@dataclass(frozen=True, slots=True)
class Deployment:
    """What came out: the template's outputs, the machine client, and each person's `sub` by e-mail.

    `changed` tells that something was made or altered.
    """

    outputs: dict[str, str]
    machine_client_id: str
    machine_client_secret: str
    subjects: dict[str, str]
    changed: bool


@dataclass(frozen=True, slots=True)
class Introduction:
    """A person as the user pool vouches for them, and the role they are to have."""

    issuer: str
    subject: str
    email: str
    name: str
    role: str
