"""The lease of an attempt: one device at a time writes, the newest."""

from flask_babel import lazy_gettext as _l

from app.core.errors import DomainError


class Moved(DomainError):
    """A newer device continues this attempt; this one is read-only."""

    error = "moved"
    title = _l("已在另一台设备继续")
    detail = _l("这次作答已在另一台设备上继续。已保存的答案都在；要回到这台设备，请重新进入。")
