"""Who may call the secretary's and the organiser's pages."""

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.core.errors import NotAllowed
from app.core.policy import role
from app.members.access import role_paths
from app.organisation import queries as organisation

ORGANISER = role("organiser")

POLICY = {
    "admin.branch": role("secretary", "organiser"),
    "admin.branch_one": role("secretary", "organiser"),
    "admin.organise": ORGANISER,
    "organise_branches.index": ORGANISER,
    "organise_branches.add": ORGANISER,
    "organise_branches.page": ORGANISER,
    "organise_branches.change": ORGANISER,
    "organise_branches.move": ORGANISER,
    "organise_branches.delete": ORGANISER,
    "organise_work.posts": ORGANISER,
    "organise_work.add_post": ORGANISER,
    "organise_work.post": ORGANISER,
    "organise_work.change_post": ORGANISER,
    "organise_work.shifts": ORGANISER,
    "organise_work.add_shift": ORGANISER,
    "organise_work.shift": ORGANISER,
    "organise_work.change_shift": ORGANISER,
    "organise_rotas.index": ORGANISER,
    "organise_rotas.new": ORGANISER,
    "organise_rotas.create": ORGANISER,
    "organise_rotas.pattern": ORGANISER,
    "organise_rotas.page": ORGANISER,
    "organise_rotas.change": ORGANISER,
    "organise_rotas.give": ORGANISER,
}


def organises_all(session: Session) -> bool:
    """Tell whether the organiser's role covers the root: everybody shares posts and shifts."""
    root = organisation.root(session)
    return root is not None and root.path in role_paths("organiser")


def need_all(session: Session) -> None:
    """Refuse an organiser of a part what concerns everybody.

    :raises NotAllowed: when the role does not cover the root.
    """
    if not organises_all(session):
        raise NotAllowed(_l("岗位、班次和轮班人人共用，由管整个组织的组织者修改。"))
