"""How a service request reached the company."""

from domain.labelled import Labelled
from domain.wording import N_


class Channel(Labelled):
    """One record in one queue, whatever the way it came (functions B1 to B6)."""

    PHONE = "phone", N_("Phone call")
    VISIT = "visit", N_("Visit")
    STAFF = "staff", N_("Through a colleague")
    WECHAT = "wechat", N_("WeChat")
    WEB = "web", N_("Web site")
    APP = "app", N_("App")
    EMAIL = "email", N_("E-mail")
    LETTER = "letter", N_("Letter")
    OPINION_CARD = "opinion_card", N_("Opinion card")
    SUGGESTION_BOX = "suggestion_box", N_("Suggestion box")
    SURVEY = "survey", N_("Survey")
    COMMITTEE = "committee", N_("Owners' committee")
    OTHER = "other", N_("Other way")
