"""Copy what pages and PDFs need from node_modules to assets/, so that nothing comes from outside.

Each package's licence travels beside its files.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
ASSETS = ROOT / "assets"

# Package file → place under assets/.
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "vendor/tabler/tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "vendor/tabler/tabler.min.js",
    "@tabler/core/LICENSE": "vendor/tabler/LICENSE",
    "htmx.org/dist/htmx.min.js": "vendor/htmx/htmx.min.js",
    "htmx.org/LICENSE": "vendor/htmx/LICENSE",
    "echarts/dist/echarts.min.js": "vendor/echarts/echarts.min.js",
    "echarts/LICENSE": "vendor/echarts/LICENSE",
    "echarts/NOTICE": "vendor/echarts/NOTICE",
    "@fontsource/noto-sans-sc/400.css": "vendor/noto-sans-sc/400.css",
    "@fontsource/noto-sans-sc/700.css": "vendor/noto-sans-sc/700.css",
    "@fontsource/noto-sans-sc/LICENSE": "vendor/noto-sans-sc/LICENSE",
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": (
        "fonts/NotoSansSC-Regular.ttf"
    ),
    "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf": "fonts/NotoSansSC-Bold.ttf",
    "@expo-google-fonts/noto-sans-sc/LICENSE_FONT": "fonts/LICENSE_FONT",
}
WEB_FONT = "@fontsource/noto-sans-sc/files"


def copy(source: Path, target: Path) -> None:
    """Copy one file unless a copy at least as new is already there."""
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def drop_source_maps(path: Path) -> None:
    """Cut references to source maps, which are not copied and would break hashed file names."""
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "sourceMappingURL" not in line]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def keep_woff2_only(path: Path) -> None:
    """Drop the older font format: every browser above the floor reads woff2."""
    css = path.read_text(encoding="utf-8")
    css = re.sub(r",\s*url\([^)]*\.woff\)\s*format\('woff'\)", "", css)
    path.write_text(css, encoding="utf-8")


def main() -> None:
    for source, target in FILES.items():
        copy(MODULES / source, ASSETS / target)
    for weight in ("400", "700"):
        for file in (MODULES / WEB_FONT).glob(f"*-{weight}-normal.woff2"):
            copy(file, ASSETS / "vendor/noto-sans-sc/files" / file.name)
        keep_woff2_only(ASSETS / f"vendor/noto-sans-sc/{weight}.css")
    for path in ("vendor/tabler/tabler.min.css", "vendor/tabler/tabler.min.js"):
        drop_source_maps(ASSETS / path)
    print(f"assets/ holds {sum(1 for p in ASSETS.rglob('*') if p.is_file())} files")


if __name__ == "__main__":
    main()
