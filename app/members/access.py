"""Who is signed in, and whether a policy lets them pass."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, g, request
from flask_login import LoginManager, UserMixin, current_user

from app.core import clock
from app.core.db import db
from app.core.errors import NotAllowed, SignInNeeded
from app.core.policy import PUBLIC, SIGNED_IN, Policy, role
from app.members import queries
from app.members.models import Member

POLICY = {
    "members.login": PUBLIC,
    "members.sign_in": PUBLIC,
    "members.sign_out": SIGNED_IN,
    "members_api.me": SIGNED_IN,
    "settings.page": SIGNED_IN,
    "settings.save": SIGNED_IN,
    "settings.password": SIGNED_IN,
    "settings.look": PUBLIC,
    "people.index": role("organiser"),
    "people.new": role("organiser"),
    "people.add": role("organiser"),
    "people_work.page": role("organiser"),
    "people_work.save": role("organiser"),
    "people_import.start": role("organiser"),
    "people_import.upload": role("organiser"),
    "people_import.preview": role("organiser"),
    "people_import.commit": role("organiser"),
    "people_import.template": role("organiser"),
    "person.page": role("organiser"),
    "person.rename": role("organiser"),
    "person.move": role("organiser"),
    "person.set_active": role("organiser"),
    "person.password": role("organiser"),
    "person.grant": role("organiser"),
    "person.revoke": role("organiser"),
}

login_manager = LoginManager()


@dataclass(frozen=True)
class Grant:
    """A role over the subtree under ``path``, the codes from the root down."""

    role: str
    path: str


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """A member with the login they came by and the roles they hold."""

    member: Member
    login_id: str
    grants: tuple[Grant, ...]

    def get_id(self) -> str:
        """Return the login's id: the cookie never names the member."""
        return self.login_id


def init_app(app: Flask) -> None:
    """Load the member of each request from its cookie or bearer token, when first asked for."""
    login_manager.init_app(app)
    login_manager.session_protection = None
    login_manager.user_loader(_by_login)
    login_manager.request_loader(_by_token)


def _by_login(login_id: str) -> SignedIn | None:
    if request.headers.get("Authorization", "").startswith("Bearer "):
        return None
    return _known(queries.login(db.session(), login_id, at=clock.now()), login_id)


def _by_token(_request: object) -> SignedIn | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not token:
        return None
    return _known(queries.token_owner(db.session(), token), "")


def _known(found: queries.Found | None, login_id: str) -> SignedIn | None:
    if found is None:
        return None
    g.locale = found.member.locale
    grants = tuple(Grant(name, path) for name, path in found.grants)
    return SignedIn(found.member, login_id, grants)


def loaded(login_id: str) -> SignedIn:
    """Return who a login just opened belongs to.

    :raises SignInNeeded: if it is not alive.
    """
    who = _by_login(login_id)
    if who is None:
        raise SignInNeeded()
    return who


def signed_in() -> SignedIn | None:
    """Return who is signed in, or None. One statement in the first call of a request."""
    return cast(SignedIn, current_user) if current_user.is_authenticated else None


def current_member() -> Member:
    """Return the member of this request; the policy made sure that there is one.

    :raises SignInNeeded: without a login.
    """
    who = signed_in()
    if who is None:
        raise SignInNeeded()
    return who.member


def has_role(*names: str) -> bool:
    """Tell whether the member holds one of *names* over any subtree."""
    who = signed_in()
    return who is not None and any(grant.role in names for grant in who.grants)


def role_paths(*names: str) -> tuple[str, ...]:
    """Return the path prefixes of the subtrees over which the member holds one of *names*.

    A query shows an object only if its branch's path starts with one of them.
    """
    who = signed_in()
    return tuple(g.path for g in who.grants if g.role in names) if who else ()


def gatekeeper(policy: Policy) -> None:
    """Let the request pass or refuse it.

    :raises SignInNeeded: when a login is missing.
    :raises NotAllowed: when the member holds none of the policy's roles.
    """
    if policy.kind in ("public", "loaded"):
        return
    if signed_in() is None:
        raise SignInNeeded()
    if policy.kind == "role" and not has_role(*policy.roles):
        raise NotAllowed()
