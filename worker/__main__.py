"""python -m worker: does what was put off, one task after the other, in this process.

Not a forking worker: see docs/decisions/0005-one-worker-that-does-not-fork.md.
"""

import logging

from rq import SimpleWorker

from worker.tasks import application

WORKER_TTL = 30  # seconds; half of it is how long the worker waits for a task before it says that it is there


def main() -> None:
    """Works until SIGTERM or SIGINT; the second one does not wait for the task in hand."""
    queue = application().extensions["queue"]
    logging.getLogger("rq.worker").setLevel(logging.WARNING)
    SimpleWorker([queue], connection=queue.connection, worker_ttl=WORKER_TTL, log_job_description=False).work(
        logging_level="WARNING"
    )


if __name__ == "__main__":
    main()
