"""Uploaded pictures and videos: known by content, stored under random names, sent inert."""

import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from flask import Response, current_app, send_file
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from app.core.errors import Invalid, NotFound
from app.core.lazily import Lazily

if TYPE_CHECKING:
    import PIL
    from PIL import Image, ImageOps
else:
    PIL, Image, ImageOps = Lazily("PIL"), Lazily("PIL.Image"), Lazily("PIL.ImageOps")

#: Longest side of a picture in pixels; larger ones are refused before they are decoded.
MOST_PIXELS = 6000
#: Longest side as stored: a phone needs no more.
STORED_PIXELS = 1600
MOST_PICTURE_BYTES = 8 * 1024 * 1024
MOST_VIDEO_BYTES = 300 * 1024 * 1024
CHUNK = 1024 * 1024

NAME = re.compile(r"[0-9a-f]{32}\.(webp|mp4)")


def folder() -> Path:
    """Return the folder of uploaded files, made on first use."""
    path = Path(current_app.config["INSTANCE"]) / "media"
    path.mkdir(exist_ok=True)
    return path


@dataclass(frozen=True)
class Stored:
    """An uploaded file as a lesson names it."""

    address: str
    is_video: bool

    @property
    def line(self) -> str:
        """Return what goes into the lesson's text; empty for a video, which has its own field."""
        return "" if self.is_video else f"![{_('图片说明')}]({self.address})"


def store(file: FileStorage | None) -> Stored:
    """Store an uploaded picture or video.

    :raises Invalid: naming the field ``file``, for none and for what cannot be shown.
    """
    if file is None or not file.filename:
        raise Invalid({"file": _("请选择一个图片或视频文件。")})
    is_video = file.mimetype.startswith("video/") or file.filename.lower().endswith(".mp4")
    try:
        address = (store_video if is_video else store_picture)(file.stream)
    except Invalid as wrong:
        raise Invalid({"file": " ".join(map(str, wrong.fields.values()))}) from wrong
    return Stored(address, is_video)


def store_picture(file: IO[bytes]) -> str:
    """Store a picture re-encoded, turned upright and without metadata; return its address.

    :raises Invalid: for anything but a PNG, JPEG or WebP picture of reasonable size.
    """
    file.seek(0, 2)
    if file.tell() > MOST_PICTURE_BYTES:
        raise Invalid({"picture": _l("图片最大 8 MB。")})
    file.seek(0)
    try:
        with Image.open(file, formats=["PNG", "JPEG", "WEBP"]) as opened:
            if max(opened.size) > MOST_PIXELS:
                raise Invalid({"picture": _l("图片像素过大，最长边上限 6000。")})
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (PIL.UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as wrong:
        raise Invalid({"picture": _l("这不是有效的 PNG、JPEG 或 WebP 图片。")}) from wrong
    picture.thumbnail((STORED_PIXELS, STORED_PIXELS))
    name = f"{secrets.token_hex(16)}.webp"
    picture.save(folder() / name, "WEBP", quality=82)
    return f"/media/{name}"


def store_video(file: IO[bytes]) -> str:
    """Store an MP4 video; return its address.

    :raises Invalid: for a file that is no MP4 by its content, or too large.
    """
    head = file.read(12)
    if len(head) < 12 or head[4:8] != b"ftyp":
        raise Invalid({"video": _l("这不是 MP4 视频。请转成 MP4（H.264）后再上传。")})
    name = f"{secrets.token_hex(16)}.mp4"
    path, size = folder() / name, len(head)
    with path.open("wb") as target:
        target.write(head)
        while chunk := file.read(CHUNK):
            size += len(chunk)
            if size > MOST_VIDEO_BYTES:
                break
            target.write(chunk)
    if size > MOST_VIDEO_BYTES:
        path.unlink()
        raise Invalid({"video": _l("视频最大 300 MB。")})
    return f"/media/{name}"


def send(name: str) -> Response:
    """Send a stored file, in ranges where asked.

    :raises NotFound: for a name that we did not give.
    """
    path = folder() / name
    if not NAME.fullmatch(name) or not path.is_file():
        raise NotFound()
    response = send_file(path, conditional=True, max_age=86_400)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response
