// Keeps a copy of what she types in any form of the rooms on this device, until the server has it (toolkit/admin/entering/
// kept.py says so), and offers it when she comes back. Nothing of the log-in is ever copied; logging out takes it all away.
// It also asks for an answer before a form is sent, so that no error page of the browser takes the form's place.
"use strict";
(() => {
  const words = document.currentScript.dataset, account = words.account;
  const ALL = "typed ", mine = `${ALL}${account} `;
  const here = location.pathname + location.search;
  const TYPED = "textarea, input:not([type]), input:is([type=text], [type=url], [type=email], [type=tel], [type=number], [type=date], [type=datetime-local], [type=time], [type=search])";
  const NO_VALUE = ["hidden", "password", "file", "submit", "button", "image", "reset", "fieldset", "output"];
  const ROW = /^(([a-z_]+-)\d+)(-.+)$/;
  const kept = new Map();  // form -> what is known of it
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("staff") : null;
  let isOut = false;  // logged out, or someone else has logged in, in another window: nothing more is written

  // ---- the copies on this device: "typed <account> <id>" -> {id, address, form, at, from, rows, fields, sent}

  function keys(start) {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(start)); } catch { return []; }
  }

  function copies() {
    return keys(mine).flatMap((key) => {
      try { return [JSON.parse(localStorage.getItem(key))]; } catch { return []; }
    }).sort((one, other) => one.at - other.at);
  }

  function write(copy) { localStorage.setItem(mine + copy.id, JSON.stringify(copy)); }

  function drop(id) { for (const key of keys(ALL)) if (key.endsWith(` ${id}`)) localStorage.removeItem(key); }

  function newId() { return [...crypto.getRandomValues(new Uint8Array(8))].map((one) => one.toString(16).padStart(2, "0")).join(""); }

  // ---- what stands in a form

  function controls(form) {
    const seen = {};
    return [...form.elements].filter((one) => one.name && !NO_VALUE.includes(one.type)).map((one) => {
      const name = one.type === "checkbox" || one.type === "radio" ? `${one.name}=${one.value}` : one.name;
      seen[name] = (seen[name] || 0) + 1;
      return [seen[name] > 1 ? `${name} ${seen[name]}` : name, one];
    });
  }

  function valueOf(one) {
    if (one.type === "checkbox" || one.type === "radio") return one.checked;
    return one.multiple && one.options ? [...one.selectedOptions].map((option) => option.value).join("\n") : one.value;
  }

  function begunAs(one) {
    if (one.type === "checkbox" || one.type === "radio") return one.defaultChecked;
    if (!one.options) return one.defaultValue;
    const chosen = [...one.options].filter((option) => option.defaultSelected).map((option) => option.value);
    return one.multiple ? chosen.join("\n") : chosen[0] ?? (one.options[0] ? one.options[0].value : "");
  }

  function put(one, value) {
    if (one.type === "checkbox" || one.type === "radio") one.checked = value;
    else if (one.multiple && one.options) for (const option of one.options) option.selected = value.split("\n").includes(option.value);
    else one.value = value;
    for (const type of ["input", "change"]) one.dispatchEvent(new Event(type, { bubbles: true }));
  }

  function stateOf(form, read = valueOf) { return Object.fromEntries(controls(form).map(([name, one]) => [name, read(one)])); }

  // What she has changed since the server gave the form, or had it.
  function changed(form) {
    const base = kept.get(form).base;
    return Object.fromEntries(Object.entries(stateOf(form)).filter(([name, value]) => base[name] !== value));
  }

  function stands(fields, form) {
    const now = stateOf(form);
    return Object.entries(fields).every(([name, value]) => now[name] === value);
  }

  function begunFrom(form) {
    const apart = ["csrfmiddlewaretoken", "pass", "copy", "next", "replaces"];
    return [...form.elements].filter((one) => one.type === "hidden" && !apart.includes(one.name)).map((one) => one.value).join(" ");
  }

  // Facts stand in numbered rows: which fact each row was that something was typed in, by its short name ("": a new one).
  function rowsOf(fields, base) {
    const rows = Object.keys(fields).map((name) => (name.match(ROW) || [])[1]);
    return Object.fromEntries(rows.filter((row) => `${row}-id` in base).map((row) => [row, base[`${row}-id`]]));
  }

  // Where in the form a field of a copy belongs: rows move when a colleague adds or takes away a fact. "": nowhere.
  function placeOf(name, copy, base) {
    const [, row, kind, rest] = name.match(ROW) || [], fact = copy.rows && copy.rows[row];
    let at = name;
    if (fact !== undefined && base[`${row}-id`] !== fact) {
      const id = fact && Object.keys(base).find((one) => one.startsWith(kind) && one.match(/^[a-z_]+-\d+-id$/) && base[one] === fact);
      at = id ? id.slice(0, -3) + rest : "";
    }
    return at in base ? at : "";
  }

  // ---- keeping

  function note(form, sent = kept.get(form).sent) {
    const known = kept.get(form);
    if (isOut) return;
    const fields = changed(form), last = JSON.stringify([fields, sent]);
    if (last === known.last) return;
    known.last = last;
    known.sent = sent;
    if (!Object.keys(fields).length) return drop(known.id);
    try {
      write({ id: known.id, address: here, form: known.name, at: Date.now(), from: begunFrom(form), rows: rowsOf(fields, known.base), fields, sent });
      if (known.isBare) say(form, "");
      known.isBare = false;
    } catch {
      if (!known.isBare) say(form, words.bare);
      known.isBare = true;
    }
  }

  function reached(form) {
    const known = kept.get(form);
    Object.assign(known, { base: stateOf(form), last: "", sent: false, isBare: false });
    drop(known.id);
  }

  function say(form, text, address, name) {
    let said = form.querySelector(".kept-said");
    if (!said) {
      said = document.createElement("p");
      said.className = "kept-said notice bad";
      said.setAttribute("role", "status");
      const buttons = [...form.querySelectorAll(".buttons")].pop();
      if (buttons) buttons.before(said);
      else form.append(said);
    }
    said.hidden = !text;
    said.textContent = text;
    if (address) said.append(" ", link(address, name, "_blank"));
  }

  function link(address, name, target) {
    const made = document.createElement("a");
    Object.assign(made, { href: address, textContent: name });
    if (target) Object.assign(made, { target, rel: "noopener" });
    return made;
  }

  // ---- sending: only when the server answers, and to her own account

  async function ask() {
    const answer = await fetch(words.here, { headers: { Accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(10000) });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  function hidden(form, name, value) {
    const field = form.querySelector(`input[type=hidden][name=${name}]`) || form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
    field.value = value;
  }

  async function mayGo(form) {
    let told;
    try { told = await ask(); } catch {
      say(form, kept.has(form) && !kept.get(form).isBare ? `${words.lost} ${words.copied}` : words.lost);
      return false;
    }
    // A form with a pass is kept by the server whoever is logged in (toolkit/admin/drafting/editing.py).
    const isMine = String(told.account ?? "") === account;
    if (!isMine && !form.elements.pass && form.id !== "logout-form") {
      if (told.account) say(form, words.other);
      else say(form, words.ended, words.login, words.logIn);
      return false;
    }
    if (isMine) isOut = false;
    // After a log-in in another window the old token is good no more.
    if (form.querySelector("input[name=csrfmiddlewaretoken]")) hidden(form, "csrfmiddlewaretoken", told.token);
    return true;
  }

  const going = new Set();
  async function send(event) {
    const form = event.target;
    if ((form.method !== "post" && !kept.has(form)) || form.target || going.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const known = kept.get(form), { submitter } = event;
    if (form.isAsking) return;
    form.isAsking = true;
    if (known) note(form);
    if (form.id === "logout-form") {
      // What saves by itself does it now.
      const saving = [];
      for (const one of kept.keys()) one.dispatchEvent(new CustomEvent("flush", { detail: saving }));
      await Promise.all(saving);
    }
    const isGood = await mayGo(form);
    form.isAsking = false;
    if (!isGood) return;
    say(form, "");
    if (known) {
      if (form.method === "post") hidden(form, "copy", known.id);
      note(form, true);
    }
    going.add(form);
    form.requestSubmit(submitter);
    going.delete(form);
  }

  // ---- offering

  function shown(copy) {
    const more = document.createElement("details"), name = document.createElement("summary");
    name.textContent = words.show;
    more.append(name, ...Object.values(copy.fields).filter((value) => typeof value === "string" && value).map((value) => {
      const text = document.createElement("div");
      text.className = "text";
      text.textContent = value;
      return text;
    }));
    return more;
  }

  function offer(copy, form) {
    const at = new Date(copy.at), today = at.toDateString() === new Date().toDateString();
    const time = at.toLocaleString(document.documentElement.lang, { timeStyle: "short", ...(today ? {} : { dateStyle: "medium" }) });
    const notice = document.createElement("div"), said = document.createElement("p"), buttons = document.createElement("div");
    notice.className = "notice work kept-offer";
    notice.dataset.copy = copy.id;
    said.textContent = (copy.address === here ? words.wrote : words.wroteThere).replace("{time}", time);
    if (form && copy.from !== begunFrom(form)) said.textContent += ` ${words.newer}`;
    buttons.className = "buttons";
    const press = (text, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "button plain", textContent: text });
      made.addEventListener("click", () => { act(); notice.remove(); });
      buttons.append(made);
    };
    if (form && placesOf(copy, form).some(([, at]) => at)) press(words.put, () => putIn(copy, form));
    else if (copy.address !== here) buttons.append(Object.assign(link(copy.address, words.go), { className: "button plain" }));
    press(words.drop, () => drop(copy.id));
    notice.append(said, shown(copy), buttons);
    const content = document.getElementById("content"), title = content.querySelector("h1");
    if (title) title.after(notice);
    else content.prepend(notice);
  }

  function placesOf(copy, form) {
    const base = stateOf(form, begunAs);
    return Object.keys(copy.fields).map((name) => [name, placeOf(name, copy, base)]);
  }

  function keepBeside(copy, form, fields) {
    const other = { ...copy, id: newId(), fields };
    try { write(other); } catch { /* It stays in what the browser can undo. */ }
    offer(other, form);
  }

  function putIn(copy, form) {
    const now = changed(form);
    // What she has typed here meanwhile is offered in its turn.
    if (Object.keys(now).length && !stands(copy.fields, form)) {
      keepBeside({ ...copy, at: Date.now(), from: begunFrom(form), rows: rowsOf(now, kept.get(form).base) }, form, now);
    }
    // The draft that it takes the place of stays in the history.
    if (form.elements.pass) hidden(form, "replaces", "1");
    const places = placesOf(copy, form), named = Object.fromEntries(controls(form));
    let first;
    for (const [name, at] of places) {
      if (!at) continue;
      const one = named[at];
      put(one, copy.fields[name]);
      for (let around = one.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
      first ||= one;
    }
    note(form);
    // A fact that is gone from this form: its words stay where she can read them.
    const left = places.filter(([name, at]) => !at && typeof copy.fields[name] === "string" && copy.fields[name]);
    if (left.length) keepBeside(copy, form, Object.fromEntries(left.map(([name]) => [name, copy.fields[name]])));
    if (left.length || keys(mine + kept.get(form).id).length) drop(copy.id);
    if (first) first.focus();
  }

  // What came back in the form with what is wrong stays a copy; what the server has is none any more.
  function settle(copy, form) {
    if (!stands(copy.fields, form)) return false;
    drop(copy.id);
    if (copy.sent) for (const name of Object.keys(copy.fields)) delete kept.get(form).base[name];
    note(form);
    return true;
  }

  function isSent(key) {
    try { return JSON.parse(localStorage.getItem(key)).sent; } catch { return true; }
  }

  function takenAway() {
    const [, id] = document.cookie.match(/(?:^|; )taken=([0-9a-f]+)/) || [];
    if (!id) return;
    document.cookie = `taken=; path=${words.path}; max-age=0`;
    // Taken in, and refused: the form is shown anew without it.
    if (document.querySelector(".messagelist .error")) return;
    // What she typed after it was sent, while the answer was on its way, has not reached the server.
    for (const key of keys(ALL)) if (key.endsWith(` ${id}`) && isSent(key)) localStorage.removeItem(key);
  }

  // ---- this page

  takenAway();
  if (document.body.classList.contains("logged-out")) {
    for (const key of keys(ALL)) localStorage.removeItem(key);
    if (channel) channel.postMessage("");
  }
  if (!account || document.body.classList.contains("log-in")) return;
  for (const key of keys(ALL)) if (!key.startsWith(mine)) localStorage.removeItem(key);
  if (channel) {
    channel.postMessage(account);
    channel.addEventListener("message", ({ data }) => { isOut = data !== account; });
  }

  for (const form of document.forms) {
    // A question to the site is kept where it says so: what is asked then stands in the address.
    const typed = (form.method === "post" || "kept" in form.dataset) && form.querySelector(TYPED);
    if (!typed || form.querySelector("[type=password], [autocomplete=one-time-code]")) continue;
    kept.set(form, { id: newId(), name: form.id || typed.id || typed.name, base: stateOf(form, begunAs), last: "", sent: false, isBare: false });
    for (const type of ["input", "change"]) form.addEventListener(type, () => note(form, false));
    form.addEventListener("reached", () => reached(form));
  }
  for (const copy of copies()) {
    if ((copy.address === here || copy.sent) && [...kept.keys()].some((form) => kept.get(form).name === copy.form && settle(copy, form))) continue;
    if (copy.address === here) offer(copy, [...kept.keys()].find((form) => kept.get(form).name === copy.form));
    else if (location.pathname === words.start) offer(copy);
  }
  const noteAll = () => { for (const form of kept.keys()) note(form); };
  noteAll();

  document.addEventListener("submit", send, true);
  addEventListener("pagehide", noteAll);
  document.addEventListener("visibilitychange", noteAll);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) for (const [form, known] of kept) if (known.sent && !keys(mine + known.id).length) reached(form);
  });
  // She is asked only where her words would be gone.
  let isLeaving = false;
  document.getElementById("logout-form")?.addEventListener("submit", () => { isLeaving = true; });
  addEventListener("beforeunload", (event) => {
    const isLost = ([form, known]) => known.isBare && !known.sent && Object.keys(changed(form)).length;
    if (isLeaving ? copies().length : [...kept].some(isLost)) event.preventDefault();
    isLeaving = false;
  });
  addEventListener("storage", ({ key, newValue }) => {
    if (key && !newValue) document.querySelector(`[data-copy="${key.split(" ").pop()}"]`)?.remove();
  });
})();
