"""Bringing in what other systems recorded. formats.py lists the formats: one module each, like boston311.py.

What statistics see of an imported case: it was received when it was opened, its completion clock was due at the
deadline given (none: it has no deadline and is neither in time nor late), it was met or missed when the case was
closed, and while it is open the clock still runs. Duplicates keep their verdict: they were completed, then merged.
"""
