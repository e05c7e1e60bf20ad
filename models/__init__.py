"""What is stored: one noun per file."""

from models.administration_entry import AdministrationEntry
from models.attachment import Attachment, Stage
from models.building import Building
from models.calendar import SpecialDay, WorkingWeek
from models.category import Category
from models.clock_reading import ClockReading
from models.company import Company
from models.daily_figure import DailyFigure, FigureDay
from models.department import Department
from models.event import Event
from models.follow_up import FollowUp
from models.job import Job
from models.notice import Notice, NoticeChannel, NoticeState
from models.notice_target import NoticeTarget
from models.phone import Phone
from models.receipt import IS_SETTLED, IS_UNSETTLED, EntryVerdict, Receipt
from models.reference_counter import ReferenceCounter
from models.resident import Resident, ResidentPhone, Tenure, TenureKind
from models.search_text import SearchText
from models.service_request import IS_OPEN, WAITS_FOR_CALL, ServiceRequest
from models.service_standard import ServiceStandard
from models.site import PropertyType, Site
from models.unit import Unit, UnitUse
from models.user import Qualification, User, UserRole

__all__ = [
    "IS_OPEN",
    "IS_SETTLED",
    "WAITS_FOR_CALL",
    "IS_UNSETTLED",
    "AdministrationEntry",
    "Attachment",
    "Building",
    "Category",
    "ClockReading",
    "Company",
    "DailyFigure",
    "Department",
    "EntryVerdict",
    "Event",
    "FigureDay",
    "FollowUp",
    "Job",
    "Notice",
    "NoticeChannel",
    "NoticeState",
    "NoticeTarget",
    "Phone",
    "PropertyType",
    "Qualification",
    "Receipt",
    "ReferenceCounter",
    "Resident",
    "ResidentPhone",
    "SearchText",
    "ServiceRequest",
    "ServiceStandard",
    "Site",
    "SpecialDay",
    "Stage",
    "Tenure",
    "TenureKind",
    "Unit",
    "UnitUse",
    "User",
    "UserRole",
    "WorkingWeek",
]
