"""The floor is Chrome 109: colours it does not know must not make a border or a bar vanish.

An older kernel is played by renaming the newer colour functions in every style sheet, which is
what they look like to it, and comparing what is painted.
"""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEWER = re.compile(r"\b(oklch|oklab|lch|lab|color-mix|light-dark|color)\(")
# What the eye needs of each: selector → painted properties.
PAINTED = {
    ".form-control": ["border-top-color", "border-top-width", "border-top-style"],
    ".form-check-input[type=radio]:not(:checked)": [
        "border-top-color",
        "border-top-width",
        "border-top-style",
    ],
    ".form-check-input[type=checkbox]:not(:checked)": ["border-top-color", "border-top-width"],
    ".form-check-input:checked": ["background-color", "border-top-color"],
    ".form-select": ["border-top-color", "border-top-width", "border-top-style"],
    ".btn-primary": ["background-color", "color", "border-top-color"],
    ".btn-outline-primary": ["color", "border-top-color", "border-top-width"],
    ".alert": ["border-top-color", "border-top-width", "border-left-width"],
    ".card": ["border-top-color", "background-color"],
    ".progress": ["background-color", "height"],
    ".progress-bar": ["background-color", "height"],
    ".error-summary": ["border-top-color", "border-top-width"],
    ".badge": ["border-top-color", "color", "background-color"],
}
BORDERS = [
    ".form-control",
    ".form-select",
    ".form-check-input[type=radio]:not(:checked)",
    ".form-check-input[type=checkbox]:not(:checked)",
    ".btn-outline-primary",
    ".alert",
    ".error-summary",
]
FILLS = [".btn-primary", ".progress-bar", ".form-check-input:checked"]
SPECIMEN = """
<h1>样</h1>
<form><label>名 <input class="form-control"></label>
<label><input type="radio" class="form-check-input"> 一</label>
<label><input type="radio" class="form-check-input" checked> 二</label>
<label><input type="checkbox" class="form-check-input"> 三</label>
<label>选 <select class="form-select"><option>甲</option></select></label>
<button class="btn btn-primary">提交</button>
<a class="btn btn-outline-primary" href="#">返回</a></form>
<div class="alert alert-danger">不行</div>
<div class="alert alert-success">好了</div>
<div class="alert alert-warning">当心</div>
<div class="alert alert-info">请看</div>
<div class="error-summary">有错</div>
<div class="card">卡</div><span class="badge">合成</span>
<div class="progress"><div class="progress-bar" style="width:50%"></div></div>
"""
READ = """painted => Object.fromEntries(Object.entries(painted).map(([selector, names]) =>
  [selector, Array.from(document.querySelectorAll("main " + selector), (element) => {
    const style = getComputedStyle(element);
    return names.map((name) => style.getPropertyValue(name));
  })]))"""


def play_an_older_kernel(page, plant=""):
    def rename(route):
        response = route.fetch()
        css = NEWER.sub(r"-unknown-\1(", response.text() + plant)
        route.fulfill(response=response, body=css)

    page.route(re.compile(r"\.css(\?|$)"), rename)


def specimen(page):
    """Every painted thing, in the site's own page."""
    page.evaluate("html => { document.querySelector('main').innerHTML = html; }", SPECIMEN)
    page.evaluate("document.querySelectorAll('*').forEach(e => { e.style.transition = 'none'; })")
    page.mouse.move(0, 0)
    return page.evaluate(READ, PAINTED)


@pytest.fixture
def painted(person):
    """What the site's page paints: now, or as an older kernel would."""

    def read(older=False, plant=""):
        someone = person()
        if older:
            play_an_older_kernel(someone.page, plant)
        someone.open("/accounts/login/")
        return specimen(someone.page)

    return read


def test_an_older_kernel_paints_the_same(painted):
    now, then = painted(), painted(older=True)
    assert all(now.values()), "every kind is there to be compared"
    assert then == now


def test_a_colour_the_floor_does_not_know_is_noticed(painted):
    """The comparison itself can fail."""
    plant = ".form-control{border-color:var(--x)}:root{--x:color-mix(in srgb,red,blue)}"
    assert painted(older=True, plant=plant) != painted()


def test_no_style_sheet_of_the_pages_asks_for_a_newer_colour(person, enterprise, submission):
    someone = person("desktop", "zh-CN", enterprise)
    seen = {}
    someone.page.on("response", lambda r: seen.update({r.url: r}) if ".css" in r.url else None)
    for path in ("/", f"/submissions/{submission.pk}/sections/basics/"):
        someone.open(path)
        newer = {url: NEWER.search(response.text()) for url, response in seen.items()}
        seen.clear()
        assert not any(newer.values()), newer


# ---- X2: seen without relying on colour ----------------------------------------------------


def luminance(colour):
    channels = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour, ground="rgb(255, 255, 255)"):
    light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_is_reckoned_as_the_standard_does():
    assert contrast("rgb(0, 0, 0)") == pytest.approx(21)
    assert contrast("rgb(118, 118, 118)") == pytest.approx(4.54, abs=0.01)


def stands_out(found, selectors, name):
    for selector in selectors:
        assert found[selector], f"no {selector}"
        for value in found[selector]:
            shown = dict(zip(PAINTED[selector], value, strict=True))
            assert shown[name] != "rgba(0, 0, 0, 0)", f"{selector} is not painted"
            if name.startswith("border"):
                assert shown.get("border-top-width") != "0px", f"{selector} has no border"
            assert contrast(shown[name]) >= 3, (selector, shown)


def test_borders_and_fills_stand_out_at_least_three_to_one(painted):
    found = painted(older=True)
    stands_out(found, BORDERS, "border-top-color")
    stands_out(found, FILLS, "background-color")


def test_the_pages_of_a_filing_keep_their_borders_on_an_older_kernel(at, enterprise):
    someone = at(enterprise)
    play_an_older_kernel(someone.page)
    someone.page.reload()
    someone.page.check("[name=Q4][value=yes]")
    someone.page.fill("[name=Q3]", "x")
    someone.goes(".section-end button.btn-primary")
    found = someone.page.evaluate(READ, PAINTED)
    borders = [".form-control", ".form-check-input[type=radio]:not(:checked)", ".error-summary"]
    stands_out(found, borders, "border-top-color")
    stands_out(found, [".btn-primary", ".form-check-input:checked"], "background-color")
    someone.sees_no_barrier()
