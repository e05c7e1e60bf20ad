"""The settings of gunicorn, which reads these names: `python -m gunicorn --config python:launch.web`."""

import gc

import app  # noqa: F401  (once, before the workers are forked: importing costs more than everything else at a start)
from config import Settings

gc.freeze()  # what is there from the start is never rubbish: workers need not look at it, and share it unchanged

settings = Settings.from_environment()

wsgi_app = "app:create_app()"
bind = f"{settings.host}:{settings.port}"
worker_class = "gthread"
workers = settings.web_workers
threads = settings.web_threads
# Seconds for what is being answered; less than the supervisor's patience. A stop takes less than one, unless a request
# is on its way, or a browser holds a spare connection on which it has asked nothing yet: gunicorn gives those 5 and 2.
graceful_timeout = 8
loglevel = "warning"  # the application logs the requests
control_socket_disable = True
