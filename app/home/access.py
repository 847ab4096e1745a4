"""Who may see the pages about me: everybody their own."""

from app.core.policy import SIGNED_IN

POLICY = {"home.today": SIGNED_IN, "home.me": SIGNED_IN, "home.export": SIGNED_IN}
