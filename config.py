"""Every setting, read once from the environment (and `.env`) into one frozen dataclass. `.env.example` lists them."""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent
SOCKET_PATH_LIMIT = 100  # Linux takes 107 bytes, macOS 103; a few are left for the server's own suffixes.
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingRefused(ValueError):
    """A setting has a value nobody can use. The message names the setting and what it should be."""


@dataclass(frozen=True)
class Settings:
    """What a person who runs Yingda may choose. Sizes are bytes, `trusted_proxies` counts proxies in front of us."""

    data_folder: Path
    database_url: str = field(repr=False)  # this one and the next may hold passwords
    redis_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    demo_password: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = "http://127.0.0.1:8000"
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = "yingda@localhost"
    upload_limit: int = 10 * 1024 * 1024
    password_memory: int = 64 * 1024 * 1024  # what argon2 takes for each; only tests take less
    secure_cookies: bool = False
    trusted_proxies: int = 0
    web_workers: int = 2
    web_threads: int = 4
    log_level: str = "INFO"

    @property
    def demo_removed(self) -> Path:
        """The file that says the demo estate was removed on purpose and is not to come back."""
        return self.data_folder / "demo_removed"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """The settings of this machine: the environment first, then `.env`; an empty value counts as none.

        With `environ` given, only that is read. Makes the data folder, and keeps in it the secrets nobody chose.
        Raises SettingRefused for a value that cannot be used.
        """
        if environ is None:
            environ = {**{name: value or "" for name, value in dotenv_values(ROOT / ".env").items()}, **os.environ}
        chosen = {name: value.strip() for name, value in environ.items() if value.strip()}
        folder = data_folder(chosen)
        host, port = chosen.get("HOST", cls.host), whole_number(chosen, "PORT", cls.port)
        public_url = chosen.get("YINGDA_PUBLIC_URL", f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}")
        return cls(
            data_folder=folder,
            database_url=with_driver(chosen.get("DATABASE_URL", f"sqlite:///{folder / 'yingda.db'}")),
            redis_url=chosen.get("REDIS_URL", f"unix://{redis_socket(folder)}"),
            secret_key=chosen.get("SECRET_KEY") or kept(folder / "secret_key", secrets.token_hex),
            demo_password=chosen.get("YINGDA_DEMO_PASSWORD") or kept(folder / "demo_password", readable_password),
            host=host,
            port=port,
            public_url=public_url.rstrip("/"),
            smtp_url=chosen.get("SMTP_URL"),
            mail_from=chosen.get("YINGDA_MAIL_FROM", cls.mail_from),
            upload_limit=whole_number(chosen, "YINGDA_UPLOAD_MB", 10) * 1024 * 1024,
            secure_cookies=yes_or_no(chosen, "YINGDA_SECURE_COOKIES", public_url.startswith("https://")),
            trusted_proxies=whole_number(chosen, "YINGDA_TRUSTED_PROXIES", cls.trusted_proxies),
            web_workers=whole_number(chosen, "WEB_WORKERS", cls.web_workers),
            web_threads=whole_number(chosen, "WEB_THREADS", cls.web_threads),
            log_level=one_of(chosen, "YINGDA_LOG_LEVEL", LOG_LEVELS, cls.log_level),
        )


def data_folder(environ: Mapping[str, str]) -> Path:
    """The absolute folder of database, attachments, Redis files and kept secrets; made if missing."""
    folder = (ROOT / environ.get("YINGDA_DATA", "instance")).resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def redis_socket(folder: Path) -> Path:
    """Where our own Redis listens for this data folder. A path too long for a socket gives way to a short one."""
    socket = folder / "redis.sock"
    if len(os.fsencode(socket)) <= SOCKET_PATH_LIMIT:
        return socket
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"yingda-{os.getuid()}-{digest}" / "redis.sock"


def with_driver(url: str) -> str:
    """The database address with the driver we install: other programs write `postgres://` or `postgresql://`."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def kept(path: Path, make: Callable[[], str]) -> str:
    """The secret kept in this file, made (readable by its owner only) the first time, also when two start at once."""
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(dir=path.parent)  # mkstemp gives mode 600
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # somebody else was first; theirs counts
        finally:
            os.unlink(draft)
    return path.read_text().strip()


def readable_password() -> str:
    """Twelve letters and digits that nobody confuses when reading them aloud; about 58 bits."""
    return "-".join("".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(4)) for _ in range(3))


def whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise SettingRefused(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def yes_or_no(environ: Mapping[str, str], name: str, default: bool) -> bool:
    return one_of(environ, name, ("YES", "NO"), "YES" if default else "NO") == "YES"


def one_of(environ: Mapping[str, str], name: str, choices: tuple[str, ...], default: str) -> str:
    value = environ.get(name, default).upper()
    if value not in choices:
        raise SettingRefused(f"{name} must be one of {', '.join(choices).lower()}, not {value!r}.")
    return value
