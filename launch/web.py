"""The settings of gunicorn, which reads these names: `python -m gunicorn --config python:launch.web`."""

import app  # noqa: F401  (once, before the workers are forked: importing costs more than everything else at a start)
from config import Settings

settings = Settings.from_environment()

wsgi_app = "app:create_app()"
bind = f"{settings.host}:{settings.port}"
worker_class = "gthread"
workers = settings.web_workers
threads = settings.web_threads
graceful_timeout = 8  # seconds; less than the supervisor's patience
loglevel = "warning"  # the application logs the requests
control_socket_disable = True
