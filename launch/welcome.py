"""What a person reads when everything runs: where to go and how to get in."""

from collections.abc import Iterable

from config import Settings

DEMO_ACCOUNTS = "demo_accounts"  # the file in the data folder that lists who may be tried out


def remember_demo_accounts(settings: Settings, names: Iterable[str]) -> None:
    """Notes who may be tried out; written by the one program that asks the database."""
    (settings.data_folder / DEMO_ACCOUNTS).write_text("\n".join(names))


def welcome(settings: Settings) -> str:
    """Where to go and, while demo accounts exist, how to get in."""
    lines = ["", f"Yingda is at {settings.public_url}  (Ctrl-C stops it)"]
    names = (settings.data_folder / DEMO_ACCOUNTS).read_text().split()
    if names:
        lines += [f"Demo sign-ins, all with the password  {settings.demo_password}", f"  {', '.join(names)}"]
    return "\n".join([*lines, ""])
