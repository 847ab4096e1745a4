"""The author's form of a lesson."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.core.errors import Invalid
from app.core.numbers import whole
from app.lessons.media import Stored
from app.lessons.models import Lesson

#: Longest text of a lesson, in characters.
MOST_TEXT = 50_000
#: Most check questions of one lesson.
MOST_CHECKS = 30


@dataclass(frozen=True)
class LessonForm:
    """What the author typed, as text; ``checks`` are ids of question versions, in order."""

    title: str = ""
    summary: str = ""
    body: str = ""
    video: str = ""
    minutes: str = "5"
    source: str = ""
    checks: tuple[str, ...] = ()
    checks_right: str = "0"
    seconds: str = "30"
    read: str = "1"
    published: str = ""
    #: What is looked for among the questions, and the id of the only bank to look in.
    find: str = ""
    bank: str = ""

    @classmethod
    def parse(cls, given: MultiDict[str, str]) -> "LessonForm":
        """Return the form as sent; nothing typed is lost."""
        names = [name for name in cls.__dataclass_fields__ if name != "checks"]
        typed = {name: given.get(name, "").replace("\r\n", "\n") for name in names}
        checks = (one for one in given.getlist("check") if whole(one) is not None)
        return cls(**typed, checks=tuple(dict.fromkeys(checks))[:MOST_CHECKS])

    @classmethod
    def of(cls, lesson: Lesson) -> "LessonForm":
        """Return the form of a stored lesson."""
        rule = lesson.completion
        return cls(
            lesson.title,
            lesson.summary,
            lesson.body,
            lesson.video,
            str(lesson.minutes),
            lesson.source,
            tuple(map(str, lesson.check_versions)),
            str(rule.get("checks_right", 0)),
            str(rule.get("seconds", 0)),
            "1" if rule.get("read") else "",
            "1" if lesson.published else "",
        )

    def with_file(self, stored: Stored) -> "LessonForm":
        """Return the form with an uploaded file: a picture ends the text, a video has its field."""
        if stored.is_video:
            return replace(self, video=stored.address)
        body = self.body.rstrip("\n")
        return replace(self, body=f"{body}\n\n{stored.line}\n".lstrip("\n"))

    def with_checks(self, add: str, drop: str) -> "LessonForm":
        """Return the form with one check more, or less."""
        checks = [one for one in self.checks if one != drop]
        if whole(add) is not None and add not in checks and len(checks) < MOST_CHECKS:
            checks.append(add)
        return replace(self, checks=tuple(checks))

    def values(self, versions: Mapping[str, int]) -> dict[str, Any]:
        """Return the columns of the lesson; *versions* maps a check to the version that is asked.

        :raises Invalid: naming every field that is wrong.
        """
        fields = self._problems(versions)
        if fields:
            raise Invalid(fields)
        return {
            "title": self.title.strip(),
            "summary": self.summary.strip(),
            "body": self.body,
            "video": self.video.strip(),
            "minutes": int(self.minutes),
            "source": self.source.strip(),
            "check_versions": list(dict.fromkeys(versions[one] for one in self.checks)),
            "completion": {
                "read": bool(self.read),
                "checks_right": int(self.checks_right),
                "seconds": int(self.seconds),
            },
            "published": bool(self.published),
        }

    def _problems(self, versions: Mapping[str, int]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        if not 0 < len(self.title.strip()) <= 120:
            fields["title"] = _("请填写名称，最多 120 字。")
        if len(self.summary) > 400:
            fields["summary"] = _("简介最多 400 字。")
        if not 0 < len(self.body) <= MOST_TEXT:
            fields["body"] = _("请填写正文，最多 50000 字。")
        if self.video.strip() and not re.fullmatch(r"/(media|static)/[\w./-]+", self.video.strip()):
            fields["video"] = _("视频请用上传后得到的地址。")
        for name, low, high in (("minutes", 1, 120), ("seconds", 0, 7200)):
            number = whole(getattr(self, name))
            if number is None or not low <= number <= high:
                fields[name] = _("请填写 %(low)s 到 %(high)s 之间的整数。", low=low, high=high)
        if any(one not in versions for one in self.checks):
            fields["find"] = _(
                "有一道检查题已经停用，或者不在你的题库里。已经去掉，请核对后再保存。"
            )
        if whole(self.checks_right, len(self.checks)) is None:
            fields["checks_right"] = _("至少答对的题数不能超过检查题的题数。")
        return fields


def differences(typed: LessonForm, stored: LessonForm) -> list[tuple[str, str]]:
    """Return what is stored otherwise than typed: (field's label, stored text), in form order."""
    yes = {"": _("否"), "1": _("是")}
    shown = {
        "title": (_("名称"), stored.title),
        "summary": (_("简介"), stored.summary),
        "body": (_("课文"), stored.body),
        "video": (_("视频地址"), stored.video),
        "minutes": (_("大约几分钟"), stored.minutes),
        "source": (_("依据"), stored.source),
        "checks": (_("检查题"), _("%(n)s 题", n=len(stored.checks))),
        "checks_right": (_("至少答对几题才算学完"), stored.checks_right),
        "seconds": (_("至少学多少秒"), stored.seconds),
        "read": (_("要读到最后"), yes[stored.read]),
        "published": (_("发布，成员可以看到"), yes[stored.published]),
    }
    return [
        (label, text or _("（空）"))
        for name, (label, text) in shown.items()
        if getattr(typed, name) != getattr(stored, name)
    ]
