"""Pictures that strangers made, decoded and drawn anew: small, plain, without what their files say beside them.

Run in a process of its own; nothing else decodes them.
"""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from analytics.errors import FileError
from analytics.imports.articles.article import file_bytes
from analytics.imports.articles.fetch import PICTURE_TYPES, fetch
from analytics.language.said import spoken

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_MOST_PIXELS = 50_000_000
"""A camera's picture has half of that; decoded it takes 150 MB."""
_LEAST_WIDTH = 200
"""What is narrower is a logo or a mark of who reads."""
_WIDEST = 960
_QUALITY = 82


def picture_of_address(url: str, hosts: list[str]) -> str:
    """Returns the picture of an address, drawn anew, as text."""
    return _drawn_anew(fetch(url, tuple(hosts), PICTURE_TYPES).content, url)


def picture_of_file(path: str) -> str:
    """Returns the picture of a file, drawn anew, as text."""
    return _drawn_anew(file_bytes(Path(path)), Path(path).name)


def _drawn_anew(content: bytes, file: str) -> str:
    """Returns a picture as a JPEG of at most 960 pixels' width, upright, on white, with nothing said beside it."""
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as found:
            width, height = found.size
            if width * height > _MOST_PIXELS:
                raise FileError(
                    spoken(
                        "{file}: found a picture of {width} by {height} pixels, expected at most {most} in all",
                        file=file, width=width, height=height, most=_MOST_PIXELS,
                    )
                )  # fmt: skip
            if width < _LEAST_WIDTH:
                raise FileError(
                    spoken(
                        "{file}: found a picture {width} pixels wide, expected at least {least}",
                        file=file, width=width, least=_LEAST_WIDTH,
                    )
                )  # fmt: skip
            found.draft("RGB", (2 * _WIDEST, 2 * _WIDEST))
            picture = ImageOps.exif_transpose(found).convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise FileError(
            spoken(
                "{file}: found no picture that can be read, expected JPEG, PNG, WebP or GIF: export it again", file=file
            )
        ) from error
    picture.thumbnail((_WIDEST, 3 * _WIDEST))
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    drawn = BytesIO()
    ground.save(drawn, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return b64encode(drawn.getvalue()).decode()
