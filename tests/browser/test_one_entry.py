"""Reading in one history entry (rules R1, R1b, R1c, R2 of docs/quick-exit.md), and links that behave as everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from playwright.sync_api import Route

from tests.browser.conftest import Server
from tests.browser.outside import SEARCH, Outside
from tests.browser.tab import EXIT, PHONE, Tab
from tests.ready import ROOT
from toolkit.texts.languages import LANGUAGES

pytestmark = pytest.mark.leaving

PAGES = ["/en/", "/ms/types/fake-images/", "/ta/first-response/save-evidence/", "/zh-hans/support/wao/"]
FOCUSED = "document.activeElement.id"
LOW = "footer .more a:not(.leave-low)"  # a link at the foot of a page: how to read unseen


@pytest.fixture
def tab(new_context, outside: Outside, guide_server: Server) -> Tab:
    return Tab(new_context(**PHONE)).arrive(outside, guide_server.url + "/en/types/fake-images/")


def click(tab: Tab, selector: str) -> None:
    """A click on a link of the guide, until the page behind it is there."""
    here = tab.page.url
    tab.page.locator(selector).first.evaluate("link => link.click()")
    tab.page.wait_for_url(lambda url: url != here, wait_until="domcontentloaded")


def jump(tab: Tab, anchor: str) -> None:
    """A click on a link to a part of this page."""
    tab.run(f"""(() => {{ const link = document.querySelector("main").appendChild(document.createElement("a"));
        link.href = location.pathname + "{anchor}"; link.click(); }})()""")


@pytest.mark.parametrize("language", LANGUAGES)
def test_five_pages_are_one_entry_and_back_leads_to_where_the_reader_came_from(
    new_context, outside, guide_server, language
):
    tab = Tab(new_context(**PHONE)).arrive(outside, f"{guide_server.url}/{language}/")
    for selector in (
        "main .rows li:nth-child(2) a",
        "main .rows a",
        LOW,
        ".tools .up",
        ".languages a",
    ):
        click(tab, selector)
        assert len(tab.ours()) == 1
    tab.go(-1)
    assert tab.now() == outside.url(SEARCH)


def test_a_jump_inside_the_page_adds_no_entry_and_moves_the_focus_to_the_heading_in_sight(tab: Tab):
    jump(tab, "#report")
    assert tab.page.url.endswith("#report")
    assert tab.run(FOCUSED) == "report"
    assert len(tab.ours()) == 1
    tab.until(lambda: 0 <= tab.page.locator("#report").bounding_box()["y"] < 300)


def test_a_form_whose_answer_fails_does_not_stop_the_exit(new_context, outside: Outside, guide_server: Server):
    tab = Tab(new_context(**PHONE)).arrive(outside, guide_server.url + "/en/search/")
    waiting: list[Route] = []
    tab.page.route("**/en/search/", lambda route: waiting.append(route))
    tab.run("document.querySelector('main form').requestSubmit()")
    tab.until(lambda: bool(waiting))
    with outside.slow():
        tab.touch("Start")
        tab.touch("End")
        assert outside.has_been_asked()
        waiting[0].abort()
        tab.page.wait_for_timeout(300)
    tab.until_at(outside.target)
    assert tab.ours() == []


def test_a_jump_into_a_closed_part_opens_it(tab: Tab):
    jump(tab, "#sources")
    assert tab.run("document.querySelector('#sources').open")
    assert len(tab.ours()) == 1


def test_a_new_page_starts_at_its_top(tab: Tab):
    tab.run("scrollTo(0, 2000)")
    click(tab, LOW)
    assert tab.run("scrollY") == 0


def test_the_way_back_to_the_page_just_read_is_a_link_that_adds_no_entry(tab: Tab, outside: Outside):
    assert tab.page.locator("[data-back]").is_hidden()  # come from elsewhere
    read = tab.page.url
    click(tab, LOW)
    assert tab.page.locator("[data-back]").is_visible()
    click(tab, "[data-back]")
    assert tab.page.url == read
    assert tab.entries()[-2:] == [outside.url(SEARCH), read]


@pytest.mark.parametrize("how", [{"modifiers": ["Control"]}, {"modifiers": ["Shift"]}, {"button": "middle"}])
def test_a_click_that_asks_for_a_new_tab_gets_one(tab: Tab, how):
    here = tab.page.url
    with tab.page.context.expect_page() as opened:
        tab.page.locator(LOW).first.click(**how)
    opened.value.wait_for_url("**/safety/")
    assert tab.page.url == here


# As if pressed by hand, but nothing rings: what counts is whether our script kept the browser from acting.
LEFT_ALONE = """() => {
  const kept = {};
  addEventListener("click", (event) => { kept[event.target.href] = event.defaultPrevented; event.preventDefault(); });
  for (const href of ["tel:999", "https://wa.me/60189888058", "mailto:a@example.org", "sms:15999", "https://example.org/"]) {
    const link = document.querySelector("main").appendChild(document.createElement("a"));
    link.href = href; link.click();
  }
  const file = document.querySelector("main").appendChild(document.createElement("a"));
  file.href = "/file"; file.download = ""; file.click();
  const own = document.querySelector(".tools .up"); own.hash = "#main"; own.pathname = location.pathname; own.click();
  return Object.values(kept);
}"""


def test_calls_messages_mail_files_and_other_sites_are_left_to_the_browser(tab: Tab):
    assert tab.page.evaluate(LEFT_ALONE) == [False] * 6 + [True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_or_link_carries_words_in_an_address(new_context, outside, guide_server, language):
    page = new_context(**PHONE).new_page()
    for path in ("", "types/", "first-response/save-evidence/", "safety/", "nothing-here/"):
        page.goto(f"{guide_server.url}/{language}/{path}")
        assert page.locator("form:not([method=post])").count() == 0
        assert page.locator("a[href^='/'][href*='?']").count() == 0


@pytest.mark.parametrize("tells", [True, False], ids=["tells which button", "of before 2022"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_search_from_home_and_a_change_of_language_in_the_plan_are_one_entry(
    new_context, outside: Outside, guide_server: Server, language, tells
):
    context = new_context(**PHONE)
    if not tells:
        context.add_init_script("delete SubmitEvent.prototype.submitter")
    tab = Tab(context).arrive(outside, f"{guide_server.url}/{language}/")
    page, other = tab.page, "ta" if language == "ms" else "ms"
    page.locator("main #q").fill("telegram")
    page.locator("main form button").click()
    page.locator("main ol > li").first.wait_for()
    assert tab.ours() == [f"{guide_server.url}/{language}/search/"]
    assert page.title() == page.locator("h1").inner_text() + " · " + page.title().rpartition(" · ")[2]
    page.goto(f"{guide_server.url}/{language}/plan/")
    before = len(tab.ours())
    page.locator("main .rows button").first.click()
    # A press while the answer is on its way sends nothing: not this one either.
    page.wait_for_function("() => !document.querySelector('[aria-busy]')")
    page.locator(".tools summary").click()
    page.locator(f"header button[lang={other}]").click()
    page.wait_for_url(f"{guide_server.url}/{other}/plan/")
    assert page.locator("html").get_attribute("lang") == other
    assert page.locator("main h1").count() == 1
    assert len(tab.ours()) == before
    page.locator(EXIT).tap()
    tab.until_at(outside.target)
    assert len(tab.ours()) == before - 1


def test_a_search_from_home_without_an_answer_keeps_the_words_and_says_so(new_context, guide_server: Server):
    page = new_context(**PHONE).new_page()
    page.goto(f"{guide_server.url}/en/")
    page.route("**/search/", lambda route: route.abort())
    page.locator("main #q").fill("my ex")
    page.locator("main form button").click()
    page.get_by_text("What you wrote is still here").wait_for()
    assert page.locator("main #q").input_value() == "my ex"
    assert page.url == f"{guide_server.url}/en/"


def test_the_code_never_adds_an_entry_by_itself():
    code = "".join((ROOT / f"templates/inline/{name}.js").read_text() for name in ("leave", "read", "forms"))
    # The entry that is left is marked, and one whose page is changed whole gets the address of that page: no new one.
    marks = code.replace('history.replaceState(1, "");', "", 1).replace(
        'history.replaceState(null, "", address);', "", 1
    )
    assert not re.search(r"pushState|replaceState|popstate|location\.assign|location\.href\s*=[^=]|window\.open", marks)


def test_any_way_of_reading_ends_with_no_entry_of_ours(browser, outside: Outside, guide_server: Server):
    class Reading(RuleBasedStateMachine):
        @initialize(path=st.sampled_from(PAGES))
        def begin(self, path):
            self.context = browser.new_context(**PHONE)
            self.tabs = [Tab(self.context).arrive(outside, guide_server.url + path)]

        @rule(selector=st.sampled_from(["footer nav a", ".languages a", ".tools .up", "main li a[href^='/']"]))
        def follows_a_link(self, selector):
            tab = self.tabs[-1]
            if tab.page.locator(selector).count():
                tab.page.locator(selector).first.evaluate("link => { window.left = true; link.click(); }")
                tab.page.wait_for_function("() => !window.left && document.readyState !== 'loading'")

        @rule()
        def jumps_to_a_heading(self):
            tab = self.tabs[-1]
            if tab.page.locator("h2[id]").count():
                jump(tab, "#" + tab.page.locator("h2[id]").last.get_attribute("id"))

        @rule()
        def opens_a_tab(self):
            if len(self.tabs) < 3:
                self.tabs[-1].run("document.querySelector('footer details').open = true")  # the sections are folded
                with self.context.expect_page() as opened:
                    self.tabs[-1].page.locator("footer nav a").last.click(modifiers=["Control"])
                # By its address: the empty page that a new tab begins with is loaded already.
                opened.value.wait_for_url(f"{guide_server.url}/**", wait_until="domcontentloaded")
                self.tabs.append(Tab(self.context, opened.value))

        @rule()
        def goes_back_and_forward(self):
            first = self.tabs[0]
            first.go(-1)
            assert first.now() == outside.url(SEARCH)
            first.go(+1)

        @invariant()
        def one_entry_a_tab(self):
            for tab in getattr(self, "tabs", []):
                assert len(tab.ours()) == 1

        def teardown(self):
            if hasattr(self, "tabs"):
                self.tabs[-1].page.locator(EXIT).evaluate("link => link.click()")
                for tab in self.tabs:
                    tab.until_at(outside.target)
                    assert tab.ours() == []
                self.context.close()

    run_state_machine_as_test(
        Reading,
        settings=settings(
            max_examples=6, stateful_step_count=7, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        ),
    )
