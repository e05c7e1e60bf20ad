"""What a person reads when everything runs: where to go and how to get in."""

from collections.abc import Sequence

from config import Settings


def welcome(settings: Settings, demo_accounts: Sequence[str]) -> str:
    """The address and, while demo accounts exist, how to get in."""
    lines = ["", f"Yingda is at {settings.public_url}  (Ctrl-C stops it)"]
    if demo_accounts:
        lines += [f"Demo sign-ins, all with the password  {settings.demo_password}", f"  {', '.join(demo_accounts)}"]
    return "\n".join([*lines, ""])
