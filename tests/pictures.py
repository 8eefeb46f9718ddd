"""``python -m tests.pictures [FOLDER]``: the first and the last page of every form as small PNGs, by default in docs/pictures/."""

import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from pipeline.outputs.pdf import convert
from tests.specimens import SPECIMENS, write_specimens

_SCALE = 0.9  # 65 dots an inch: the whole page at a glance, under 60 kB
_GREYS_AND_REDS = 16  # colours


def _saved(page: pypdfium2.PdfPage, path: Path) -> None:
    picture = page.render(scale=_SCALE).to_pil().convert("RGB")
    framed = Image.new("RGB", (picture.width + 2, picture.height + 2), (160, 160, 160))
    framed.paste(picture, (1, 1))
    framed.quantize(_GREYS_AND_REDS, dither=Image.Dither.NONE).save(path, optimize=True)


def write_pictures(folder: Path) -> list[Path]:
    """Write the pictures and say which; raises PdfError where LibreOffice is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with tempfile.TemporaryDirectory() as name:
        write_specimens(Path(name))
        for done in convert([Path(name) / f"{form}.docx" for form in SPECIMENS]):
            if done.pdf is None:
                raise SystemExit(f"{done.path.stem}：{done.reason}")
            document = pypdfium2.PdfDocument(done.pdf)
            for label, number in (("首页", 0), ("末页", len(document) - 1)):
                if label == "末页" and not number:
                    continue
                path = folder / f"{done.path.stem}{label}.png"
                _saved(document[number], path)
                written.append(path)
    return written


if __name__ == "__main__":
    for each in write_pictures(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures")):
        print(f"{each.name}  {each.stat().st_size // 1024} kB")
