from blueprints.phone import department, hand_over, my_jobs, my_reports, outbox, words
from blueprints.phone.blueprint import bp

__all__ = ["bp", "department", "hand_over", "my_jobs", "my_reports", "outbox", "words"]
