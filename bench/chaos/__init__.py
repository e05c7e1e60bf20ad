"""Phones under random faults: what happens (plan), to whom (estate, handset), what must be true after it (proof)."""
