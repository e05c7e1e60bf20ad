"""What a unit is used for, and what ties a resident to it."""

from domain.labelled import Labelled
from domain.wording import N_


class UnitUse(Labelled):
    """What a unit is used for."""

    FLAT = "flat", N_("Flat")
    OFFICE = "office", N_("Office")
    SHOP = "shop", N_("Shop")
    WORKSHOP = "workshop", N_("Workshop")


class TenureKind(Labelled):
    """What ties a resident to a unit."""

    OWNER = "owner", N_("Owner")
    TENANT = "tenant", N_("Tenant")
    FAMILY = "family", N_("Family")
    STAFF = "staff", N_("Staff of the company")
