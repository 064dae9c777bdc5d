// Sends what she taps and types at once, one sentence at a time. Until the server has it, a copy lies on her device; it is
// taken away when it has. Without this the form works by its button.
"use strict";
(() => {
  const form = document.getElementById("sentences");
  const status = document.getElementById("status");
  const words = form.dataset;
  const place = `unsent ${location.pathname}`;
  const fields = ["verdict", "wording", "words"];
  let unsent = kept(), isSending = false, timer;

  // ---- the copy: key of a sentence -> its fields and the version of the text that it was said of

  function kept() {
    try { return JSON.parse(localStorage.getItem(place)) || {}; } catch { return {}; }
  }

  function keep() {
    try {
      if (Object.keys(unsent).length) localStorage.setItem(place, JSON.stringify(unsent));
      else localStorage.removeItem(place);
    } catch { /* A device that keeps nothing: it still stands in the form. */ }
  }

  function valueOf(field, key) {
    const found = form.elements[`${field}-${key}`];
    return found ? found.value : "";
  }

  // ---- sending

  function note(key) {
    const said = { version: form.elements.version.value };
    for (const field of fields) said[field] = valueOf(field, key);
    unsent[key] = said;
    keep();
  }

  function later(ms) {
    clearTimeout(timer);
    timer = setTimeout(send, ms);
  }

  async function send() {
    if (isSending) return;
    isSending = true;
    let key;
    while ((key = Object.keys(unsent)[0])) {
      const said = unsent[key], data = new FormData();
      data.set("version", said.version);
      for (const field of fields) if (said[field]) data.set(`${field}-${key}`, said[field]);
      data.set(`words-${key}`, said.words);
      let answer;
      try {
        answer = await fetch(location.pathname, { method: "POST", body: data, headers: { Accept: "application/json" } });
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
        status.textContent = words.wait;
        later(30000);
        break;
      }
      if (unsent[key] === said) delete unsent[key];
      keep();
      const now = await answer.json();
      status.textContent = `${words.saved} · ${words.counted.replace("{read}", now.read).replace("{of}", now.of)}`;
    }
    isSending = false;
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
    if (Object.keys(unsent).length) send();
    else status.textContent = words.saved;
  });
  addEventListener("online", send);

  // ---- what was not sent the last time she was here

  for (const [key, said] of Object.entries(unsent)) {
    for (const field of fields) {
      const found = form.elements[`${field}-${key}`];
      if (found) found.value = said[field];
    }
    const remark = form.elements[`words-${key}`];
    if (remark && said.words) remark.closest("details").open = true;
  }
  send();
})();
