"""Refusals: one class each, with a status, a stable word and a sentence for the reader."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l


class DomainError(Exception):
    """Something the product refuses; ``str()`` is fit for the person who asked.

    ``extra`` holds facts for the JSON interface, such as ``{"need": [3, 9]}``.
    """

    status = 409
    error = "refused"
    title: Any = _l("现在不能这样做")
    detail: Any = _l("请求没有被接受，已保存的内容没有变化。")

    def __init__(self, detail: Any = None, **extra: Any) -> None:
        super().__init__(detail)
        if detail is not None:
            self.detail = detail
        self.extra = extra

    def __str__(self) -> str:
        """Return the sentence for the reader."""
        return str(self.detail)


class NotFound(DomainError):
    """There is no such thing, or it is not this person's to see; the two look alike."""

    status = 404
    error = "not_found"
    title = _l("没有找到")
    detail = _l("这个地址没有内容，或者不对你开放。")


class SignInNeeded(DomainError):
    """The page needs a login."""

    status = 401
    error = "sign_in"
    title = _l("请先登录")
    detail = _l("登录已结束或还没有登录。登录后会回到这里。")


class NotAllowed(DomainError):
    """The person's roles do not cover this place."""

    status = 403
    error = "not_allowed"
    title = _l("没有权限")
    detail = _l("你的角色不能使用这个功能。需要时请联系组织者。")


class Invalid(DomainError):
    """A form or message has mistakes; ``fields`` maps each field to its sentence."""

    status = 422
    error = "invalid"
    title = _l("请检查填写的内容")
    detail = _l("有些内容需要改正，已填写的内容都还在。")

    def __init__(self, fields: Mapping[str, Any] | None = None, detail: Any = None) -> None:
        super().__init__(detail)
        self.fields = dict(fields or {})
        if self.fields:
            self.extra = {"fields": {k: str(v) for k, v in self.fields.items()}}


class CrossSite(DomainError):
    """A write that does not come from one of our own pages."""

    status = 400
    error = "csrf"
    title = _l("页面已过期")
    detail = _l("为了安全没有执行。请刷新页面后再试一次，已保存的内容没有变化。")


class TooLarge(DomainError):
    """The request is larger than the place it was sent to accepts."""

    status = 413
    error = "too_large"
    title = _l("内容太大")
    detail = _l("发送的内容超过了上限，没有保存任何部分。")


class TooMany(DomainError):
    """Too many tries in a short time."""

    status = 429
    error = "too_many"
    title = _l("请稍等")
    detail = _l("短时间内尝试次数太多，请一分钟后再试。")


class Unavailable(DomainError):
    """The database cannot write or be reached just now; nothing acknowledged is lost."""

    status = 503
    error = "unavailable"
    title = _l("暂时无法保存")
    detail = _l("服务器空间不足或正在恢复。答案仍在手机上，稍后会自动重试。")
    retry_after = 5
