"""Brings the template and the first people onto the local AWS.

Run as a program (`python -m server.local.deployment`), with a `Wish` as JSON on standard input and a `Deployment` as
JSON on standard output: the AWS library takes a second to import, and so it passes while the services start.
"""

import asyncio
import json
import sys
from dataclasses import asdict
from email.utils import parseaddr
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aioboto3
from aiobotocore.config import AioConfig
from botocore.exceptions import ClientError, WaiterError

from server.local.errors import StackError
from server.local.template import as_json
from server.local.wishes import Deployment, Newcomer, Wish

if TYPE_CHECKING:
    from types_aiobotocore_cloudformation import CloudFormationClient
    from types_aiobotocore_cloudformation.literals import CapabilityType
    from types_aiobotocore_cloudformation.type_defs import ParameterTypeDef, WaiterConfigTypeDef
    from types_aiobotocore_cognito_idp import CognitoIdentityProviderClient
    from types_aiobotocore_cognito_idp.type_defs import AttributeTypeTypeDef
    from types_aiobotocore_s3 import S3Client

STACK = "lectern"
TEMPLATES = "lectern-templates"
"""The bucket from which CloudFormation reads the template: with a request it takes no more than 51,200 bytes.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"""
CONNECT_SECONDS = 60
LOOK_SECONDS = 0.03
CAPABILITIES: "list[CapabilityType]" = ["CAPABILITY_IAM"]
"""The template makes a role, though not here."""
WAIT: "WaiterConfigTypeDef" = {"Delay": 1, "MaxAttempts": 60}
# Through no proxy: everything is on this machine.
CONFIG = AioConfig(proxies={}, connect_timeout=5, read_timeout=30, retries={"mode": "standard", "max_attempts": 4})


async def deploy(wish: Wish) -> Deployment:
    """Create the stack or update it in place, add the people who are missing, and read what came out.

    Raises:
        StackError: the template was refused; the message has the first reason.
    """
    session = aioboto3.Session(
        aws_access_key_id=wish.access_key_id,
        aws_secret_access_key=wish.secret_access_key,
        region_name=wish.region,
    )
    template = as_json(wish.template)
    async with (
        session.client("cloudformation", endpoint_url=wish.endpoint_url, config=CONFIG) as cloudformation,
        session.client("cognito-idp", endpoint_url=wish.endpoint_url, config=CONFIG) as cognito,
        session.client("s3", endpoint_url=wish.endpoint_url, config=CONFIG) as s3,
        session.client("ses", endpoint_url=wish.endpoint_url, config=CONFIG) as ses,
    ):
        # Only now: what comes before takes its time, in which the services start.
        await _reach(wish.endpoint_url)
        await ses.verify_email_identity(EmailAddress=parseaddr(wish.sender)[1])
        changed = await _apply(cloudformation, wish, await _upload(s3, wish.endpoint_url, template))
        outputs = await _outputs(cloudformation, wish.endpoint_url)
        pool = outputs["UserPoolId"]
        people = [await _ensure(cognito, pool, newcomer) for newcomer in wish.people]
        machine = await cognito.describe_user_pool_client(UserPoolId=pool, ClientId=outputs["MachineClientId"])
    return Deployment(
        outputs=outputs,
        machine_client_id=outputs["MachineClientId"],
        machine_client_secret=machine["UserPoolClient"]["ClientSecret"],
        subjects={newcomer.email: subject for newcomer, (subject, _) in zip(wish.people, people, strict=True)},
        changed=changed or any(new for _, new in people),
    )


async def _reach(url: str) -> None:
    """Return once something listens; the library's own pauses between attempts are long."""
    parts = urlsplit(url)
    async with asyncio.timeout(CONNECT_SECONDS):
        while True:
            try:
                _, writer = await asyncio.open_connection(parts.hostname, parts.port)
            except ConnectionRefusedError:
                await asyncio.sleep(LOOK_SECONDS)
            else:
                writer.close()
                return await writer.wait_closed()


async def _upload(s3: "S3Client", endpoint_url: str, template: str) -> str:
    """Put the template where CloudFormation may read it, and return its address."""
    await s3.create_bucket(Bucket=TEMPLATES)
    await s3.put_object(Bucket=TEMPLATES, Key=STACK, Body=template.encode())
    return f"{endpoint_url}/{TEMPLATES}/{STACK}"


async def _apply(cloudformation: "CloudFormationClient", wish: Wish, template_url: str) -> bool:
    """Return whether there was anything to do."""
    parameters: list[ParameterTypeDef] = [
        {"ParameterKey": key, "ParameterValue": value} for key, value in sorted(wish.parameters.items())
    ]
    change = _update if await _exists(cloudformation) else _create
    try:
        return await change(cloudformation, template_url, parameters)
    except WaiterError as error:
        raise StackError(f"The template could not be deployed: {await _reason(cloudformation)}") from error
    except ClientError as error:
        raise StackError(f"The template was refused: {error}") from error


async def _exists(cloudformation: "CloudFormationClient") -> bool:
    listed = await cloudformation.list_stacks()
    return any(
        stack["StackName"] == STACK and stack["StackStatus"] != "DELETE_COMPLETE" for stack in listed["StackSummaries"]
    )


async def _create(
    cloudformation: "CloudFormationClient", template_url: str, parameters: "list[ParameterTypeDef]"
) -> bool:
    await cloudformation.create_stack(
        StackName=STACK, TemplateURL=template_url, Parameters=parameters, Capabilities=CAPABILITIES
    )
    await cloudformation.get_waiter("stack_create_complete").wait(StackName=STACK, WaiterConfig=WAIT)
    return True


async def _update(
    cloudformation: "CloudFormationClient", template_url: str, parameters: "list[ParameterTypeDef]"
) -> bool:
    try:
        await cloudformation.update_stack(
            StackName=STACK, TemplateURL=template_url, Parameters=parameters, Capabilities=CAPABILITIES
        )
    except ClientError as error:
        if "No updates are to be performed" in str(error):
            return False
        raise
    await cloudformation.get_waiter("stack_update_complete").wait(StackName=STACK, WaiterConfig=WAIT)
    return True


async def _reason(cloudformation: "CloudFormationClient") -> str:
    events = (await cloudformation.describe_stack_events(StackName=STACK))["StackEvents"]
    failed = [event for event in reversed(events) if event["ResourceStatus"].endswith("FAILED")]
    return f"{failed[0]['LogicalResourceId']}: {failed[0]['ResourceStatusReason']}" if failed else "no reason is given"


async def _outputs(cloudformation: "CloudFormationClient", endpoint_url: str) -> dict[str, str]:
    [stack] = (await cloudformation.describe_stacks(StackName=STACK))["Stacks"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    # A queue keeps the address under which it was made; the port may be another since.
    here = urlsplit(endpoint_url).netloc
    return {
        key: urlsplit(value)._replace(netloc=here).geturl() if key.endswith("QueueUrl") else value
        for key, value in outputs.items()
    }


async def _ensure(cognito: "CognitoIdentityProviderClient", pool: str, newcomer: Newcomer) -> tuple[str, bool]:
    """Return the person's `sub`, and whether they are new."""
    try:
        person = await cognito.admin_get_user(UserPoolId=pool, Username=newcomer.email)
        attributes, ready = person["UserAttributes"], person["UserStatus"] == "CONFIRMED"
    except cognito.exceptions.UserNotFoundException:
        attributes, ready = await _sign_up(cognito, pool, newcomer), False
    if not ready:
        await cognito.admin_set_user_password(
            UserPoolId=pool, Username=newcomer.email, Password=newcomer.password, Permanent=True
        )
    return next(attribute["Value"] for attribute in attributes if attribute["Name"] == "sub"), not ready


async def _sign_up(
    cognito: "CognitoIdentityProviderClient", pool: str, newcomer: Newcomer
) -> "list[AttributeTypeTypeDef]":
    created = await cognito.admin_create_user(
        UserPoolId=pool,
        Username=newcomer.email,
        UserAttributes=[
            {"Name": "email", "Value": newcomer.email},
            {"Name": "email_verified", "Value": "true"},
            {"Name": "name", "Value": newcomer.name},
        ],
        MessageAction="SUPPRESS",
    )
    return created["User"]["Attributes"]


def main() -> None:
    """Read the wish, deploy, and write what came out."""
    asked = json.load(sys.stdin)
    people = [Newcomer(**newcomer) for newcomer in asked.pop("people")]
    deployment = asyncio.run(deploy(Wish(**asked, people=people)))
    json.dump(asdict(deployment), sys.stdout)


if __name__ == "__main__":
    main()
