from sqlalchemy.orm import Mapped

from extensions import db
from models.columns import title, uuid_key


class Company(db.Model):
    """The property management company; its sites share categories and colleagues at company level."""

    id: Mapped[uuid_key]
    name: Mapped[title]
    name_en: Mapped[title]
