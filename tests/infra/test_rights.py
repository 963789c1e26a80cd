"""What the template lets anybody do."""

from tests.infra.template import Template, listed, resources, statements

NO_RESOURCES = {
    ("ExecutionRole", "ecr:GetAuthorizationToken"),
    ("SmsRole", "sns:Publish"),
    ("WorkerRole", "transcribe:StartTranscriptionJob"),
}
"""Where AWS knows no resource to name."""


def test_nobody_may_do_everything(template: Template) -> None:
    """No statement allows all of some actions, nor all resources but where AWS knows no others; to a key `*` is it."""
    everywhere = set()
    for name, resource in template["Resources"].items():
        for statement in statements(resource["Properties"]):
            if statement["Effect"] == "Allow":
                assert "*" not in str(statement["Action"])
                if "*" in listed(statement.get("Resource")) and resource["Type"] != "AWS::KMS::Key":
                    everywhere |= {(name, action) for action in listed(statement["Action"])}
    assert everywhere == NO_RESOURCES


def test_media_are_read_by_signed_addresses_alone(template: Template) -> None:
    """Buckets let in CloudFront alone, for one distribution, all of whose addresses are signed; guests are nobody."""
    let_in = [
        (name, statement["Principal"], statement["Action"], "aws:SourceArn" in statement["Condition"]["StringEquals"])
        for name, policy in resources(template, "AWS::S3::BucketPolicy").items()
        for statement in statements(policy)
        if statement["Effect"] == "Allow"
    ]
    assert let_in == [("ProcessedBucketPolicy", {"Service": "cloudfront.amazonaws.com"}, "s3:GetObject", True)]
    media = resources(template, "AWS::CloudFront::Distribution")["MediaDistribution"]["DistributionConfig"]
    assert media["DefaultCacheBehavior"]["TrustedKeyGroups"] == [{"Ref": "MediaKeyGroup"}]
    assert "CacheBehaviors" not in media
    assert not resources(template, "AWS::Cognito::IdentityPool")["IdentityPool"]["AllowUnauthenticatedIdentities"]
    assert resources(template, "AWS::Cognito::IdentityPoolRoleAttachment")["IdentityPoolRoles"]["Roles"].keys() == {
        "authenticated"
    }


def test_queues_and_buckets_take_tls_alone(template: Template) -> None:
    """Every queue, those of dead letters too, and every bucket refuses who comes without."""
    refusing = {
        listed(policy[place])[0]["Ref"]
        for kind, place in (("AWS::SQS::QueuePolicy", "Queues"), ("AWS::S3::BucketPolicy", "Bucket"))
        for policy in resources(template, kind).values()
        for statement in statements(policy)
        if statement["Effect"] == "Deny" and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    }
    assert refusing == {*resources(template, "AWS::SQS::Queue"), *resources(template, "AWS::S3::Bucket")}
