"""What each role is called and what it opens today, as organisers read it."""

from typing import Any

from flask_babel import lazy_gettext as _l

NAMES: dict[str, Any] = {
    "secretary": _l("支部书记"),
    "author": _l("出题人"),
    "judge": _l("评委"),
    "organiser": _l("组织者"),
    "auditor": _l("审计员"),
}

#: Beside what every member sees.
OPENS: dict[str, Any] = {
    "secretary": _l("看本支部及下级谁参加了、谁还没有参加。"),
    "author": _l("导入和修改题库，编写课程。"),
    "judge": _l("现在看到的和普通成员一样；评分功能随竞赛以后开放。"),
    "organiser": _l("管理人员、支部、题库、课程、答题、竞赛和大屏，也能授予角色。"),
    "auditor": _l("现在看到的和普通成员一样；核对功能以后开放。"),
}
