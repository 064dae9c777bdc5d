// The text of a page: an editor over the form's own field, which stays what is saved; the tools above it; what becomes
// of a paste; and how much may still be written. Where a browser is too old for the editor, the field does it all.
"use strict";
(() => {
  const form = document.getElementById("unit");
  const field = form.elements.body;
  const tools = form.querySelector("[data-tools]");
  const holder = document.getElementById("writing");
  const words = holder.dataset;
  const isNew = window.CodeMirror && "adoptedStyleSheets" in document;
  const { chips, boxes } = JSON.parse(document.getElementById("chips").textContent);
  writing.pages = [...tools.querySelector("[data-link]").options].map((one) => one.value).filter(Boolean);

  // ---- the editor; the field follows it, and it follows the field

  let view = null;
  const alone = () => CodeMirror.isolateHistory.of("full");  // a step of its own to undo
  const isPlain = () => !view || holder.hidden;

  function follow() {
    if (!view) return;
    const was = view.state.doc.toString(), now = field.value;
    if (was === now) return;
    const most = Math.min(was.length, now.length);
    let from = 0, same = 0;
    while (from < most && was[from] === now[from]) from++;
    while (same < most - from && was[was.length - 1 - same] === now[now.length - 1 - same]) same++;
    view.dispatch({ changes: { from, to: was.length - same, insert: now.slice(from, now.length - same) }, annotations: alone() });
  }

  function lead({ docChanged, state }) {
    const now = state.doc.toString();
    if (!docChanged || field.value === now) return;
    field.value = now;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // A list and a box go on; Enter on an empty item or line of a box ends it, with the empty line that it needs.
  function goOn({ state, dispatch }) {
    const { head, empty } = state.selection.main, line = state.doc.lineAt(head);
    const item = /^( *)(?:[-*]|(\d{1,3})([.)]))( +)/.exec(line.text);
    const begun = item ? item[0].length : /^ */.exec(line.text)[0].length;
    if (!empty || head < line.from + begun) return false;
    if (begun && begun === line.length) {
      dispatch(state.update({ changes: { from: line.from, to: line.to, insert: "\n" }, selection: { anchor: line.from + 1 }, userEvent: "input" }));
      return true;
    }
    const sign = item ? `${item[1]}${item[2] ? `${Number(item[2]) + 1}${item[3]}` : "-"}${item[4]}` : /^!!! /.test(line.text) && head === line.to ? "    " : "";
    if (!sign) return false;
    dispatch(state.update({ changes: { from: head, insert: `\n${sign}` }, selection: { anchor: head + 1 + sign.length }, userEvent: "input", scrollIntoView: true }));
    return true;
  }

  function bold() {
    around("**");
    return true;
  }

  function open() {
    const { EditorView, history, historyKeymap, insertNewlineKeepIndent, keymap, standardKeymap } = CodeMirror;
    const label = form.querySelector(`label[for="${field.id}"]`);
    label.id ||= `${field.id}_label`;
    label.addEventListener("click", (event) => {
      if (isPlain()) return;
      event.preventDefault();
      view.focus();
    });
    view = new EditorView({
      doc: field.value,
      parent: holder,
      extensions: [
        history(),
        keymap.of([{ key: "Enter", run: (one) => goOn(one) || insertNewlineKeepIndent(one) }, { key: "Mod-b", run: bold }, ...historyKeymap, ...standardKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-labelledby": label.id, "aria-describedby": "writing-keys", tabindex: "0", spellcheck: "true", autocapitalize: "sentences", autocorrect: "on" }),
        EditorView.updateListener.of(lead),
        EditorView.domEventHandlers({ paste: take }),
        writing.looks(chips, boxes),
        writing.problems,
      ],
    });
    field.addEventListener("input", follow);
    addEventListener("pageshow", follow);  // what a browser puts back by itself
    field.addEventListener("go-to-line", (event) => {
      if (isPlain()) return;
      event.preventDefault();
      writing.goTo(view, event.detail);
    });
    document.getElementById("writing-keys").hidden = false;
    showPlain(localStorage.getItem("plain-text") === "yes");
  }

  function showPlain(is) {
    holder.hidden = is;
    field.classList.toggle("behind", !is);
    if (is) field.removeAttribute("aria-hidden");
    else field.setAttribute("aria-hidden", "true");
    field.tabIndex = is ? 0 : -1;
    press("plain", is);
    tools.querySelector("[data-marks]").hidden = is;
  }

  function press(name, is) { tools.querySelector(`[data-${name}]`).setAttribute("aria-pressed", is); }

  // ---- the same for both

  const text = () => (isPlain() ? field.value : view.state.doc.toString());
  const chosen = () => (isPlain() ? { from: field.selectionStart, to: field.selectionEnd } : view.state.selection.main);

  // execCommand keeps what the browser can undo; where it is gone, the text is put in all the same.
  function put(said, { from, to } = chosen()) {
    if (!isPlain()) {
      view.dispatch({ changes: { from, to, insert: said }, selection: { anchor: from + view.state.toText(said).length }, userEvent: "input", scrollIntoView: true, annotations: alone() });
      view.focus();
      return;
    }
    field.focus();
    field.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, said)) {
      field.setRangeText(said, from, to, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function around(mark) {
    const { from, to } = chosen();
    put(mark + (text().slice(from, to) || "…") + mark);
  }

  // ---- the tools

  tools.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const { from, to } = chosen(), said = text().slice(from, to);
    const start = text().lastIndexOf("\n", from - 1) + 1;
    if ("plain" in button.dataset) {
      const is = !isPlain();
      localStorage.setItem("plain-text", is ? "yes" : "");
      showPlain(is);
      (is ? field : view).focus();
    } else if ("marks" in button.dataset) {
      const is = button.getAttribute("aria-pressed") !== "true";
      writing.showMarks(view, is);
      press("marks", is);
    } else if (button.dataset.around) around(button.dataset.around);
    else if (button.dataset.line) put(button.dataset.line, { from: start, to: start });
    else if (button.dataset.box) put(`\n${button.dataset.box}\n    ${said || "…"}\n`);
    else put(`\n## ${said || "…"} {#${writing.anchor(said)}}\n`);
  });
  tools.addEventListener("change", ({ target }) => {
    if (!target.value) return;
    const { from, to } = chosen();
    put("link" in target.dataset ? `[${text().slice(from, to) || "…"}](${target.value})` : target.value);
    target.value = "";
  });

  // ---- a paste: what came is put in as it came, then tidied, so that both are steps that can be undone

  const notice = document.getElementById("tidied");
  let tidied = null;

  function take(event) {
    const clip = event.clipboardData;
    if (!clip) return false;
    const plain = clip.getData("text/plain").replace(/\r\n?/g, "\n");
    const said = writing.pasted(clip.getData("text/html"), plain, text());
    if (!said || said === plain) return false;
    event.preventDefault();
    const { from, to } = chosen();
    const whole = space(text().slice(0, from), said) + said;
    put(plain, { from, to });
    put(whole, { from, to: from + plain.length });
    tidied = { from, said: whole, plain };
    notice.hidden = false;
    return true;
  }
  field.addEventListener("paste", take);

  // A list, a heading or a table stands below an empty line; a list goes on from its own items.
  function space(before, said) {
    const above = before.slice(before.lastIndexOf("\n", before.length - 2) + 1);
    const isItem = /^ *(?:-|\d+\.) /;
    if (!before.trim() || !/^(?:#|- |\d+\. |\|)/.test(said) || (isItem.test(above) && isItem.test(said) && above.endsWith("\n"))) return "";
    return above.endsWith("\n") ? (above.trim() ? "\n" : "") : "\n\n";
  }

  notice.querySelector("button").addEventListener("click", () => {
    const from = text().indexOf(tidied.said, Math.max(0, tidied.from - 2000));
    if (from >= 0) put(tidied.plain, { from, to: from + tidied.said.length });
    notice.hidden = true;
  });

  // ---- how much may still be written: said from nine tenths on

  function count(one) {
    const most = Number(one.dataset.most), line = Number(one.dataset.mostLine);
    const said = document.createElement("p");
    said.className = "hint";
    said.setAttribute("role", "status");
    said.lang = document.documentElement.lang;
    one.after(said);
    const look = () => {
      const longest = line ? one.value.split("\n").reduce((found, row, n) => (row.length > found.length ? { length: row.length, number: n + 1 } : found), { length: 0 }) : { length: 0 };
      const counted = one.value.length > 0.9 * most ? words.count.replace("{n}", one.value.length).replace("{most}", most)
        : longest.length > 0.9 * line ? words.countLine.replace("{line}", longest.number).replace("{n}", longest.length).replace("{most}", line) : "";
      if (said.textContent !== counted) said.textContent = counted;
    };
    one.addEventListener("input", look);
    look();
  }
  form.querySelectorAll("[data-most]").forEach(count);

  // ---- what is wrong, at its line: as the page said it, and then as each saving says it

  function problems() {
    if (!view) return;
    const all = [...document.querySelectorAll("#problems li[data-line]")];
    writing.setProblems(view, all.map((one) => ({ line: Number(one.dataset.line), message: one.dataset.message || one.textContent, isAdvice: one.className === "quiet" })));
  }

  tools.hidden = false;
  if (isNew) {
    open();
    document.getElementById("problems").addEventListener("told", problems);
  } else tools.querySelectorAll("[data-marks], [data-plain]").forEach((one) => { one.hidden = true; });
})();
