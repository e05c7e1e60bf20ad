"""What the texts of the phone's scripts need (components/phone_words.html), on every page of its layout."""

from blueprints.assets import build
from blueprints.job_page import LIKELY
from blueprints.language import zone_of_this_visit
from blueprints.phone.blueprint import bp
from domain.lifecycle import ACTIONS, JOB_ACTIONS, Action, JobStatus


@bp.app_template_global()
def offline_actions() -> list[Action]:
    """What a phone may record without a signal."""
    return [action for action in ACTIONS.values() if action.offline]


@bp.app_template_global()
def job_statuses() -> list[JobStatus]:
    """How a job may stand."""
    return list(JobStatus)


@bp.app_template_global()
def next_step(status: JobStatus) -> Action | None:
    """What the holder of a job usually does next when it stands like this."""
    likely = [JOB_ACTIONS[name] for name in LIKELY if JOB_ACTIONS[name].offline]
    return next((action for action in likely if status in action.start), None)


bp.add_app_template_global(zone_of_this_visit, "zone")
bp.add_app_template_global(build, "build")
