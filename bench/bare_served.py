"""The bare application as a server loads it; the environment names its database."""

import os

from bench.bare import create

app = create(os.environ["MINGDENG_DATABASE_URL"].replace("bench.db", "bare.db"))
