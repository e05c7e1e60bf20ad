"""What bin/serve does once its packages are there: sets up the rest, then runs everything until it is stopped."""

import sys
import urllib.error
import urllib.request
from functools import partial

from config import SettingRefused, Settings, redis_socket
from launch import assets, database, front_end, redis, translations
from launch.child import Child
from launch.claims import only_one, refuse_taken_port
from launch.environment import PYTHON, ROOT, one_at_a_time
from launch.progress import SetUpFailed, run
from launch.supervisor import StopAsked, Supervisor
from launch.welcome import welcome

SECONDS_TO_START = 60
# Who does what was put off and who says when: exactly one of each, and started when the first page is there.
BEHIND_THE_WEB = {"worker": "worker", "scheduler": "worker.scheduler"}


def main() -> None:
    """Serves until Ctrl-C or SIGTERM, or says in plain words why it cannot."""
    try:
        settings = Settings.from_environment()
        with only_one(settings), Supervisor() as supervisor:
            refuse_taken_port(settings)
            set_up()
            serve(settings, supervisor)
    except StopAsked:
        print("\nStopped.")
    except (SetUpFailed, SettingRefused) as problem:
        sys.exit(f"\n{problem}")


def set_up() -> None:
    """What is made from the repository's files: front-end packages, assets, translations."""
    with one_at_a_time():
        front_end.install()
        assets.build()
        translations.compile_all()


def serve(settings: Settings, supervisor: Supervisor) -> None:
    """Starts Redis, brings the database up to date, then starts the rest and looks after them."""
    if settings.redis_url == own_redis_url(settings):
        supervisor.start(Child("redis", redis.command(settings.data_folder, redis_socket(settings.data_folder)), ROOT))
    wait_for_redis(settings, supervisor)
    if not database.is_prepared(settings):
        run("Preparing the database", [PYTHON, "-m", "launch.preparation"], cwd=ROOT)
    demo_accounts = database.demo_accounts(settings)
    supervisor.start(Child("web", [PYTHON, "-m", "gunicorn", "--config", "python:launch.web"], ROOT))
    address = f"http://{settings.host}:{settings.port}"
    supervisor.wait_until(partial(serves, f"{address}/health"), "The web server did not answer", SECONDS_TO_START)
    for name, module in BEHIND_THE_WEB.items():
        supervisor.start(Child(name, [PYTHON, "-m", module], ROOT))
    print(welcome(settings, demo_accounts), flush=True)
    supervisor.run()


def own_redis_url(settings: Settings) -> str:
    return f"unix://{redis_socket(settings.data_folder)}"


def wait_for_redis(settings: Settings, supervisor: Supervisor) -> None:
    """Returns once Redis lets us in. Raises SetUpFailed without its address, which may hold a password."""
    if supervisor.children:
        supervisor.wait_until(
            partial(redis.answers, settings.redis_url), "Our own Redis did not answer", SECONDS_TO_START
        )
    elif not redis.answers(settings.redis_url):
        raise SetUpFailed(
            "No Redis answers at the address in REDIS_URL. Start it, correct the address, or leave it out."
        )


def serves(url: str) -> bool:
    """Whether the web server answers, be it with an error: /health knows why."""
    try:
        urllib.request.urlopen(url, timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
