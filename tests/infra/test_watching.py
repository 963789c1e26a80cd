"""What the template looks out for."""

import json
import re
from typing import Any

from server.local.backing import CHECKOUT
from server.tasks.models import Kind
from server.tasks.queues import Queue
from tests.infra.template import Template, resources

GIVEN_UP = "task failed for good"


def alarms(template: Template) -> list[dict[str, Any]]:
    """Return the alarms that somebody is told of; there are others, by which workers are started and stopped."""
    told = {"Ref": "AlarmTopic"}
    return [alarm for alarm in resources(template, "AWS::CloudWatch::Alarm").values() if told in alarm["AlarmActions"]]


def watched(template: Template, metric: str) -> set[str]:
    """Return what the alarms on a metric look at, by the last of its dimensions."""
    looked_at = [alarm["Dimensions"][-1]["Value"] for alarm in alarms(template) if alarm.get("MetricName") == metric]
    return {one if isinstance(one, str) else one["Fn::GetAtt"][0] for one in looked_at}


def test_every_queue_is_watched(template: Template) -> None:
    """A dead letter in any queue is an alarm, and so is a message that waits, and work that is due."""
    queues = resources(template, "AWS::SQS::Queue")
    dead = {
        queue["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
        for queue in queues.values()
        if "RedrivePolicy" in queue
    }
    assert watched(template, "ApproximateNumberOfMessagesVisible") == dead
    assert watched(template, "ApproximateAgeOfOldestMessage") == queues.keys() - dead
    assert watched(template, "OldestDueSeconds") == {*Queue}


def test_alarms_say_what_they_are(template: Template) -> None:
    """Each has a name that begins with the stack's and a sentence, and it is told, too, when all is well again."""
    for alarm in alarms(template):
        assert alarm["OKActions"] == alarm["AlarmActions"]
        assert alarm["AlarmName"]["Fn::Sub"].startswith("${Name}-")
        assert alarm["AlarmDescription"]


def test_what_workers_give_up_is_counted(template: Template) -> None:
    """The filters look for the line that a worker writes, and for tasks that there are; each metric has its alarm."""
    filters = {
        name: one for name, one in resources(template, "AWS::Logs::MetricFilter").items() if GIVEN_UP in str(one)
    }
    assert f'log.warning("{GIVEN_UP}"' in (CHECKOUT / "server/tasks/runner.py").read_text()
    kinds = {name: _kinds(one) for name, one in filters.items()}
    assert all(kinds.values())
    assert set().union(*kinds.values()) <= {*Kind}
    counted = {one["MetricTransformations"][0]["MetricName"] for one in filters.values()}
    assert counted == {"FailedMedia", "FailedDuties"}
    assert counted <= {alarm.get("MetricName") for alarm in alarms(template)}


def test_dashboard_shows_every_queue(template: Template) -> None:
    """Its body is JSON once the names are in, and each of our queues is among its metrics."""
    body = resources(template, "AWS::CloudWatch::Dashboard")["Dashboard"]["DashboardBody"]["Fn::Sub"][0]
    widgets = json.loads(re.sub(r"\$\{([\w.:]+)\}", r"\1", body))["widgets"]
    shown = str([widget["properties"]["metrics"] for widget in widgets])
    assert {name for name in resources(template, "AWS::SQS::Queue") if f"'{name}.QueueName'" not in shown} == set()
    assert {queue for queue in Queue if f"'{queue}'" not in shown} == set()


def _kinds(one: dict[str, Any]) -> set[str]:
    return set(re.findall(r'\$\.kind = "(\w+)"', one["FilterPattern"]))
