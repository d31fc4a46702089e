"""Somebody at a screen: opens pages, signs in, and notices what a person would."""

from __future__ import annotations

import json
import re
from pathlib import Path

from django.conf import settings

from tests.conftest import PASSWORD, unavailable

AXE = Path(settings.BASE_DIR) / "node_modules/axe-core/axe.min.js"
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
# Words of the page itself: what is marked as another language, or is code, is left out.
OWN_WORDS = """() => {
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent.checkVisibility() || parent.closest("code, script, style, select")) continue;
    const other = parent.closest("[lang]");
    if (other && other.lang !== document.documentElement.lang) continue;
    if (node.data.trim()) lines.push(node.data.trim());
  }
  return lines;
}"""
ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,}\b|\b[A-Z][a-z]+ [a-z]{2,}\b")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?](?![0-9])")


class Person:
    """One browser profile with one page in front; ``page`` may be changed to another tab."""

    def __init__(self, context, server: str) -> None:
        self.context = context
        self.server = server
        self.troubles: list[str] = []
        self.refusals: list[str] = []
        self.page = self.new_tab()

    def new_tab(self):
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._note)
        page.on("response", self._note_refusal)
        return page

    def _note(self, message) -> None:
        # A refused request (401, 409, 422) is logged by the browser and handled by the page.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.troubles.append(message.text)

    def _note_refusal(self, response) -> None:
        if response.status in {403, 500}:
            self.refusals.append(f"{response.status} {response.url}")

    def open(self, path: str):
        """Open an address of the site, or a whole one as it was copied."""
        self.page.goto(path if path.startswith("http") else self.server + path)
        return self.page

    def goes(self, selector: str) -> None:
        """Press what leads to another page, and wait until that is there."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def sign_in(self, user) -> None:
        self.open("/accounts/login/")
        self.page.fill("main input[name=login]", user.email)
        self.page.fill("main input[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(lambda url: "/accounts/login" not in url)

    # ---- what a person notices ------------------------------------------------------------

    def finds_the_page_good(self) -> None:
        """No barrier, no sideways scrolling, one language, no error behind the scenes."""
        self.sees_no_barrier()
        self.need_not_scroll_sideways()
        self.reads_one_language()
        self.had_no_trouble()

    def sees_no_barrier(self) -> None:
        """axe finds nothing serious or critical on the open page."""
        if not AXE.exists():
            unavailable("axe-core (make setup installs it)")
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        grave = [v for v in found["violations"] if v["impact"] in {"serious", "critical"}]
        assert not grave, f"{self.page.url}\n" + "\n".join(
            f"{v['id']}: {v['help']} {json.dumps(v['nodes'][0]['target'])} ({len(v['nodes'])}×)"
            for v in grave
        )

    def need_not_scroll_sideways(self) -> None:
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{self.page.url} is {wide} px too wide"

    def reads_one_language(self) -> None:
        """On a Chinese page no English words and no half-width marks after Chinese ones."""
        if self.page.evaluate("document.documentElement.lang") == "en":
            return
        lines = self.page.evaluate(OWN_WORDS)
        foreign = [t for t in lines if ENGLISH.search(t) or HALF_WIDTH.search(t)]
        assert not foreign, f"{self.page.url}: {foreign}"

    def had_no_trouble(self) -> None:
        assert not self.troubles, self.troubles
        assert not self.refusals, self.refusals

    def sees_without_scrolling(self, selector: str) -> None:
        """Every element the selector finds lies whole on the first screen."""
        self.page.evaluate("scrollTo(0, 0)")
        height = self.page.viewport_size["height"]
        found = self.page.locator(selector).all()
        assert found, f"no {selector}"
        for element in found:
            box = element.bounding_box()
            assert box, f"{selector} is not shown"
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= height, f"{selector} ends below {height} px: {box}"

    def text_of(self, selector: str) -> str:
        return " ".join(self.page.locator(selector).inner_text().split())

    def has_focus(self, selector: str) -> bool:
        return self.page.evaluate(
            "s => document.activeElement === document.querySelector(s)", selector
        )
