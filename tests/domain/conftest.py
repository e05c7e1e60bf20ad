"""Settings of the property tests."""

from hypothesis import settings

# How long an example may take says more about the machine than about us.
settings.register_profile("yingda", deadline=None)
settings.load_profile("yingda")
