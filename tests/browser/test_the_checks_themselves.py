"""Checks that find nothing prove nothing: each is shown a page with the fault it looks for."""

import pytest

pytestmark = pytest.mark.browser

PAGE = '<!doctype html><html lang="zh-CN"><head><title>页</title></head><body>{}</body></html>'


@pytest.fixture
def looking_at(person):
    def show(body: str):
        someone = person()
        someone.page.set_content(PAGE.format(f"<main>{body}</main>"))
        return someone

    return show


def test_axe_reports_an_input_without_a_label(looking_at):
    with pytest.raises(AssertionError, match="label"):
        looking_at("<h1>页</h1><input type='text'>").sees_no_barrier()


def test_axe_reports_text_of_too_little_contrast(looking_at):
    with pytest.raises(AssertionError, match="color-contrast"):
        looking_at("<h1>页</h1><p style='color:#bbb'>看不清</p>").sees_no_barrier()


def test_a_page_that_is_whole_passes(looking_at):
    looking_at("<h1>页</h1><label>名 <input></label>").finds_the_page_good()


def test_sideways_scrolling_is_noticed(looking_at):
    with pytest.raises(AssertionError, match="too wide"):
        looking_at("<div style='width:3000px'>宽</div>").need_not_scroll_sideways()


@pytest.mark.parametrize("words", ["Submit your answers", "提交,然后等待"])
def test_english_and_half_width_marks_on_a_chinese_page_are_noticed(looking_at, words):
    with pytest.raises(AssertionError):
        looking_at(f"<p>{words}</p>").reads_one_language()


def test_what_lies_below_the_first_screen_is_noticed(looking_at):
    someone = looking_at("<div style='height:2000px'></div><p id='low'>低</p>")
    with pytest.raises(AssertionError, match="below"):
        someone.sees_without_scrolling("#low")


def test_a_script_error_is_noticed(looking_at):
    someone = looking_at("<p>页</p>")
    someone.page.evaluate("setTimeout(() => { throw new Error('broken'); }, 0)")
    someone.page.wait_for_timeout(100)
    with pytest.raises(AssertionError, match="broken"):
        someone.had_no_trouble()
