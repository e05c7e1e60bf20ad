"""Settings are read once, refuse nonsense by name, and keep the secrets nobody chose."""

import re
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import DEFAULT_MEMORY_COST

from config import ROOT, SettingRefused, Settings


def read(tmp_path, **environ):
    return Settings.from_environment({"YINGDA_DATA": str(tmp_path / "data"), **environ})


def test_without_any_choice_everything_lives_in_the_data_folder(tmp_path):
    settings = read(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path}/data/yingda.db"
    assert settings.redis_url == f"unix://{tmp_path}/data/redis.sock"
    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")


def test_passwords_cost_what_the_makers_of_argon2_advise(tmp_path):
    assert read(tmp_path).password_memory == DEFAULT_MEMORY_COST * 1024


def test_an_empty_value_counts_as_none(tmp_path):
    assert read(tmp_path, PORT=" ", SMTP_URL="").port == 8000
    assert read(tmp_path, SMTP_URL="").smtp_url is None


def test_the_secrets_nobody_chose_are_kept_for_their_owner_only(tmp_path):
    first, second = read(tmp_path), read(tmp_path)
    assert (first.secret_key, first.demo_password) == (second.secret_key, second.demo_password)
    assert len(first.secret_key) == 64
    for name in ("secret_key", "demo_password"):
        assert stat.S_IMODE((tmp_path / "data" / name).stat().st_mode) == 0o600


def test_processes_that_start_at_once_agree_on_the_secret(tmp_path):
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(lambda _: read(tmp_path).secret_key, range(16)))) == 1


def test_a_chosen_secret_wins_over_the_kept_one(tmp_path):
    kept = read(tmp_path).secret_key
    assert read(tmp_path, SECRET_KEY="chosen").secret_key == "chosen" != kept


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "８０"),
        ("WEB_WORKERS", "-1"),
        ("YINGDA_LOG_LEVEL", "loud"),
        ("YINGDA_SECURE_COOKIES", "1"),
    ],
)
def test_a_value_nobody_can_use_is_refused_by_name(tmp_path, name, value):
    with pytest.raises(SettingRefused, match=name):
        read(tmp_path, **{name: value})


def test_every_choice_is_taken_as_it_is_written(tmp_path):
    settings = read(
        tmp_path, HOST="0.0.0.0", PORT="81", REDIS_URL="redis://r:6379/1", SMTP_URL="smtps://u:p@mail.example:465",
        YINGDA_MAIL_FROM="Yingda <centre@example.org>", YINGDA_UPLOAD_MB="3", YINGDA_TRUSTED_PROXIES="2",
        YINGDA_DEMO_PASSWORD="open sesame", WEB_WORKERS="5", WEB_THREADS="6", YINGDA_LOG_LEVEL="debug",
        YINGDA_SECURE_COOKIES="yes",
    )  # fmt: skip
    assert (settings.host, settings.port, settings.public_url) == ("0.0.0.0", 81, "http://127.0.0.1:81")
    assert (settings.redis_url, settings.smtp_url) == ("redis://r:6379/1", "smtps://u:p@mail.example:465")
    assert (settings.mail_from, settings.demo_password) == ("Yingda <centre@example.org>", "open sesame")
    assert (settings.upload_limit, settings.trusted_proxies) == (3 * 1024**2, 2)
    assert (settings.web_workers, settings.web_threads, settings.log_level) == (5, 6, "DEBUG")
    assert settings.secure_cookies


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_other_programs_spellings_of_postgresql_are_understood(tmp_path, scheme):
    assert read(tmp_path, DATABASE_URL=f"{scheme}://u:p@h/n").database_url == "postgresql+psycopg://u:p@h/n"


def test_an_https_address_makes_cookies_secure_unless_told_otherwise(tmp_path):
    assert read(tmp_path, YINGDA_PUBLIC_URL="https://yingda.example/").secure_cookies
    assert read(tmp_path, YINGDA_PUBLIC_URL="https://yingda.example/").public_url == "https://yingda.example"
    assert not read(tmp_path, YINGDA_PUBLIC_URL="https://y.example", YINGDA_SECURE_COOKIES="no").secure_cookies


def test_nobody_reads_secrets_in_a_traceback(tmp_path):
    shown = repr(read(tmp_path, SECRET_KEY="s3cret", YINGDA_DEMO_PASSWORD="pa55word", SMTP_URL="smtp://u:ma1l@h"))
    assert not re.search("s3cret|pa55word|ma1l", shown)


def test_the_example_lists_exactly_the_settings_that_are_read():
    listed = set(re.findall(r"^#([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    read_by_us = set(
        re.findall(r'"((?:YINGDA|WEB)_[A-Z_]+|PORT|HOST|[A-Z]+_URL|SECRET_KEY)"', (ROOT / "config.py").read_text())
    )
    assert listed == read_by_us
