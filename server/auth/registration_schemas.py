"""What people write when they sign up, and when they have forgotten their password."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, SecretStr

from server.users.schemas import Email, Language, Name, one_line

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
"""https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html"""


def _fit(password: SecretStr) -> SecretStr:
    """Ask what the pool of `infra/template.yaml` asks.

    The pool itself would say it of new addresses only, and so tell which are not new.
    """
    text = password.get_secret_value()
    one_line(text)
    if any(char.isspace() for char in text):
        raise ValueError("a password without spaces")
    if not (any(map(str.islower, text)) and any(map(str.isupper, text)) and any(map(str.isdigit, text))):
        raise ValueError("a password with a lower-case letter, an upper-case letter and a digit")
    return password


Username = Annotated[Email, Field(max_length=128), AfterValidator(str.lower)]
"""An address as the pool knows it; the same whatever its case, also in pools that were made otherwise."""

Password = Annotated[
    SecretStr,
    Field(
        min_length=SHORTEST_PASSWORD,
        max_length=LONGEST_PASSWORD,
        description="With a lower-case letter, an upper-case letter and a digit; without spaces.",
        examples=["Correct-horse-7"],
    ),
    AfterValidator(_fit),
]
Code = Annotated[str, Field(pattern=r"^[0-9A-Za-z]{1,32}$", description="From the mail.", examples=["123456"])]


class Address(BaseModel, extra="forbid"):
    """Whose account it is about."""

    email: Username


class SignUp(Address):
    """An account to be made."""

    password: Password
    name: Name = Field(examples=["Ada"])
    language: Language | None = Field(None, description="The language that they speak, in BCP 47.", examples=["en"])


class Confirmation(Address):
    """That an address is its owner's."""

    code: Code


class NewPassword(Confirmation):
    """A password in the place of a forgotten one."""

    password: Password


class Accepted(BaseModel):
    """What is said whether there is such an account or not."""

    detail: str = "If there is something to confirm at this address, a code is on its way to it."
