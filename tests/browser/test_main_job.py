"""The main job as one story: an officer opens a round, an enterprise answers and reads its result,
a consultant takes the report, the officer reads the dashboard."""

import datetime as dt
import io
import re
import threading
from pathlib import Path

import pytest
import yaml
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from assessment.models import Invitation, Jurisdiction, Round, Submission
from questionnaires.models import Region
from scoring import aggregates, jobs, runners
from scoring.models import Result
from scoring.one import score_rows

pytestmark = [pytest.mark.browser, pytest.mark.fonts, pytest.mark.django_db(transaction=True)]

INSTRUMENTS = Path(__file__).parents[1] / "instruments"
TITLE = "2026 年浙江省数字经济评估"
LEVEL = {"zh-CN": "规范级", "en": "Managed"}
WORDS = {
    "zh-CN": {"withheld": "不是 0", "pledge": "真实", "unknown": "暂不清楚", "rank": "第 2 级"},
    "en": {"withheld": "not zero", "pledge": "true", "unknown": "Not known", "rank": "level 2"},
}
PEERS = {"330400": 8, "330200": 6, "330100": 2}  # Hangzhou is below the smallest published group
ANSWERS = {
    "Q1": ["B"],
    "Q2": {"part": 18, "whole": 100},
    "Q3": 4,
    "Q4": True,
    "S1": 2,
    "S2": 1,
    "Q5": "B",
}


@pytest.fixture
def office(people, regions):
    """Two officers of Zhejiang, and two more cities: Ningbo, and Wenzhou where nobody answers."""
    for code, zh, en in (("330200", "宁波市", "Ningbo"), ("330300", "温州市", "Wenzhou")):
        name = {"zh": zh, "en": en}
        zhejiang = Region.objects.get(code="330000")
        Region.objects.add_child(zhejiang, instance=Region(code=code, name=name, level="city"))
    officers = [people("officer@example.cn", "沈局"), people("second@example.cn", "许科")]
    for officer in officers:
        Jurisdiction.objects.create(officer=officer, region=regions["330000"])
    return officers


@pytest.fixture
def scan(publish):
    """The small instrument with a third dimension, without which no radar is drawn."""
    document = yaml.safe_load((INSTRUMENTS / "small.yaml").read_text(encoding="utf-8"))
    foundation, governance = document["tree"]["children"]
    del foundation["max"]
    staff = {**foundation, "code": "staff", "title": {"zh": "人员与云", "en": "Staff and cloud"}}
    staff["children"] = foundation["children"][2:]
    foundation["children"] = foundation["children"][:2]
    document["tree"]["children"] = [foundation, staff, governance]
    return publish(document)


@pytest.fixture
def peers(organisations):
    """Scored enterprises of a round, through the engine: ``peers(round_)``."""
    from questionnaires.models import Region

    def make(round_: Round) -> None:
        places = [code for code, count in PEERS.items() for _ in range(count)]
        cities = {region.code: region for region in Region.objects.all()}
        submissions = []
        for number, place in enumerate(places):
            firm = organisations(f"peer-{number:03d}", f"同行 {number}")
            firm.region = cities[place]
            firm.save()
            Invitation.objects.create(round=round_, organisation=firm)
            profile = {"region": place, "industry": "C36", "size": "small", "employees": 120}
            submissions.append(
                Submission.unguarded.create(
                    round=round_, organisation=firm, state="submitted", profile=profile,
                    submitted_at=timezone.now(), receipt=f"P{number}",
                    answers_json=ANSWERS | {"Q3": 2 + number},
                )
            )  # fmt: skip
        rows = [(s.receipt, s.profile, s.answers_json) for s in submissions]
        payloads = score_rows(round_.instrument_version, rows)
        Result.unguarded.bulk_create(
            Result(submission=submission, **jobs.outcome(payload))
            for submission, payload in zip(submissions, payloads, strict=True)
        )
        aggregates.refresh(round_)

    return make


@pytest.fixture
def scoring_waits(settings, monkeypatch):
    """Scoring in a thread that waits until the test lets it go."""
    settings.TASK_RUNNER = "thread"
    monkeypatch.setattr(runners, "refresh_soon", lambda round_id: None)  # the test refreshes
    gate, score = threading.Event(), jobs.score

    def wait(submission):
        assert gate.wait(60)
        return score(submission)

    monkeypatch.setattr(jobs, "score", wait)
    yield gate
    gate.set()


@pytest.mark.parametrize(
    ("language", "firm_size", "office_size"),
    [("zh-CN", "desktop", "phone"), ("en", "phone", "desktop")],
)
def test_the_main_job(
    person, scan, office, enterprise, consultant, peers, scoring_waits,
    language, firm_size, office_size,
):  # fmt: skip
    officer = person(office_size, language, office[0])
    opens_a_round_and_invites(officer, scan)
    round_ = Round.unguarded.get(title=TITLE)
    peers(round_)

    firm = person(firm_size, language)
    signs_in_and_starts(firm, enterprise)
    fills_in_the_first_section(firm)
    leaves_something_out_and_is_told(firm, language)
    fills_in_the_second_section(firm)
    submission = checks_pledges_and_submits(firm, language)
    sees_the_result_finish_by_itself(firm, scoring_waits)
    reads_the_result_on_the_first_screen(firm, language)
    reads_the_dimensions_as_rows_first_and_the_radar_second(firm)
    downloads_the_report(firm, ".first-screen .actions a.btn-primary", language)

    adviser = person(office_size, language, consultant)
    opens_the_clients_result_and_report(adviser, submission, language)

    aggregates.refresh(round_)
    opens_the_dashboard(officer, round_)
    sees_a_small_cell_withheld_with_its_reason(officer, language)
    address = filters_and_drills_down(officer)
    colleague = person("desktop", language, office[1])
    sees_the_same_at_the_copied_address(colleague, officer, address)


# ---- The officer ---------------------------------------------------------------------------


def opens_a_round_and_invites(officer, version):
    officer.open("/")
    officer.finds_the_page_good()
    officer.goes("main a[href='/rounds/new/']")
    officer.finds_the_page_good()
    page = officer.page
    page.fill("[name=title]", TITLE)
    page.select_option("[name=region]", "330000")
    page.select_option("[name=instrument_version]", str(version.pk))
    page.fill("[name=closes_on]", str(timezone.localdate() + dt.timedelta(days=20)))
    page.check("[name=names_visible]")
    officer.goes("main form button.btn-primary")
    assert page.url.endswith("/invite/")
    officer.finds_the_page_good()
    page.select_option("[name=region]", "330400")
    officer.goes("button[value=count]")
    page.locator("main .notice[role=status]").filter(has_text="1").wait_for()
    officer.goes("form:has([value=filter]) button[value=invite]")
    page.locator(".alert").wait_for()
    officer.finds_the_page_good()
    assert Invitation.objects.count() == 1


def opens_the_dashboard(officer, round_):
    officer.open("/")
    officer.goes(f"a[href='/rounds/{round_.pk}/']")
    officer.finds_the_page_good()
    officer.goes(f"main a[href='/rounds/{round_.pk}/dashboard/']")
    officer.finds_the_page_good()
    counts = officer.text_of("#participation")
    everybody = sum(PEERS.values()) + 1
    assert counts.count(str(everybody)) >= 3, "invited, started, submitted"
    assert officer.page.locator("#levels tbody tr").count() == 4


def row_of(page, table, name):
    return page.locator(f"#{table} tbody tr").filter(has=page.locator("th", has_text=name))


def sees_a_small_cell_withheld_with_its_reason(officer, language):
    names = {"zh-CN": ("杭州", "温州", "嘉兴"), "en": ("Hangzhou", "Wenzhou", "Jiaxing")}[language]
    page = officer.page
    small, nobody, shown = (row_of(page, "by_region", name) for name in names)
    mark = small.locator("abbr.symbol").first
    assert WORDS[language]["withheld"] in mark.get_attribute("title")
    assert small.get_attribute("class") == "withheld"
    assert small.locator("abbr.symbol").count() == 5, "mean, quartiles and n are all withheld"
    assert "5" in small.locator(".row-remark").inner_text(), "the reason names the smallest group"
    assert nobody.locator("abbr.symbol").last.inner_text() != mark.inner_text()
    assert shown.locator("abbr.symbol").count() == 0
    assert mark.inner_text() in officer.text_of("#symbols")


def filters_and_drills_down(officer):
    page = officer.page
    page.select_option("#f-size", "small")
    page.select_option("#f-industry", "C")
    officer.goes(".filters button")
    officer.goes("#by_region a[href*='region=330400']")
    assert page.input_value("#f-size") == "small"
    assert page.input_value("#f-industry") == "C"
    assert page.input_value("#f-region") == "330400"
    officer.finds_the_page_good()
    address = page.url
    page.reload()
    assert page.input_value("#f-region") == "330400"
    page.go_back()
    assert page.input_value("#f-region") == "330000"
    assert page.input_value("#f-size") == "small"
    page.go_forward()
    return address


def sees_the_same_at_the_copied_address(colleague, officer, address):
    colleague.open(address)
    for control in ("#f-region", "#f-industry", "#f-size", "#f-indicator"):
        assert colleague.page.input_value(control) == officer.page.input_value(control)
    read = "e => e.textContent.replace(/\\s+/g, ' ')"
    mine, theirs = (one.page.locator("main h1, main .data-table") for one in (colleague, officer))
    assert [e.evaluate(read) for e in mine.all()] == [e.evaluate(read) for e in theirs.all()]
    colleague.finds_the_page_good()


# ---- The enterprise ------------------------------------------------------------------------


def signs_in_and_starts(firm, user):
    firm.open("/")
    firm.finds_the_page_good()
    firm.open("/accounts/login/")
    firm.finds_the_page_good()
    firm.sign_in(user)
    assert TITLE in firm.text_of("main")
    firm.finds_the_page_good()
    firm.goes("form[action$='/start/'] button")
    firm.finds_the_page_good()
    firm.goes("a[href$='/continue/']")
    assert firm.page.url.endswith("/sections/basics/#question-Q1")


def fills_in_the_first_section(firm):
    page = firm.page
    firm.finds_the_page_good()
    page.check('[name=Q1][value="B"]')
    page.check('[name=Q1][value="C"]')
    page.fill('[name="Q2.part"]', "35")
    page.fill('[name="Q2.whole"]', "100")
    page.fill("[name=Q3]", "5")
    page.check("[name=Q4][value=yes]")
    page.locator("#question-Q4 [data-save-line]").filter(
        has_text=re.compile(r"\d\d:\d\d")
    ).wait_for()
    expect(page.locator("[data-progress]")).to_contain_text("4")
    expect(page.locator("[data-progress]")).to_contain_text("9")
    firm.finds_the_page_good()
    page.click(".section-end button.btn-primary")
    page.wait_for_url("**/sections/practice/")


def leaves_something_out_and_is_told(firm, language):
    page = firm.page
    page.check('[name=S1][value="2"]')
    page.click(".section-end button.btn-primary")
    page.wait_for_url("**/submissions/*/")
    states = [one.inner_text() for one in page.locator(".task-state").all()]
    assert states == {"zh-CN": ["已完成", "进行中"], "en": ["Done", "In progress"]}[language]
    assert "task-done" in page.locator(".task-state").first.get_attribute("class")
    firm.finds_the_page_good()
    firm.goes("a[href$='/check/']")
    assert page.locator(".not-given").count() == 2, "S2 and Q5 are required and empty"
    firm.goes("main .notice a")
    assert page.url.endswith("/sections/practice/#question-S2")


def fills_in_the_second_section(firm):
    page = firm.page
    page.check('[name="S2.state"][value=not_applicable]')
    page.fill('[name="S2.reason"]', "采购由总部负责")
    page.check('[name=Q5][value="C"]')
    page.fill('[name="Q6.before"]', "3.5")
    page.fill('[name="Q6.after"]', "3")
    page.check('[name="Q7.state"][value=unknown]')
    page.fill("[name=Q8]", "2025-05-01")  # asked since Q5 says that the plan is carried out
    firm.finds_the_page_good()
    page.click(".section-end button.btn-primary")
    page.wait_for_url("**/submissions/*/")


def checks_pledges_and_submits(firm, language):
    page = firm.page
    firm.goes("a[href$='/check/']")
    firm.finds_the_page_good()
    answers = firm.text_of("main")
    for said in ("采购由总部负责", WORDS[language]["unknown"], "2025-05-01", "35"):
        assert said in answers
    assert page.locator(".not-given").count() == 0
    assert WORDS[language]["pledge"] in firm.text_of(".pledge")
    firm.goes("form[action$='/submit/'] button")
    assert page.locator("#pledge-error").is_visible()  # no name stands under it
    firm.finds_the_page_good()
    page.fill("[name=pledge_name]", "陈海")
    firm.goes("form[action$='/submit/'] button")
    assert page.url.endswith("/receipt/")
    firm.finds_the_page_good()
    submission = Submission.unguarded.get(state="submitted", pledge_name="陈海")
    assert firm.text_of(".receipt-number") == submission.receipt
    return submission


def sees_the_result_finish_by_itself(firm, gate):
    page = firm.page
    firm.goes("main a.btn-primary")
    page.locator("#progress [role=progressbar]").wait_for()
    firm.finds_the_page_good()
    gate.set()
    page.locator(".level-name").wait_for()  # nobody pressed anything


def reads_the_result_on_the_first_screen(firm, language):
    assert firm.text_of(".level-name") == LEVEL[language]
    assert WORDS[language]["rank"] in firm.text_of(".level-total")
    assert firm.text_of(".binding")
    standing = re.sub(r"[\d.]+ ?%", "", firm.text_of(".standing"))
    assert re.search(r"\b9\b", standing), f"the eight peers of its city, and itself: {standing}"
    assert firm.page.locator(".step-list li").count() == 3
    for what in (".level-name", ".binding", ".standing", ".step-list li"):
        firm.sees_without_scrolling(what)
    firm.finds_the_page_good()


def reads_the_dimensions_as_rows_first_and_the_radar_second(firm):
    page = firm.page
    order = [one.get_attribute("id") for one in page.locator("main section[id]").all()]
    assert order.index("dimensions") < order.index("profile")
    rows = page.locator("#dimensions > .card-body > .dimension")
    assert rows.count() == 3
    for row in rows.all():
        numbers = row.locator(".dimension-row").first.locator("dl > div").all_inner_texts()
        assert len(numbers) >= 4, "own, middle half, median, n"
        assert row.locator(".dots-own").first.is_visible()
        assert row.locator(".dots-range").first.is_visible()
    titles = [t.split("\n")[0] for t in rows.locator(".dimension-title strong").all_inner_texts()]
    table = page.locator("#profile table tbody th").all_inner_texts()
    assert [title for title in titles if title in table] == table, "the same order everywhere"
    page.locator("#profile .chart canvas, #profile .chart svg").first.wait_for()
    page.click("#why summary")
    firm.need_not_scroll_sideways()


def downloads_the_report(someone, link, language):
    with someone.page.expect_download() as waiting:
        someone.page.locator(link).first.click()
    content = waiting.value.path().read_bytes()
    assert content.startswith(b"%PDF")
    assert waiting.value.suggested_filename.endswith(".pdf")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    other = LEVEL["en" if language == "zh-CN" else "zh-CN"]
    assert LEVEL[language] in text
    assert other not in text


# ---- The consultant ------------------------------------------------------------------------


def opens_the_clients_result_and_report(adviser, submission, language):
    adviser.open("/")
    adviser.finds_the_page_good()
    adviser.goes("main a[href='/clients/']")
    adviser.finds_the_page_good()
    assert submission.organisation.name in adviser.text_of("main")
    downloads_the_report(adviser, "main a[href$='report.pdf']", language)
    adviser.goes(f"main a[href='/results/{submission.pk}/']")
    reads_the_result_on_the_first_screen(adviser, language)
