"""When a phone is a worry to those who lead the people who carry it."""

import re
from datetime import timedelta
from enum import IntEnum

SILENT_AFTER = timedelta(hours=4)  # in a shift a phone meets a signal more often than that
LOSS_REMEMBERED = timedelta(days=7)  # long enough for somebody to ask what was lost
FORGOTTEN_AFTER = timedelta(days=90)  # a phone that owes nothing and did not come back is no longer listed


class Worry(IntEnum):
    """The worst that can be said of a phone; the higher, the sooner somebody should call."""

    NONE = 0
    REFUSED = 1  # an entry was not accepted, and its writer has not decided what becomes of it
    SILENT = 2  # entries wait on it and nothing was heard of it for SILENT_AFTER
    LOST = 3  # its storage was emptied within LOSS_REMEMBERED: entries may have been lost
    STUCK = 4  # entries are refused by no verdict and delivered by no attempt


# What a browser says of itself → what people call it; the first found counts: most claim to be others, too.
SYSTEMS = {
    "HarmonyOS": "HarmonyOS", "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows",
    "Macintosh": "Mac", "Linux": "Linux",
}  # fmt: skip
BROWSERS = {
    "MicroMessenger": "WeChat", "HuaweiBrowser": "Huawei", "MiuiBrowser": "Mi", "HeyTapBrowser": "OPPO",
    "VivoBrowser": "vivo", "QQBrowser": "QQ", "UCBrowser": "UC", "SamsungBrowser": "Samsung", "Edg": "Edge",
    "Firefox": "Firefox", "FxiOS": "Firefox", "Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari",
}  # fmt: skip
MODEL = re.compile(r"Android [\d.]+; (?!K\))([^;)]{2,40}?)(?: Build/[^;)]*)?[;)]")


def called(label: str) -> str:
    """What people call a phone whose browser says this: `Android SM-S901B · Chrome`; its own words if we know none."""
    system = next((name for mark, name in SYSTEMS.items() if mark in label), "")
    browser = next((name for mark, name in BROWSERS.items() if mark in label), "")
    model = MODEL.search(label)
    with_model = f"{system} {model[1]}" if model else system
    return " · ".join(filter(None, (with_model, browser))) or label[:60]
