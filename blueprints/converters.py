"""What may stand in a URL."""

from werkzeug.routing import BaseConverter, ValidationError

from domain.lifecycle import JOB_ACTIONS, REQUEST_ACTIONS, Action


class RequestActionConverter(BaseConverter):
    """`<request_action:…>` is an action a person can take on a service request, or the page does not exist."""

    table = {name: action for name, action in REQUEST_ACTIONS.items() if action.permission and None not in action.start}

    def to_python(self, value: str) -> Action:
        if value not in self.table:
            raise ValidationError
        return self.table[value]

    def to_url(self, value: Action) -> str:
        return value.name


class JobActionConverter(RequestActionConverter):
    """`<job_action:…>`, the same for a job."""

    table = JOB_ACTIONS


CONVERTERS = {"request_action": RequestActionConverter, "job_action": JobActionConverter}
