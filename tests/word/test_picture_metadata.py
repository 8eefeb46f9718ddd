"""A template's pictures keep their pixels and lose what no page shows."""

import io
import random
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from pipeline.word.picture_metadata import BrokenPictureError, without_metadata

_WORD = b"zqmetadatav"
_GREY = bytes(random.Random(7).randrange(256) for _ in range(40 * 30 * 3))
_PICTURE = Image.frombytes("RGB", (40, 30), _GREY)


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = _WORD.decode()
    return exif


def _png(mode: str) -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", _WORD.decode())
    notes.add_text("Comment", _WORD.decode(), zip=True)
    notes.add_itxt("XML:com.adobe.xmp", _WORD.decode())
    notes.add(b"zqMd", _WORD)
    target = io.BytesIO()
    picture = _PICTURE.convert(mode)
    picture.save(target, "png", pnginfo=notes, exif=_exif(), icc_profile=_WORD * 9, dpi=(300, 300))
    return target.getvalue() + _WORD


def _jpeg(mode: str, **options: bool) -> bytes:
    target = io.BytesIO()
    picture = _PICTURE.convert(mode)
    picture.save(target, "jpeg", exif=_exif(), comment=_WORD, icc_profile=_WORD * 9, dpi=(300, 300), **options)
    return target.getvalue() + _WORD


def _gif(frames: int) -> bytes:
    target = io.BytesIO()
    pictures = [_PICTURE.rotate(turn).convert("P") for turn in range(frames)]
    pictures[0].save(target, "gif", comment=_WORD, save_all=True, append_images=pictures[1:])
    return target.getvalue() + _WORD


PICTURES = [
    *(("image/png", _png(mode)) for mode in ("RGB", "RGBA", "L", "P", "1")),
    *(("image/jpeg", _jpeg(mode)) for mode in ("RGB", "L", "CMYK")),
    ("image/jpg", _jpeg("RGB", progressive=True)),
    *(("image/gif", _gif(frames)) for frames in (1, 3)),
]


@pytest.mark.parametrize(("content_type", "data"), PICTURES)
def test_metadata_goes_and_pixels_stay(content_type: str, data: bytes) -> None:
    assert _WORD in data
    bare = without_metadata(data, content_type)
    assert _WORD not in bare
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(bare))
    assert after.tobytes() == before.tobytes()
    assert (after.mode, after.size) == (before.mode, before.size)
    assert not {"exif", "comment", "icc_profile", "Author"} & set(after.info)
    assert without_metadata(bare, content_type) == bare


@pytest.mark.parametrize(("content_type", "data"), PICTURES)
def test_a_picture_cut_off_is_said_to_be_broken(content_type: str, data: bytes) -> None:
    whole = without_metadata(data, content_type)
    chance = random.Random(len(whole))
    for end in [14, len(whole) - 1, *(chance.randrange(14, len(whole) - 1) for _ in range(40))]:
        with pytest.raises(BrokenPictureError):
            without_metadata(whole[:end], content_type)


def test_a_picture_without_metadata_keeps_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "图.bmp"
    _PICTURE.save(path)
    assert without_metadata(path.read_bytes(), "image/bmp") == path.read_bytes()
