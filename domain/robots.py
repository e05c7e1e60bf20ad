"""The services whose group robots may be told: each by the first word of its address, as apprise reads it."""

import re

SERVICES = {
    "wecombot": "WeCom 企业微信",
    "dingtalk": "DingTalk 钉钉",
    "feishu": "Feishu 飞书",
    "lark": "Lark",
    "slack": "Slack",
    "msteams": "Microsoft Teams",
    "tgram": "Telegram",
    "json": "JSON (http)",
    "jsons": "JSON (https)",
}
ADDRESS = re.compile(rf"^({'|'.join(SERVICES)})://[^\s\x00-\x1f]+$")


def service_of(url: str) -> str:
    """What people call the service of this address; the rest of an address is as secret as a password."""
    return SERVICES[url.partition("://")[0]]
