"""Every door of the product, and who comes in: the one table the house rule compares with.

The people are the cast of people.py. A door that shows one record is tried with a record of the people's own site and
with the same of another site of the company. The record is a leak that the technician of engineering works on, what
hangs on it, a unit, a resident or a colleague.
"""

from dataclasses import dataclass

CENTRE = "agent director"
SITE = f"{CENTRE} site_director cashier"
COMPANY = "quality company_department leader"
EMPLOYEES = f"{SITE} head technician guard quality company_department"
EVERYBODY = f"{EMPLOYEES} leader administrator"
ADMINISTRATOR = "administrator"
WORKERS = "head technician guard"
NOBODY = ""


@dataclass(frozen=True)
class Door:
    """Who of one's own site comes in, and who when the record is another site's."""

    own: str
    foreign: str | None = None  # None: the door shows no single record


SEEING_THE_LEAK = Door(f"{SITE} head technician {COMPANY}", COMPANY)
ANNOTATORS = Door(f"{SITE} head technician quality company_department", "quality company_department")
SEEING_RESIDENTS = Door(f"{SITE} quality", "quality")
SEEING_PHONES = Door(f"{CENTRE} site_director head quality", "quality")
EDITING_RESIDENTS = Door(CENTRE, NOBODY)
SEEING_FIGURES = Door(f"{CENTRE} site_director head {COMPANY}")
SETTING = Door(ADMINISTRATOR, ADMINISTRATOR)

PUBLIC = (
    "account.language",
    "health.health_of_all",
    "pwa.manifest",
    "pwa.offline",
    "pwa.signed_out",
    "pwa.worker",
    "sign_in.invitation",
    "sign_in.sign_in",
    "sign_in.sign_out",
    "sign_in.start",
    "sync.sign_out",
)

DOORS = {
    "account.me": Door(EVERYBODY),
    "account.password": Door(EVERYBODY),
    "account.sign_out_everywhere": Door(EVERYBODY),
    "administration.building": SETTING,
    "administration.calendar": SETTING,
    "administration.categories": Door(ADMINISTRATOR),
    "administration.category": Door(ADMINISTRATOR),
    "administration.department": SETTING,
    "administration.disable": SETTING,
    "administration.enable": SETTING,
    "administration.import_year": SETTING,
    "administration.invite": SETTING,
    "administration.new_building": SETTING,
    "administration.new_category": Door(ADMINISTRATOR),
    "administration.new_department": Door(ADMINISTRATOR),
    "administration.new_user": Door(ADMINISTRATOR),
    "administration.overview": Door(ADMINISTRATOR),
    "administration.places": Door(ADMINISTRATOR),
    "administration.remove_day": SETTING,
    "administration.resident_list": Door(ADMINISTRATOR),
    "administration.resident_list_template": Door(ADMINISTRATOR),
    "administration.special_day": SETTING,
    "administration.standard": Door(ADMINISTRATOR),
    "administration.standards": Door(ADMINISTRATOR),
    "administration.unlock": SETTING,
    "administration.user": SETTING,
    "administration.users": Door(ADMINISTRATOR),
    "administration.week": SETTING,
    "administration.withdraw_standard": Door(ADMINISTRATOR),
    "attachments.show": SEEING_THE_LEAK,
    "attachments.thumbnail": SEEING_THE_LEAK,
    "desk.filters": Door(f"{SITE} head {COMPANY}"),
    "desk.queue": Door(f"{SITE} head {COMPANY}"),
    "jobs.annotate": ANNOTATORS,
    "notices.bell": Door(EVERYBODY),
    "notices.failed": Door(ADMINISTRATOR),
    "notices.index": Door(EVERYBODY),
    "notices.open_notice": Door("technician", NOBODY),  # the record: a notice to the technician
    "notices.read": Door("technician", NOBODY),
    "notices.read_all": Door(EVERYBODY),
    "notices.remove_robot": SETTING,
    "notices.robots": Door(ADMINISTRATOR),
    "notices.send_again": SETTING,
    "notices.send_all_again": Door(ADMINISTRATOR),
    "notices.settings": Door(EVERYBODY),
    "phone.department": Door(f"{CENTRE} head"),
    "phone.duty": Door(WORKERS),
    "phone.found": Door(EMPLOYEES),
    "phone.hand_over": Door(EMPLOYEES),
    "phone.handed_over": Door("agent", NOBODY),  # who handed the leak over
    "phone.job": SEEING_THE_LEAK,
    "phone.my_jobs": Door(WORKERS),
    "phone.my_reports": Door(EMPLOYEES),
    "phone.outbox": Door(EVERYBODY),
    "pwa.start": Door(EVERYBODY),
    "phones.index": Door(SEEING_PHONES.own),
    "phones.load": Door(SEEING_PHONES.own),
    "phones.photo": SEEING_PHONES,
    "phones.refused": Door(SEEING_PHONES.own),
    "phones.settle": SEEING_PHONES,
    "phones.settled": Door(SEEING_PHONES.own),
    "phones.take_back": SEEING_PHONES,
    "registration.lookup": Door(f"{SITE} quality"),
    "registration.new": Door(EMPLOYEES),
    "residents.directory": Door(f"{SITE} quality"),
    "residents.edit_resident": EDITING_RESIDENTS,
    "residents.edit_unit": EDITING_RESIDENTS,
    "residents.moved_out": EDITING_RESIDENTS,
    "residents.new_resident": Door(CENTRE),
    "residents.resident": SEEING_RESIDENTS,
    "residents.unit": SEEING_RESIDENTS,
    "service_requests.code": SEEING_THE_LEAK,
    "service_requests.next_one": SEEING_THE_LEAK,
    "service_requests.show": SEEING_THE_LEAK,
    "service_requests.slip": SEEING_THE_LEAK,
    "sync.check_in": Door(EVERYBODY),
    "sync.photo": Door(NOBODY),  # but a phone that says whose entry it is: tests/blueprints/test_entries.py
    "sync.rooms": Door(EMPLOYEES),
    "sync.withdrawal": Door(NOBODY),
    "statistics.filters": SEEING_FIGURES,
    "statistics.list_export": SEEING_FIGURES,
    "statistics.overview": SEEING_FIGURES,
    "statistics.rows": SEEING_FIGURES,
    "statistics.table_export": SEEING_FIGURES,
}

OF_THE_CENTRE = Door(CENTRE, NOBODY)

REQUEST_ACTIONS = {
    "accept": OF_THE_CENTRE,
    "dispatch": OF_THE_CENTRE,
    "reply": OF_THE_CENTRE,
    "verify": Door("director site_director quality", "quality"),
    "close": OF_THE_CENTRE,
    "close_without_call": Door("director", NOBODY),
    "reopen": OF_THE_CENTRE,
    "cancel": OF_THE_CENTRE,
    "merge": OF_THE_CENTRE,
    "reclassify": OF_THE_CENTRE,
    "correct": OF_THE_CENTRE,
    "chase": Door(f"{CENTRE} site_director quality", "quality"),
    "escalate": Door(f"{CENTRE} site_director head quality", "quality"),
    "promise": OF_THE_CENTRE,
    "annotate": ANNOTATORS,
    "call_not_answered": OF_THE_CENTRE,
}

OF_WORKERS = Door("head technician", NOBODY)

JOB_ACTIONS = {
    "assign": Door(f"{CENTRE} head", NOBODY),
    "take": OF_WORKERS,
    "acknowledge": OF_WORKERS,
    "arrive": OF_WORKERS,
    "hold": OF_WORKERS,
    "resume": OF_WORKERS,
    "complete": OF_WORKERS,
    "transfer": OF_WORKERS,
    "return": OF_WORKERS,
    "reschedule": Door(f"{CENTRE} head technician", NOBODY),
    "cancel_job": OF_THE_CENTRE,
}
