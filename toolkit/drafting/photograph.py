"""A file that staff choose as a picture -> what is kept of it. All in memory: no upload ever touches the disk."""

from base64 import b64encode
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from toolkit.texts.problem import Fault, FaultError
from toolkit.texts.records.drawing import LARGEST_TYPED
from toolkit.texts.records.picture import LARGEST, PHOTOGRAPH

FORMATS = ("JPEG", "PNG", "WEBP")
# A phone's photograph has 12 million. Decoded, each takes up to four bytes.
MOST_PIXELS = 16_000_000
# Tried in this order until one is small enough: the longer side in pixels, and the quality.
_SIZES = tuple((side, quality) for side in (480, 360, 280, 220, 160) for quality in (50, 30))


def image_of(file: bytes) -> str:
    """What ``Picture.image`` is read from: the text of an SVG as it came, or a photograph made anew.

    Raises FaultError where it is neither, or cannot be made small.
    """
    if b"<svg" in file[:4_000].lower():
        return file[: LARGEST_TYPED + 1].decode("utf-8", "replace").strip()
    return PHOTOGRAPH + b64encode(_made_anew(file)).decode()


def _made_anew(file: bytes) -> bytes:
    """A small WebP of the pixels alone, the right way up."""
    try:
        with Image.open(BytesIO(file), formats=FORMATS) as opened:
            # Only the head has been read yet: a file of a few bytes may say that it is as large as a house.
            if opened.width * opened.height > MOST_PIXELS:
                raise FaultError(Fault("photo-large"))
            opened.draft("RGB", (960, 960))
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        raise FaultError(Fault("image-unreadable")) from None
    pixels = Image.new("RGB", upright.size, "white")
    pixels.paste(upright, mask=upright)
    most = (LARGEST - len(PHOTOGRAPH)) // 4 * 3
    for side, quality in _SIZES:
        small = pixels.copy()
        small.thumbnail((side, side))
        out = BytesIO()
        small.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= most:
            return out.getvalue()
    raise FaultError(Fault("photo-large"))
