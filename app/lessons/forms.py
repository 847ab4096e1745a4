"""The author's form of a lesson."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.core.errors import Invalid
from app.lessons.models import Lesson

#: Longest text of a lesson, in characters.
MOST_TEXT = 50_000


@dataclass(frozen=True)
class LessonForm:
    """What the author typed, as text; ``checks`` has one stem a line."""

    title: str = ""
    summary: str = ""
    body: str = ""
    video: str = ""
    minutes: str = "5"
    source: str = ""
    checks: str = ""
    checks_right: str = "0"
    seconds: str = "30"
    read: str = "1"
    published: str = ""

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> "LessonForm":
        """Return the form as sent; nothing typed is lost."""
        names = cls.__dataclass_fields__
        return cls(**{name: given.get(name, "").replace("\r\n", "\n") for name in names})

    @classmethod
    def of(cls, lesson: Lesson, stems: list[str]) -> "LessonForm":
        """Return the form of a stored lesson."""
        rule = lesson.completion
        return cls(
            lesson.title,
            lesson.summary,
            lesson.body,
            lesson.video,
            str(lesson.minutes),
            lesson.source,
            "\n".join(stems),
            str(rule.get("checks_right", 0)),
            str(rule.get("seconds", 0)),
            "1" if rule.get("read") else "",
            "1" if lesson.published else "",
        )

    def values(self, versions: Mapping[str, int]) -> dict[str, Any]:
        """Return the columns of the lesson; *versions* maps a stem to its newest version.

        :raises Invalid: naming every field that is wrong.
        """
        stems = [line.strip() for line in self.checks.splitlines() if line.strip()]
        fields = self._problems(stems, versions)
        if fields:
            raise Invalid(fields)
        return {
            "title": self.title.strip(),
            "summary": self.summary.strip(),
            "body": self.body,
            "video": self.video.strip(),
            "minutes": int(self.minutes),
            "source": self.source.strip(),
            "check_versions": [versions[stem] for stem in stems],
            "completion": {
                "read": bool(self.read),
                "checks_right": int(self.checks_right),
                "seconds": int(self.seconds),
            },
            "published": bool(self.published),
        }

    def _problems(self, stems: list[str], versions: Mapping[str, int]) -> dict[str, Any]:
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
            text = getattr(self, name)
            if not text.isdecimal() or not low <= int(text) <= high:
                fields[name] = _("请填写 %(low)s 到 %(high)s 之间的整数。", low=low, high=high)
        unknown = [stem for stem in stems if stem not in versions]
        if unknown:
            fields["checks"] = _("题库里没有这道已发布的题：%(stem)s", stem=unknown[0][:60])
        if not self.checks_right.isdecimal() or int(self.checks_right) > len(stems):
            fields["checks_right"] = _("至少答对的题数不能超过检查题的题数。")
        return fields
