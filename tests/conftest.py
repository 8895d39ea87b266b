"""What holds for all tests."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # machines are noisy: no example is timed
settings.load_profile("untimed")
