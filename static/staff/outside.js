// Sends what she taps and types at once, one sentence at a time. Until the server has it, a copy lies on her device; it is
// taken away when it has. Without this the form works by its button.
"use strict";
(() => {
  const form = document.getElementById("sentences");
  const status = document.getElementById("status");
  const words = form.dataset;
  // One copy for each sentence, whichever part of her texts it stands in: when, where it goes, and what she said of it.
  const prefix = `unsent ${words.link} `;
  const fields = ["verdict", "wording", "words"];
  const unsent = kept(), mine = new Set();
  let isSending = false, timer;

  // ---- the copy

  function kept() {
    const found = [];
    try {
      for (const place of Object.keys(localStorage)) {
        if (place.startsWith(prefix)) found.push([place, JSON.parse(localStorage.getItem(place))]);
      }
    } catch { /* A device that keeps nothing: it still stands in the form. */ }
    return new Map(found.sort(([, one], [, other]) => one.at - other.at));
  }

  function keep(place, said) {
    try {
      if (said) localStorage.setItem(place, JSON.stringify(said));
      else localStorage.removeItem(place);
    } catch { /* As above. */ }
  }

  // Whether another window has not sent it, or said something newer, since this one was opened.
  function isStanding(place, said) {
    if (mine.has(place)) return true;
    try { return localStorage.getItem(place) === JSON.stringify(said); } catch { return true; }
  }

  function valueOf(field, key) {
    const found = form.elements[`${field}-${key}`];
    return found ? found.value : "";
  }

  // ---- sending

  function note(key) {
    const said = { at: Date.now(), to: location.pathname, key, version: form.elements.version.value };
    for (const field of fields) said[field] = valueOf(field, key);
    const place = `${prefix}${said.to} ${key}`;
    unsent.set(place, said);
    mine.add(place);
    keep(place, said);
  }

  function later(ms) {
    clearTimeout(timer);
    timer = setTimeout(send, ms);
  }

  async function send() {
    if (isSending) return;
    isSending = true;
    const refused = new Set();
    let next;
    while ((next = [...unsent].find(([place]) => !refused.has(place)))) {
      const [place, said] = next, data = new FormData();
      if (!isStanding(place, said)) {
        unsent.delete(place);
        continue;
      }
      data.set("version", said.version);
      for (const field of fields) if (said[field]) data.set(`${field}-${said.key}`, said[field]);
      data.set(`words-${said.key}`, said.words);
      let answer;
      try {
        answer = await fetch(said.to, { method: "POST", body: data, headers: { Accept: "application/json" } });
      } catch {
        status.textContent = words.lost;
        later(10000);
        break;
      }
      if (answer.status === 410) {
        status.textContent = words.ended;
        break;
      }
      if (!answer.ok) {
        refused.add(place);
        continue;
      }
      if (unsent.get(place) === said) {
        unsent.delete(place);
        keep(place);
      }
      const now = await answer.json();
      if (said.to !== location.pathname) continue;
      status.textContent = `${words.saved} · ${words.counted.replace("{read}", now.read).replace("{of}", now.of)}`;
    }
    isSending = false;
    if (refused.size) {
      status.textContent = words.wait;
      later(30000);
    }
  }

  form.addEventListener("change", ({ target }) => {
    note(target.closest("[data-key]").dataset.key);
    send();
  });
  form.addEventListener("input", ({ target }) => {
    if (target.tagName !== "TEXTAREA") return;
    note(target.closest("[data-key]").dataset.key);
    later(1500);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (unsent.size) send();
    else status.textContent = words.saved;
  });
  addEventListener("online", send);

  // ---- what was not sent the last time she was here

  for (const said of unsent.values()) {
    if (said.to !== location.pathname) continue;
    for (const field of fields) {
      const found = form.elements[`${field}-${said.key}`];
      if (found) found.value = said[field];
    }
    const remark = form.elements[`words-${said.key}`];
    if (remark && said.words) remark.closest("details").open = true;
  }
  send();
})();
