"""Who may call an endpoint: every endpoint declares one policy, or the product does not start."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask


@dataclass(frozen=True)
class Policy:
    """Who passes: ``kind`` is public, signed_in, role or loaded; any one of ``roles`` is enough."""

    kind: str
    roles: tuple[str, ...] = ()


#: Anyone, signed in or not.
PUBLIC = Policy("public")
#: Any active member.
SIGNED_IN = Policy("signed_in")
#: The view's own loading statement checks the login, e.g. to save an answer in one statement.
LOADED = Policy("loaded")


def role(*names: str) -> Policy:
    """Return the policy of those who hold one of the roles *names* somewhere.

    The branch subtree that a role covers is checked by loading.
    """
    return Policy("role", names)


class UndeclaredEndpoint(RuntimeError):
    """An endpoint has no policy, or a policy names no endpoint."""


def check_table(app: Flask, table: Mapping[str, Policy]) -> None:
    """Refuse to start unless *table* covers exactly the endpoints of *app*.

    :raises UndeclaredEndpoint: naming what is missing or left over.
    """
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    missing = sorted(endpoints - set(table))
    unknown = sorted(set(table) - endpoints)
    if missing or unknown:
        raise UndeclaredEndpoint(f"no policy for {missing}; policies without endpoint: {unknown}")
