"""The ways this house says no. blueprints/errors.py gives each one its status code and its words."""

from domain.wording import N_


class Refused(Exception):
    """The answer is no. `sentence` is the reason for a person, an English source string; `values` fill it in."""

    sentence = N_("This is not possible.")

    def __init__(self, sentence: str | None = None, **values: object):
        super().__init__(sentence or self.sentence)
        self.sentence = sentence or self.sentence
        self.values = values


class NotFound(Refused):
    """There is no such thing, or it is not this person's to see."""

    sentence = N_("There is no such record, or it is not yours to see.")


class NotPermitted(Refused):
    """This person may never do this."""

    sentence = N_("You are not permitted to do this.")


class NotAllowedNow(Refused):
    """This may be done, but not in the present status."""

    sentence = N_("This is no longer possible: the record has moved on meanwhile.")


class ChangedMeanwhile(Refused):
    """Somebody else has written since this person looked."""

    sentence = N_(
        "Somebody else has saved this meanwhile. Where yours differs, what is saved now stands at the field. "
        "If you save again, yours replaces it."
    )


class AlreadyUsed(Refused):
    """The id of this entry already stands for something else that was written."""

    sentence = N_("This form was already sent with other words. What was sent first has been kept.")


class Incomplete(Refused):
    """The form has faults, each of them said at its field."""

    sentence = N_("Something is missing, or cannot be taken as it stands.")


class Invalid(Refused):
    """One field cannot be taken as typed; `field` names it."""

    def __init__(self, field: str, sentence: str, **values: object):
        super().__init__(sentence, **values)
        self.field = field


class NotKept(Invalid):
    """A photo cannot be kept for the moment; sent again later, it may be."""
