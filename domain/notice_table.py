"""Who is told of what: event × recipient, written once. `flask notice-table` writes docs/notices.md from it.

When one change concerns a person in several ways, the row that comes first here is the one they are told by.
"""

from dataclasses import dataclass

from domain.alarms import Step
from domain.labelled import Labelled
from domain.lifecycle import RequestStatus
from domain.permissions import Role
from domain.wording import N_


class Recipient(Labelled):
    """A place somebody has towards an event. Whoever did it is never told of it."""

    HOLDER = "holder", N_("whoever holds the job")
    HOLDERS = "holders", N_("whoever holds an open job of the request")
    FORMER_HOLDER = "former_holder", N_("whoever held the job before")
    LAST_HOLDERS = "last_holders", N_("whoever did the jobs last")
    HEAD = "head", N_("the head of the job's department")
    HEADS = "heads", N_("the heads of the departments with an open job")
    DISPATCHER = "dispatcher", N_("whoever dispatched the job")
    REPORTER = "reporter", N_("the colleague who handed it over")
    AUTHOR = "author", N_("whoever promised it, or made the call")
    CENTRE = "centre", N_("agents and customer director on duty")
    DIRECTOR = "director", N_("the customer director")
    SITE_DIRECTOR = "site_director", N_("the site director")
    QUALITY = "quality", N_("the quality department")


R = Recipient
# When there is nobody in such a place, somebody else is told, so that nothing is said to an empty room.
STANDS_IN = {
    R.HOLDER: R.HEAD,
    R.HOLDERS: R.HEADS,
    R.HEAD: R.CENTRE,
    R.HEADS: R.CENTRE,
    R.DISPATCHER: R.CENTRE,
    R.AUTHOR: R.CENTRE,
    R.CENTRE: R.SITE_DIRECTOR,
    R.DIRECTOR: R.SITE_DIRECTOR,
    R.SITE_DIRECTOR: R.QUALITY,
}
# Told although the record is no longer theirs to see: the notice says what happened and opens nothing.
BEYOND_REACH = frozenset({R.FORMER_HOLDER})
# Not told any more once the request has moved on.
MOOT_UNLESS = {"register": RequestStatus.REGISTERED, "accept": RequestStatus.ACCEPTED}
LADDER = (Role.DIRECTOR, Role.SITE_DIRECTOR, Role.QUALITY)  # who hears of an escalation, step by step


@dataclass(frozen=True)
class Row:
    """One reason to tell somebody something.

    when    one of the words `situation()` finds for the event; empty: always
    words   the notice itself, an English source string
    why     why this person is told, for the docs and for whoever changes the table
    loud    also by e-mail and webhook; else only in the product
    """

    action: str
    when: str
    to: Recipient
    words: str
    why: str
    loud: bool = True

    @property
    def name(self) -> str:
        """What a notice remembers as its reason."""
        return ".".join(part for part in (self.action, self.when, self.to.value) if part)


def quiet(action: str, when: str, to: Recipient, words: str, why: str) -> Row:
    return Row(action, when, to, words, why, loud=False)


_NEAR_YOU = N_("A deadline is near")
_NEAR_CENTRE = N_("A deadline of the centre is near")
_PASSED = N_("A deadline has passed")

ROWS = (
    Row("register", "urgent", R.CENTRE, N_("Urgent: a new request to accept"), N_("Minutes count.")),
    quiet("register", "", R.CENTRE, N_("A new request to accept"), N_("The centre accepts every request.")),
    quiet("accept", "", R.REPORTER, N_("Your report was accepted"), N_("Whoever hands over hears what comes of it.")),
    Row("dispatch", "to person", R.HOLDER, N_("A new job for you"), N_("The order goes to this person.")),
    quiet("dispatch", "to person", R.HEAD, N_("A job went directly to one of yours"), N_("A head is not bypassed.")),
    Row("dispatch", "", R.HEAD, N_("A new job for your department"), N_("The head assigns it.")),
    quiet("dispatch", "", R.REPORTER, N_("Your report was dispatched"), N_("Whoever hands over hears it.")),
    Row("assign", "", R.HOLDER, N_("A job was assigned to you"), N_("It is in this person's hands now.")),
    Row("assign", "", R.FORMER_HOLDER, N_("A job of yours went to somebody else"), N_("Nobody works for nothing.")),
    quiet("assign", "", R.HEAD, N_("A job of your department was assigned"), N_("A head is not bypassed.")),
    Row("transfer", "", R.HOLDER, N_("A colleague handed you a job"), N_("It is in this person's hands now.")),
    quiet("transfer", "", R.HEAD, N_("A job of your department changed hands"), N_("A head is not bypassed.")),
    Row("reschedule", "", R.HOLDER, N_("An appointment of yours was made or moved"), N_("They have to be there.")),
    quiet("reschedule", "", R.HEAD, N_("An appointment was made or moved"), N_("They plan the day.")),
    quiet("reschedule", "", R.DISPATCHER, N_("An appointment was made or moved"), N_("The resident may ask.")),
    quiet("take", "", R.HEAD, N_("A job of your department was taken"), N_("The head need not assign it any more.")),
    Row("return", "", R.DISPATCHER, N_("A job came back"), N_("The centre decides who does it instead.")),
    quiet("return", "", R.HEAD, N_("A job of your department was returned"), N_("A head is not bypassed.")),
    Row("send_back", "", R.CENTRE, N_("Every job came back: dispatch again"), N_("Nobody is working on it.")),
    quiet("hold", "", R.DISPATCHER, N_("A job is on hold"), N_("The resident may have to be told.")),
    Row("resume", "", R.HOLDER, N_("A job goes on today"), N_("It resumed by itself on the day it was held until.")),
    quiet("conclude", "", R.REPORTER, N_("Your report has been dealt with"), N_("Whoever hands over hears it.")),
    quiet("conclude", "", R.DISPATCHER, N_("All jobs are done: call the resident"), N_("The centre calls back.")),
    quiet("complete", "", R.DISPATCHER, N_("A job is done"), N_("Other jobs of the request may wait for it.")),
    Row("cancel_job", "", R.HOLDER, N_("A job of yours was called off"), N_("Nobody works for nothing.")),
    quiet("reply", "", R.REPORTER, N_("Your report was answered"), N_("Whoever hands over hears it.")),
    quiet("close", "", R.REPORTER, N_("Your report is closed"), N_("Whoever hands over hears it.")),
    quiet("close_without_call", "", R.REPORTER, N_("Your report is closed"), N_("Whoever hands over hears it.")),
    Row("cancel", "", R.REPORTER, N_("Your report was cancelled"), N_("The owner may ask them about it.")),
    quiet("merge", "", R.REPORTER, N_("Your report joined another one"), N_("Its answers come from there.")),
    Row("reopen", "", R.LAST_HOLDERS, N_("Not solved: a job of yours is reopened"), N_("They know what was done.")),
    Row("reopen", "", R.DIRECTOR, N_("A request was reopened"), N_('"Closed but not fixed" must reach somebody.')),
    Row("reopen", "again", R.SITE_DIRECTOR, N_("Reopened for the second time"), N_("Twice is no accident.")),
    Row("chase", "", R.HOLDERS, N_("The resident is asking: please hurry"), N_("They can hurry.")),
    Row("chase", "", R.HEADS, N_("A job of your department is being chased"), N_("They can help.")),
    Row("escalate", "to director", R.DIRECTOR, N_("A request was escalated to you"), N_("The first step up.")),
    Row("escalate", "to site_director", R.SITE_DIRECTOR, N_("A request was escalated to you"), N_("The second step.")),
    Row("escalate", "to quality", R.QUALITY, N_("A request was escalated to you"), N_("The last step: the company.")),
    quiet("call_again", "", R.AUTHOR, N_("Call the resident again"), N_("They said when they would try again.")),
    quiet("reclassify", "", R.HOLDERS, N_("The deadlines have changed"), N_("They plan their day by them.")),
    quiet("correct", "", R.HOLDERS, N_("A request was corrected"), N_("Place or telephone may have changed.")),
    quiet("promise", "", R.HOLDERS, N_("The resident was promised something"), N_("They have to keep it.")),
    quiet("annotate", "", R.HOLDERS, N_("A new note on a job"), N_("It may change the work.")),
    quiet("annotate", "", R.DISPATCHER, N_("A new note"), N_("The centre answers for the request.")),
    Row("breach", "promise", R.AUTHOR, N_("A promise was not kept"), N_("They gave it.")),
    Row("breach", "promise", R.DIRECTOR, N_("A promise was not kept"), N_("Answers for what residents are told.")),
    Row("warn", "promise", R.AUTHOR, N_("A promise is nearly due"), N_("They gave it.")),
    Row("warn", "promise", R.DIRECTOR, N_("A promise is nearly due"), N_("Answers for what residents are told.")),
    Row("warn", "at work", R.HOLDERS, _NEAR_YOU, N_("They can still be in time.")),
    Row("warn", "at work", R.HEADS, N_("A deadline of your department is near"), N_("They can send somebody else.")),
    Row("warn", "at the centre", R.CENTRE, _NEAR_CENTRE, N_("Accepting, dispatching and calling are theirs.")),
    Row("breach", Step.PASSED, R.DIRECTOR, _PASSED, N_("Answers for the clocks.")),
    Row("breach", "at work", R.HOLDERS, _PASSED, N_("The resident is waiting for them.")),
    Row("breach", "at work", R.HEADS, _PASSED, N_("They can send somebody else.")),
    Row("breach", "at the centre", R.CENTRE, _PASSED, N_("The resident is waiting for them.")),
    Row("breach", Step.HALF_AGAIN, R.SITE_DIRECTOR, N_("Late by half the time allowed"), N_("The ladder: one up.")),
    Row("breach", Step.TWICE, R.QUALITY, N_("Late by all the time allowed"), N_("Emergencies and serious complaints.")),
)

BY_NAME = {row.name: row for row in ROWS}


def rows_for(action: str, situation: frozenset[str]) -> list[tuple[int, Row]]:
    """The rows that hold for an event, each with its place in the table: the first one speaks."""
    return [
        (place, row)
        for place, row in enumerate(ROWS)
        if row.action == action and (not row.when or row.when in situation)
    ]
