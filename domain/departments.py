"""The codes by which categories, standards and imports know a department, whatever a site calls it."""

from domain.labelled import Labelled
from domain.wording import N_


class DepartmentCode(Labelled):
    """What a department is for."""

    ENGINEERING = "engineering", N_("Engineering")
    SECURITY = "security", N_("Security")
    CLEANING = "cleaning", N_("Cleaning")
    GREENING = "greening", N_("Greening")
    CENTRE = "centre", N_("Customer service centre")
    OTHER = "other", N_("Other")
