"""New passwords: long enough, and not what a guesser tries first."""

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.core.errors import Invalid
from app.core.lazily import Lazily
from app.members import passwords
from app.members.models import Member

if TYPE_CHECKING:
    import zxcvbn
else:
    zxcvbn = Lazily("zxcvbn")

SHORTEST, LONGEST = 8, 128
#: zxcvbn's scale is 0 to 4; 2 is "somewhat guessable".
LOWEST_SCORE = 2
#: Pinyin classics that an English estimator takes for strong.
CLASSICS = ("woaini", "woaizuguo", "dangyuan", "mima", "qwer", "mingdeng", "xuexi", "zhongguo")


def problem(password: str, no: str, name: str) -> Any:
    """Return why *password* will not do for that person, as a sentence; empty if it will."""
    if not SHORTEST <= len(password) <= LONGEST:
        return _l("密码要有 8 到 128 个字符。")
    lowered = password.lower()
    rest = lowered
    for word in (*CLASSICS, no.lower(), name.lower()):
        rest = rest.replace(word, "")
    if len(rest) < SHORTEST - 3:
        return _l("密码里有太容易猜到的词，请换一个。")
    guessed = zxcvbn.zxcvbn(password[:72], user_inputs=[no, name, "mingdeng", "明灯"])
    return "" if guessed["score"] >= LOWEST_SCORE else _l("这个密码太容易猜到，请换一个。")


def check_first(password: str, no: str, name: str) -> None:
    """Refuse a password that an organiser chooses for somebody if it is weak.

    :raises Invalid: naming ``password``.
    """
    weak = problem(password, no, name)
    if weak:
        raise Invalid({"password": weak})


def check_change(member: Member, old: str, new: str, again: str) -> None:
    """Refuse a change of password that is not right.

    :raises Invalid: naming every field that is wrong.
    """
    fields: dict[str, Any] = {}
    if not passwords.matches(member.password_hash, old):
        fields["old"] = _l("现在的密码不对。")
    weak = problem(new, member.no, member.name)
    if weak:
        fields["new"] = weak
    if new != again:
        fields["again"] = _l("两次填写的新密码不一样。")
    if fields:
        raise Invalid(fields)
