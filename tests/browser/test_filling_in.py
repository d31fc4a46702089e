"""Filling in loses nothing: closed tabs, ended sessions, two people, no network, going back."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from assessment.models import Answer, AuditEvent, Submission
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAVED = re.compile(r"\d\d:\d\d")


def box(page, code, name=""):
    return page.locator(f'[name="{code}{name}"]')


def part(page, code, what):
    return page.locator(f"#question-{code} [data-{what}]")


def is_saved(page, code, name=""):
    part(page, code, "save-line").filter(has_text=SAVED).filter(has_text=name).wait_for()


def press_on(page):
    page.click(".section-end button.btn-primary")


def press_on_at_once(page):
    """Before the pause after typing is over."""
    page.evaluate("document.querySelector('.section-end button.btn-primary').click()")


def end_all_sessions():
    Session.objects.all().delete()


# ---- E1, E5: leaving without pressing anything ---------------------------------------------


def test_a_value_typed_before_the_tab_is_closed_is_there_on_another_device(
    at, person, submission, enterprise, said, wait_for
):
    desk = at(enterprise)
    desk.page.check('[name=Q1][value="B"]')
    is_saved(desk.page, "Q1")
    box(desk.page, "Q2", ".part").fill("35")
    box(desk.page, "Q2", ".whole").fill("100")
    box(desk.page, "Q3").press_sequentially("17")
    desk.page.close()  # at once: nothing was pressed, and the pause after typing is not over
    wait_for(lambda: said("Q3") == 17)

    phone = person("phone", "zh-CN", enterprise)
    phone.open(f"/submissions/{submission.pk}/continue/")
    assert phone.page.url.endswith("/sections/basics/#question-Q4"), "the first unanswered one"
    assert box(phone.page, "Q3").input_value() == "17"
    assert box(phone.page, "Q2", ".part").input_value() == "35"
    is_saved(phone.page, "Q3", enterprise.name)
    phone.finds_the_page_good()


def test_a_saved_page_that_is_opened_again_asks_nothing(at, enterprise, said):
    desk = at(enterprise)
    desk.page.on("dialog", lambda dialog: desk.troubles.append(dialog.message))
    box(desk.page, "Q3").fill("17")
    is_saved(desk.page, "Q3")
    desk.page.reload()
    assert box(desk.page, "Q3").input_value() == "17"
    assert not desk.page.locator("[data-offline-bar]").is_visible()
    assert not desk.page.evaluate("Object.keys(localStorage).length")
    desk.had_no_trouble()


# ---- E2: the session ends on a half-filled page -------------------------------------------


@pytest.mark.parametrize("how", ["typing", "pressing on"])
def test_an_ended_session_asks_to_sign_in_over_the_form_and_keeps_every_character(
    at, enterprise, page_of, said, wait_for, how
):
    desk = at(enterprise, "practice")
    desk.page.check('[name=S1][value="2"]')
    is_saved(desk.page, "S1")
    end_all_sessions()
    words = "设备老旧，接口不统一；《数据》没有“主人”。"
    box(desk.page, "Q7").fill(words)
    if how == "pressing on":
        press_on_at_once(desk.page)
    dialog = desk.page.locator("#sign-in-dialog")
    dialog.wait_for()
    desk.sees_no_barrier()
    assert desk.page.locator("main input[type=password]").count() == 0, "no login inside the form"
    assert box(desk.page, "Q7").input_value() == words

    dialog.locator("[name=password]").fill("not the password")
    dialog.locator("button").click()
    dialog.locator("[data-sign-in-error]").wait_for()
    dialog.locator("[name=password]").fill(PASSWORD)
    dialog.locator("button").click()
    wait_for(lambda: said("Q7") == words)
    if how == "pressing on":
        desk.page.wait_for_url("**/submissions/*/")
        desk.open(page_of("practice"))
    else:
        dialog.wait_for(state="hidden")
        is_saved(desk.page, "Q7")
    assert box(desk.page, "Q7").input_value() == words
    assert desk.page.is_checked('[name=S1][value="2"]')
    desk.had_no_trouble()


def test_a_second_tab_goes_on_after_the_first_has_signed_in_again(
    at, enterprise, page_of, said, wait_for
):
    desk = at(enterprise)
    first = desk.page
    second = desk.new_tab()
    second.goto(desk.server + page_of("practice"))
    end_all_sessions()
    box(first, "Q3").fill("8")
    dialog = first.locator("#sign-in-dialog")
    dialog.locator("[name=password]").fill(PASSWORD)
    dialog.locator("button").click()
    wait_for(lambda: said("Q3") == 8)
    box(second, "Q7").fill("第二个标签页")
    press_on(second)
    second.wait_for_url("**/submissions/*/")
    assert said("Q7") == "第二个标签页"
    desk.had_no_trouble()


# ---- E3: two tabs, two people --------------------------------------------------------------


@pytest.mark.parametrize("who", ["another tab", "a colleague"])
@pytest.mark.parametrize(("kept", "value"), [("mine", 7), ("theirs", 5)])
def test_the_second_to_save_sees_both_values_and_chooses(
    at, enterprise, colleague, page_of, said, wait_for, who, kept, value
):
    desk = at(enterprise)
    first = desk.page
    if who == "another tab":
        other, second = desk, desk.new_tab()
        second.goto(desk.server + page_of())
    else:
        other = at(colleague, size="phone")
        second = other.page
    box(first, "Q3").fill("5")
    is_saved(first, "Q3")
    box(second, "Q3").fill("7")
    conflict = part(second, "Q3", "conflict-box")
    conflict.wait_for()
    words = conflict.inner_text()
    assert enterprise.name in words
    assert SAVED.search(words)
    assert "5 人" in words
    assert "7 人" in words
    assert said("Q3") == 5, "nothing is overwritten unseen"
    other.page = second
    other.finds_the_page_good()
    conflict.locator("button").nth(1 if kept == "mine" else 0).click()
    conflict.wait_for(state="hidden")
    wait_for(lambda: said("Q3") == value)
    assert box(second, "Q3").input_value() == str(value)


def test_two_answers_of_one_page_by_two_people_do_not_meet(at, enterprise, colleague, said):
    desk, phone = at(enterprise), at(colleague, size="phone")
    box(desk.page, "Q3").fill("5")
    is_saved(desk.page, "Q3")
    phone.page.check("[name=Q4][value=yes]")
    is_saved(phone.page, "Q4")
    assert (said("Q3"), said("Q4")) == (5, True)
    press_on(phone.page)  # with a page on which Q3 is still empty
    assert said("Q3") == 5


# ---- E4: offline ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN", "离线，3 项待发送"), ("en", "Offline, 3 to be sent")]
)
def test_without_a_network_a_bar_counts_what_waits_and_empties_by_itself(
    at, enterprise, said, wait_for, language, words
):
    phone = at(enterprise, size="phone", language=language)
    bar = phone.page.locator("[data-offline-bar]")
    assert not bar.is_visible()
    phone.context.set_offline(True)
    phone.page.check('[name=Q1][value="C"]')
    box(phone.page, "Q3").fill("9")
    phone.page.check("[name=Q4][value=no]")
    bar.locator("[data-offline-text]", has_text=words).wait_for()
    phone.need_not_scroll_sideways()
    assert said("Q3") is None
    phone.context.set_offline(False)
    bar.wait_for(state="hidden")
    wait_for(lambda: (said("Q1"), said("Q3"), said("Q4")) == (["C"], 9, False))
    is_saved(phone.page, "Q3")


def test_what_could_not_be_sent_is_sent_when_the_page_is_opened_again(
    at, enterprise, page_of, said
):
    desk = at(enterprise)
    desk.context.set_offline(True)
    box(desk.page, "Q3").fill("9")
    desk.page.locator("[data-offline-bar]").wait_for()
    desk.page.close()
    desk.context.set_offline(False)
    assert said("Q3") is None
    desk.page = desk.new_tab()
    desk.open(page_of())
    is_saved(desk.page, "Q3")
    assert box(desk.page, "Q3").input_value() == "9"
    assert said("Q3") == 9


# ---- E6: submitting twice ------------------------------------------------------------------


def slow_down(someone, milliseconds=400):
    session = someone.context.new_cdp_session(someone.page)
    session.send("Network.enable")
    limits = {"offline": False, "latency": milliseconds}
    limits |= {"downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", limits)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_double_click_on_submit_is_one_submission(person, submission, enterprise, scripts):
    desk = person("desktop", "zh-CN", enterprise, java_script_enabled=scripts)
    desk.open(f"/submissions/{submission.pk}/check/")
    desk.page.fill("[name=pledge_name]", "陈海")
    slow_down(desk)
    desk.page.dblclick("form[action$='/submit/'] button")
    desk.page.wait_for_url("**/receipt/")
    number = desk.text_of(".receipt-number")
    submission.refresh_from_db()
    assert submission.state == Submission.State.SUBMITTED
    assert submission.receipt == number
    assert AuditEvent.objects.filter(verb="submission.submitted").count() == 1
    desk.had_no_trouble()


def test_two_submissions_at_the_same_moment_find_one_receipt(person, submission, enterprise):
    desk = person("desktop", "zh-CN", enterprise)
    desk.open(f"/submissions/{submission.pk}/check/")
    shown = desk.page.evaluate(
        """async url => {
          const body = new FormData(document.querySelector("form[action$='/submit/']"));
          body.set("pledge_name", "陈海");
          const send = async () => (await fetch(url, { method: "POST", body })).text();
          const pages = await Promise.all([send(), send(), send()]);
          const parser = new DOMParser();
          return pages.map((page) => parser.parseFromString(page, "text/html")
            .querySelector(".receipt-number").textContent);
        }""",
        f"/submissions/{submission.pk}/submit/",
    )
    submission.refresh_from_db()
    assert shown == [submission.receipt] * 3
    assert AuditEvent.objects.filter(verb="submission.submitted").count() == 1


# ---- E8, E9: when to complain --------------------------------------------------------------


def test_an_error_appears_on_leaving_and_disappears_at_the_keystroke_that_mends_it(
    at, enterprise, said, wait_for
):
    desk = at(enterprise)
    error = part(desk.page, "Q3", "error")
    box(desk.page, "Q3").press_sequentially("5x", delay=30)
    is_saved(desk.page, "Q3")
    assert error.inner_text() == "", "nobody is scolded while typing"
    desk.page.focus("[name=Q4][value=yes]")
    error.filter(has_text="数字").wait_for()
    assert box(desk.page, "Q3").get_attribute("aria-invalid") == "true"
    desk.finds_the_page_good()
    box(desk.page, "Q3").press("End")
    box(desk.page, "Q3").press("Backspace")
    expect(error).to_be_empty(timeout=3000)
    assert desk.page.evaluate("document.activeElement.name") == "Q3", "while still in the field"
    assert box(desk.page, "Q3").get_attribute("aria-invalid") is None
    wait_for(lambda: said("Q3") == 5)


def test_skipping_ahead_is_not_scolded(at, enterprise):
    desk = at(enterprise)
    box(desk.page, "Q3").focus()
    desk.page.focus("[name=Q4][value=yes]")
    press_on(desk.page)
    desk.page.wait_for_url("**/sections/practice/")
    assert not desk.page.locator(".error-summary").is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize(
    ("language", "prefix", "labels"),
    [
        ("zh-CN", "错误：", ["关键工序数控化率", "信息化人员数"]),
        ("en", "Error: ", ["Numerical-control rate of key processes", "IT staff"]),
    ],
)
def test_two_faults_are_named_in_a_box_that_takes_focus_and_leads_to_them(
    at, enterprise, said, scripts, language, prefix, labels
):
    desk = at(enterprise, language=language, java_script_enabled=scripts)
    page = desk.page
    box(page, "Q2", ".part").fill("130")
    box(page, "Q2", ".whole").fill("120")
    box(page, "Q3").fill("about five")
    page.check("[name=Q4][value=yes]")
    desk.goes(".section-end button.btn-primary")
    summary = page.locator("[data-error-summary]")
    assert page.title().startswith(prefix)
    assert desk.has_focus("[data-error-summary]")
    links = summary.locator("a")
    errors = [page.locator(f"#error-{code}").inner_text() for code in ("Q2", "Q3")]
    for place, (label, error) in enumerate(zip(labels, errors, strict=True)):
        assert label in links.nth(place).inner_text()
        assert error in links.nth(place).inner_text(), "the same words in both places"
        assert error
    assert box(page, "Q2", ".part").input_value() == "130"
    assert box(page, "Q3").input_value() == "about five"
    assert page.is_checked("[name=Q4][value=yes]")
    if scripts:  # axe is a script
        desk.finds_the_page_good()
    links.nth(1).click()
    assert page.url.endswith("#question-Q3")
    assert page.locator("#question-Q3").is_visible()
    assert said("Q4") is True, "what was right is saved"


# ---- E10, E11: numbers ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "name", "pasted", "value", "shown"),
    [
        ("Q3", "Q3", "1,200", 1200, "1,200 人"),
        ("Q3", "Q3", "１，２００", 1200, "1,200 人"),
        ("Q3", "Q3", "3.2万", 32000, "32,000 人"),
        ("Q2", "Q2.percent", "１２．５％", 12.5, "12.5 %"),
        ("Q2", "Q2.percent", " 12.5 % ", 12.5, "12.5 %"),
    ],
)
def test_numbers_are_taken_as_they_are_pasted_and_said_back(
    at, enterprise, said, wait_for, code, name, pasted, value, shown
):
    desk = at(enterprise, permissions=["clipboard-read", "clipboard-write"])
    page = desk.page
    if name.endswith("percent"):
        page.check('[name="Q2.mode"][value=percent]')
    page.evaluate("text => navigator.clipboard.writeText(text)", pasted)
    box(page, name).focus()
    page.keyboard.press("Control+V")
    assert box(page, name).input_value() == pasted, "pasting is not hindered"
    part(page, code, "hints").filter(has_text=shown).wait_for()
    found = wait_for(lambda: said(code))
    assert (found["percent"] if isinstance(found, dict) else found) == value


def test_the_mouse_wheel_changes_nothing(at, enterprise, said):
    desk = at(enterprise)
    box(desk.page, "Q3").fill("17")
    is_saved(desk.page, "Q3")
    box(desk.page, "Q3").hover()
    box(desk.page, "Q3").focus()
    desk.page.mouse.wheel(0, 300)
    desk.page.mouse.wheel(0, -300)
    desk.page.wait_for_timeout(100)
    assert box(desk.page, "Q3").input_value() == "17"
    assert said("Q3") == 17


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_two_counts_show_their_rate_and_the_band_with_its_ends(at, enterprise, language):
    desk = at(enterprise, language=language)
    box(desk.page, "Q2", ".part").fill("48")
    box(desk.page, "Q2", ".whole").fill("120")
    hints = part(desk.page, "Q2", "hints")
    hints.filter(has_text="40.0 %").wait_for()
    assert "(20, 40]" in hints.inner_text()
    desk.finds_the_page_good()


def test_a_part_above_its_whole_is_questioned_beside_the_field(at, enterprise):
    desk = at(enterprise)
    box(desk.page, "Q2", ".part").fill("130")
    box(desk.page, "Q2", ".whole").fill("120")
    box(desk.page, "Q3").focus()
    error = part(desk.page, "Q2", "error").filter(has_text="130")
    error.wait_for()
    assert "120" in error.inner_text()


@pytest.mark.parametrize("answer", ["change", "keep"])
def test_a_fraction_where_percent_are_asked_is_questioned(at, enterprise, said, wait_for, answer):
    desk = at(enterprise)
    desk.page.check('[name="Q2.mode"][value=percent]')
    box(desk.page, "Q2", ".percent").fill("0.35")
    doubt = part(desk.page, "Q2", "hints").locator(".doubt")
    doubt.filter(has_text="35 %").wait_for()
    desk.finds_the_page_good()
    doubt.locator("button").nth(0 if answer == "change" else 1).click()
    doubt.wait_for(state="detached")
    value = 35 if answer == "change" else 0.35
    found = wait_for(lambda: said("Q2"))
    wait_for(lambda: percent_of(said("Q2")) == value)
    assert found


def percent_of(value):
    return value["percent"] if isinstance(value, dict) else value


# ---- E12: ladders on a phone ---------------------------------------------------------------


@pytest.mark.fonts
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_ladder_on_a_phone_is_five_whole_cards_for_a_finger(at, enterprise, language):
    phone = at(enterprise, "practice", "phone", language)
    cards = phone.page.locator("#question-S1 .rung-card")
    assert cards.count() == 5
    for card in cards.all():
        size = card.bounding_box()
        assert size["height"] >= 44
        assert size["x"] >= 0
        assert size["x"] + size["width"] <= 390
        whole = "e => e.scrollWidth <= e.clientWidth || getComputedStyle(e).overflow === 'visible'"
        assert card.evaluate(whole)
    assert phone.page.locator("form#filling table").count() == 0, "no matrix anywhere"
    for choice in phone.page.locator(".choice:visible").all():
        assert choice.bounding_box()["height"] >= 44
    cards.nth(3).tap()
    assert phone.page.is_checked('[name=S1][value="3"]'), "the whole card is the target"
    is_saved(phone.page, "S1")
    phone.finds_the_page_good()


# ---- E13: does not apply, not known, blank -------------------------------------------------


def test_what_is_not_an_answer_is_told_apart_on_the_check_page_and_none_is_zero(
    at, submission, enterprise, said, wait_for
):
    desk = at(enterprise, "practice")
    page = desk.page
    page.check('[name="S2.state"][value=not_applicable]')
    page.fill('[name="S2.reason"]', "采购由总部负责")
    page.check('[name="Q5.state"][value=unknown]')
    wait_for(lambda: said("S2") == {"not_applicable": "采购由总部负责"})
    wait_for(lambda: said("Q5") == {"unknown": True})
    desk.open(f"/submissions/{submission.pk}/check/")
    lines = {
        line.locator(".question-code").inner_text(): line.locator("dd").first.inner_text()
        for line in desk.page.locator(".check-line").all()
    }
    numbers = {"Q3": "3.", "S1": "5.", "S2": "6.", "Q5": "7."}
    assert "采购由总部负责" in lines[numbers["S2"]]
    assert "不适用" in lines[numbers["S2"]]
    assert lines[numbers["Q5"]] == "暂不清楚"
    assert lines[numbers["S1"]] == lines[numbers["Q3"]] == "未填写"
    assert not [words for words in lines.values() if words.startswith("0")]
    desk.finds_the_page_good()


# ---- Every kind survives going back, forward and reloading ----------------------------------


def fill_basics(page):
    page.check('[name=Q1][value="B"]')
    page.check('[name=Q1][value="C"]')
    box(page, "Q2", ".part").fill("35")
    box(page, "Q2", ".whole").fill("100")
    box(page, "Q3").fill("17")
    page.check("[name=Q4][value=no]")
    for code in ("Q1", "Q2", "Q3", "Q4"):
        is_saved(page, code)


def fill_practice(page):
    page.check('[name=S1][value="0"]')
    page.check('[name="S2.state"][value=not_applicable]')
    page.fill('[name="S2.reason"]', "外包")
    page.check('[name=Q5][value="C"]')
    box(page, "Q8").wait_for()  # asked only now
    box(page, "Q6", ".before").fill("3.5")
    box(page, "Q6", ".after").fill("3")
    box(page, "Q7").fill("缺人")
    box(page, "Q8").fill("2025-05-01")
    for code in ("S1", "S2", "Q5", "Q6", "Q7", "Q8"):
        is_saved(page, code)


def held(page):
    """What the open page holds: name → chosen or typed values, without versions."""
    return page.evaluate(
        """() => {
          const held = {};
          for (const el of document.querySelectorAll("#filling [name]")) {
            if (el.type === "hidden" || el.type === "file" || el.tagName === "BUTTON") continue;
            if (["radio", "checkbox"].includes(el.type) && !el.checked) continue;
            if (el.value) (held[el.name] = held[el.name] || []).push(el.value);
          }
          return held;
        }"""
    )


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_every_kind_of_answer_survives_back_forward_and_reload(
    at, enterprise, said, wait_for, size
):
    desk = at(enterprise, size=size)
    page = desk.page
    fill_basics(page)
    basics = held(page)
    press_on(page)
    page.wait_for_url("**/sections/practice/")
    fill_practice(page)
    practice = held(page)
    assert {name.split(".")[0] for name in basics | practice} >= {
        "Q1", "Q2", "Q3", "Q4", "S1", "S2", "Q5", "Q6", "Q7", "Q8"
    }  # fmt: skip
    page.go_back()
    assert held(page) == basics
    page.go_forward()
    assert held(page) == practice
    page.reload()
    assert held(page) == practice
    page.go_back()
    box(page, "Q3").fill("18")
    wait_for(lambda: said("Q3") == 18)
    assert not part(page, "Q3", "conflict-box").is_visible(), "nobody argues with oneself"
    page.reload()
    assert held(page) == basics | {"Q3": ["18"]}
    assert said("Q8") == "2025-05-01"
    assert Answer.objects.count() == 10
    desk.finds_the_page_good()


def test_an_answer_that_comes_back_late_does_not_hide_what_a_later_one_asked_for(at, enterprise):
    desk = at(enterprise, "practice")
    page = desk.page
    held_back = []

    def late(route):
        held_back.append((route, route.fetch()))  # the server has it before Q5 is chosen

    page.route("**/answers/S1/", late)
    page.check('[name=S1][value="1"]')
    while not held_back:
        page.wait_for_timeout(20)
    page.check('[name=Q5][value="C"]')
    box(page, "Q8").wait_for()
    route, response = held_back[0]
    route.fulfill(response=response)
    is_saved(page, "S1")
    assert box(page, "Q8").is_visible()
