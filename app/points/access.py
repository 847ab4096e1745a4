"""Who may read points here: everybody their own."""

from app.core.policy import SIGNED_IN

POLICY = {"points_api.my_points": SIGNED_IN}
