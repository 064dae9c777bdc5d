"""One walk over the forms of the rooms: whatever ends the writing, every word is there again, and nothing stays behind."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.staff_server import StaffServer, button, log_out
from toolkit.texts.buttons.program import key_of

PAGE = "laws/penal-code-509"
MAKE = f"""
from tests.under_way import under_way
from django.conf import settings
settings.ALLOWED_HOSTS.append("testserver")
User.objects.get(username="aina").groups.add(Group.objects.get(name="Administrator"))
print(json.dumps(under_way(User.objects.get(username="rina"), {PAGE!r}, "platforms/discord", "polis")))
"""
# Types into all that takes words, as a browser would; in a room with a form for each sentence, into the first three.
TYPE = """(word) => {
  let n = 0, forms = 0;
  const words = [];
  for (const form of document.forms) {
    if ((form.method !== "post" && !("kept" in form.dataset)) || forms > 2) continue;
    const fields = [...form.querySelectorAll("textarea, input:is([type=text], [type=url], [type=email], [type=search]), input:not([type])")]
      .filter((one) => one.name && !one.readOnly);
    if (fields.length) forms += 1;
    for (const one of fields) {
      const said = `${word}n${n++}x`;
      words.push(said);
      one.value = one.value && one.localName === "textarea" ? `${one.value}\\n${said}` : said;
      one.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  return words;
}"""
STANDS = (
    """() => [...document.querySelectorAll("#content textarea, #content input")].map((one) => one.value).join("\\n")"""
)
COPIES = """() => Object.entries(localStorage).filter(([key]) => key.startsWith("typed ")).map(([, copy]) => JSON.parse(copy).address)"""

# A copy of what was typed into the tenth contact, which stands first now, and into one that is gone.
MOVED = """() => {
  const form = document.getElementById("unit"), id = form.elements["contacts-0-id"].value;
  const copy = { id: "0123456789abcdef", address: location.pathname, form: "unit", at: Date.now(), from: "", sent: false,
    rows: { "contacts-9": id, "contacts-0": "gone-since" },
    fields: { "contacts-9-name": "of the tenth", "contacts-0-name": "of one that is gone" } };
  const account = document.querySelector("[data-account]").dataset.account;
  localStorage.setItem(`typed ${account} ${copy.id}`, JSON.stringify(copy));
}"""


def rooms_of(at: dict[str, str]) -> dict[str, str]:
    """Address -> the button that saves what is typed there; "" where it would change what readers see, or far more."""
    return {
        f"/staff/pages/{PAGE}/facts/": "Save draft",
        "/staff/pages/-/plan/steps/get-safe/": "Save draft",
        "/staff/pages/-/plan/questions/types/": "",
        at["calls"]: "",
        at["batch"]: "",
        at["remark"]: "Answer",
        f"/staff/pages/{PAGE}/ta/remarks/": "",
        "/staff/outside/": "",
        "/staff/make/platforms/": "",
        f"/staff/pages/{PAGE}/languages/?at=body..0": "Save as drafts and ask for review",
        "/staff/pages/platforms/bing/address/": "",
        "/staff/find/replace/": "Show the places",
        "/staff/auth/user/add/": "",
        "/staff/owner/": "",
        f"/staff/pages/-/buttons/{key_of('Leave now')}/": "Save draft",
    }


class Walk:
    """She types in every room without a line, and each time something else ends it."""

    def __init__(self, page: Page, rooms: StaffServer) -> None:
        self.page, self.rooms, self.context = page, rooms, page.context
        self.log_in = [one for one in page.context.cookies() if one["name"] == "session"]
        self.ends = cycle([self.close, self.reload, self.press, self.log_in_ends])

    def close(self) -> None:
        """The tab is closed, or the phone takes it away."""
        self.page.close(run_before_unload=False)
        self.context.set_offline(False)
        self.page = self.context.new_page()

    def reload(self) -> None:
        self.context.set_offline(False)
        self.page.reload()

    def press(self) -> None:
        """The button while there is no answer: the form stays as it is."""
        self.send()
        expect(self.page.locator(".kept-said").first).to_contain_text("No answer from the site")
        self.close()

    def log_in_ends(self) -> None:
        self.context.set_offline(False)
        self.context.clear_cookies(name="session")
        self.send()
        if self.page.locator("input[name=pass]").count():
            self.page.wait_for_url("**/staff/login/**")
        else:
            expect(self.page.locator(".kept-said").first).to_contain_text("Your log-in has ended")
        self.context.add_cookies(self.log_in)  # type: ignore[arg-type]
        self.close()

    def send(self) -> None:
        form = "document.querySelector('#content textarea, #content input:not([type=hidden], [type=search])').form"
        self.page.evaluate(f"{form}.requestSubmit({form}.querySelector('button:not([hidden]), [type=submit]'))")

    def type_in(self, number: int, address: str) -> list[str]:
        self.page.goto(address)
        self.context.set_offline(True)
        words: list[str] = self.page.evaluate(TYPE, f"w{number}")
        assert words, address
        next(self.ends)()
        return words

    def finds(self, address: str, words: list[str]) -> list[str]:
        """What is neither in the form nor offered, then what is not in the form once it is put there."""
        self.page.goto(address)
        offered = "\n".join(self.page.locator(".kept-offer").all_text_contents())
        lost = [one for one in words if one not in offered + self.page.evaluate(STANDS)]
        while self.page.get_by_role("button", name="Put it in the form").count():
            self.page.get_by_role("button", name="Put it in the form").first.click()
        stands = self.page.evaluate(STANDS)
        return lost + [one for one in words if one not in stands]


def words_follow_a_fact_that_has_another_place(page: Page) -> None:
    page.goto("/staff/pages/support/awam/facts/")
    page.evaluate(MOVED)
    page.reload()
    button(page, "Put it in the form").click()
    assert page.locator("[name=contacts-0-name]").input_value() == "of the tenth"
    expect(page.locator(".kept-offer")).to_contain_text("of one that is gone")
    expect(page.get_by_role("button", name="Put it in the form")).to_have_count(0)


def test_every_word_in_every_form_is_there_again_and_nothing_stays_after_saving_or_log_out(
    new_context: Callable[..., BrowserContext], rooms: StaffServer
):
    page = rooms.enter(new_context, "aina")
    page.context.set_default_timeout(60_000)
    page.context.on("dialog", lambda dialog: dialog.accept())
    at = rooms_of(rooms.python(MAKE))
    walk = Walk(page, rooms)
    typed = {address: walk.type_in(number, address) for number, address in enumerate(at)}
    lost: dict[str, Any] = {}
    for address, save in at.items():
        if missing := walk.finds(address, typed[address]):
            lost[address] = missing
        if save:
            with walk.page.expect_navigation():
                button(walk.page, save).first.click()
            if address in walk.page.evaluate(COPIES):
                lost[address] = "a copy stays"
    assert lost == {}
    words_follow_a_fact_that_has_another_place(walk.page)
    walk.page.goto("/staff/")
    log_out(walk.page)
    assert walk.page.evaluate(COPIES) == []
