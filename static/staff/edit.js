// The screen of one text: saves the draft as she writes, shows what is wrong and how a phone will show it. Without it the
// form works by its buttons. What she writes in is writing/field.js.
"use strict";
(() => {
  const form = document.getElementById("unit");
  const saved = document.getElementById("saved");
  const problems = document.getElementById("problems");
  const live = document.getElementById("live-preview");
  const words = form.dataset;
  let timer, underWay, isDirty = false, isSaving = false, isStopped = false;

  // What is wrong leads to its field, within a fact that is folded up or not.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field || !form.contains(field)) return;
    for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    if (!field.matches("input, select, textarea")) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });

  // ---- saving (the form's buttons are called "action", which hides form.action)

  function say(text, address, name) {
    saved.textContent = text;
    if (address) {
      const link = document.createElement("a");
      link.href = address;
      link.textContent = name;
      saved.append(" ", link);
      return link;
    }
  }

  async function save() {
    if (isSaving || isStopped) return;
    isSaving = true;
    isDirty = false;
    const data = new FormData(form);
    data.set("action", "save");
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: data, headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (answer.status === 401) stop(told.said, told.login, words.logIn);
      else if (answer.status === 410) {
        stop(told.said, told.address, told.name);
        if (!isDirty) form.dispatchEvent(new Event("reached"));
      } else if (answer.status === 409) {
        // Both are shown by the server, which has to have this window's for that.
        stop(told.said, "#unit", words.other).addEventListener("click", (event) => {
          event.preventDefault();
          form.requestSubmit();
        });
      }
      else if (!answer.ok) throw new Error(answer.status);
      else show(told);
    } catch {
      isDirty = true;
      say(words.lost);
      later(10000);
    }
    isSaving = false;
    if (isDirty && !isStopped) later(1000);
  }

  // After this the form's own buttons still send everything that stands in it.
  function stop(said, address, name) {
    isStopped = true;
    return say(said, address, name);
  }

  function show(told) {
    form.elements.version.value = told.version;
    // What it took the place of is put aside once, not each time that it saves by itself.
    if (form.elements.replaces) form.elements.replaces.remove();
    // keep.js takes its copy away.
    if (!isDirty) form.dispatchEvent(new Event("reached"));
    say(told.said);
    problems.hidden = !told.problems.length;
    problems.querySelector("ul").innerHTML = told.problems;
    leadToLines();
    if (live) preview(told.preview);
  }

  function later(ms) {
    clearTimeout(timer);
    timer = setTimeout(() => { underWay = save(); }, ms);
  }

  form.addEventListener("input", () => {
    isDirty = true;
    if (!isStopped) later(1200);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    isDirty = false;
    isStopped = true;
    if (!isSaving) return;
    // What is being saved just now gives the draft a new number, without which the form would seem to be of another window.
    event.preventDefault();
    underWay.then(() => form.requestSubmit(event.submitter));
  });
  // Asked by keep.js before she logs out.
  form.addEventListener("flush", ({ detail }) => {
    if (!isDirty || isStopped) return;
    clearTimeout(timer);
    underWay = Promise.resolve(underWay).then(save);
    detail.push(underWay);
  });
  addEventListener("beforeunload", (event) => { if (isDirty) event.preventDefault(); });

  // A search leads to a fact, or (below) to a line of the text.
  const found = document.getElementById(location.hash.slice(1));
  if (found && found.localName === "details") found.open = true;

  // ---- the preview

  function preview(address) {
    if (!address) return;
    const frame = live.querySelector("iframe");
    const at = frame.contentWindow && frame.src ? frame.contentWindow.scrollY : 0;
    frame.onload = () => frame.contentWindow.scrollTo(0, at);
    frame.hidden = live.hidden = false;
    frame.src = address;
  }
  if (live) preview(live.dataset.src);

  // ---- from a problem to its line

  const body = form.elements.body;

  function leadToLines() {
    if (!body) return;
    for (const item of problems.querySelectorAll("li[data-line]")) {
      const jump = document.createElement("button");
      jump.type = "button";
      jump.className = "line";
      jump.textContent = item.dataset.line;
      jump.addEventListener("click", () => goTo(Number(item.dataset.line)));
      item.querySelector(".at")?.remove();
      item.prepend(jump, " ");
    }
    problems.dispatchEvent(new Event("told"));
  }
  leadToLines();

  function goTo(line) {
    if (!body.dispatchEvent(new CustomEvent("go-to-line", { detail: line, cancelable: true }))) return;
    const start = body.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    const end = body.value.indexOf("\n", start);
    body.focus();
    body.setSelectionRange(start, end < 0 ? body.value.length : end);
  }

  const line = body && location.hash.match(/^#line-(\d+)$/);
  if (line) goTo(Number(line[1]));
})();
