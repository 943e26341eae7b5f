"""Check that each link between the documents leads somewhere; other addresses are not asked."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Iterator

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def documents() -> list[Path]:
    folders = ("docs", "demo", "benchmarks")
    return sorted([*ROOT.glob("*.md"), *(p for f in folders for p in (ROOT / f).rglob("*.md"))])


def dead_links(document: Path) -> Iterator[str]:
    for link in LINK.findall(CODE.sub("", document.read_text(encoding="utf-8"))):
        target, _, anchor = link.partition("#")
        if ":" in target:
            continue
        place = document.parent / target if target else document
        if not place.exists():
            yield f"{document.relative_to(ROOT)}: {link} leads nowhere"
        elif anchor and anchor not in anchors(place):
            yield f"{document.relative_to(ROOT)}: {link} names no heading"


def anchors(document: Path) -> set[str]:
    """Return the names of the headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.*)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def main() -> int:
    found = [line for document in documents() for line in dead_links(document)]
    print("\n".join(found) or f"documents: {len(documents())}, no dead link")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
