"""What sort of wish a service request is. The kind, with its category, decides the default service class."""

from domain.labelled import Labelled
from domain.service_classes import ServiceClass
from domain.wording import N_


class Kind(Labelled):
    """投诉 报修 咨询 建议 表扬 求助."""

    COMPLAINT = "complaint", N_("Complaint")
    REPAIR = "repair", N_("Repair")
    ENQUIRY = "enquiry", N_("Enquiry")
    SUGGESTION = "suggestion", N_("Suggestion")
    COMPLIMENT = "compliment", N_("Compliment")
    HELP = "help", N_("Help")


class Mood(Labelled):
    """How the caller sounded; for whoever picks up the phone next."""

    CALM = "calm", N_("Calm")
    WORRIED = "worried", N_("Worried")
    ANGRY = "angry", N_("Angry")


_DEFAULT_CLASS = {
    Kind.COMPLAINT: ServiceClass.COMPLAINT,
    Kind.REPAIR: ServiceClass.MINOR,
    Kind.ENQUIRY: ServiceClass.ENQUIRY,
    Kind.SUGGESTION: ServiceClass.SUGGESTION,
    Kind.COMPLIMENT: ServiceClass.SUGGESTION,
    Kind.HELP: ServiceClass.URGENT,
}
# A category speaks for the work itself (a burst pipe is urgent); words of praise or blame keep their own class.
_CATEGORY_DECIDES = frozenset({Kind.REPAIR, Kind.HELP})


def default_class(kind: Kind, of_category: ServiceClass | None) -> ServiceClass:
    """The service class a new request gets when nobody chooses one."""
    if of_category and kind in _CATEGORY_DECIDES:
        return of_category
    return _DEFAULT_CLASS[kind]


_USUAL_KIND = {
    ServiceClass.COMPLAINT: Kind.COMPLAINT,
    ServiceClass.SERIOUS_COMPLAINT: Kind.COMPLAINT,
    ServiceClass.ENQUIRY: Kind.ENQUIRY,
    ServiceClass.SUGGESTION: Kind.SUGGESTION,
    ServiceClass.ENVIRONMENT: Kind.COMPLAINT,
}


def usual_kind(of_category: ServiceClass | None) -> Kind:
    """The kind that is preselected with a category, for the person at the form to change."""
    return _USUAL_KIND.get(of_category, Kind.REPAIR) if of_category else Kind.REPAIR
