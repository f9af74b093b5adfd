"""What coders ask the lead and alert them to, and what comes back."""

from harken.services.asking.alerting import alert_on, alerts, close_alert, find_alert, raise_alert
from harken.services.asking.questions import find_question, questions, replies_to, reply_to
from harken.services.asking.replying import Place, Rule, reply
from harken.services.asking.report import alerts_report, questions_report
from harken.services.asking.result import Alert, Alerts, AskedQuestion, AskedState, Questions, Reply
from harken.services.asking.taking_up import keep_as_decided

__all__ = [
    "Alert",
    "Alerts",
    "AskedQuestion",
    "AskedState",
    "Place",
    "Questions",
    "Reply",
    "Rule",
    "alert_on",
    "alerts",
    "alerts_report",
    "close_alert",
    "find_alert",
    "find_question",
    "keep_as_decided",
    "questions",
    "questions_report",
    "raise_alert",
    "replies_to",
    "reply",
    "reply_to",
]
