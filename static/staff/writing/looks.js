// How a text of the guide looks while it is written: its marks stay in it, and are hidden where nobody writes.
"use strict";
window.writing ||= {};
(() => {
  const { Decoration, EditorView, StateEffect, StateField, ViewPlugin, WidgetType } = CodeMirror;
  // As toolkit/texts/words/grammar.py reads them.
  const DIRECTIVE = /\{\{ *([a-z]+(?:-[a-z]+)*) +([a-z0-9]+(?:-[a-z0-9]+)*) *\}\}/g;
  const HEADING = /^(#{2,3} +)(.*?)( *\{#[^{}]*\})? *$/;
  const BOX = /^(!!! *(\w+) *)(".*")? *$/;
  const ITEM = /^( *)(?:([-*])|\d{1,3}[.)]) +/;
  const BOLD = /\*\*(?=\S)([^*]+?)\*\*/g;
  const ITALIC = /(?<!\*)\*(?=[^\s*])([^*]+?)(?<!\s)\*(?!\*)/g;
  const LINK = /\[([^[\]]{1,300})\](\([^()\s]{1,300}\))/g;
  const LONGEST = 5000;  // of a line that is looked at

  const showMarks = StateEffect.define();
  const marksShown = StateField.define({
    create: () => false,
    update: (is, { effects }) => effects.reduce((now, one) => (one.is(showMarks) ? one.value : now), is),
  });

  // ---- what stands in the place of what is typed

  class Shown extends WidgetType {
    constructor(style, name, fact, title) {
      super();
      Object.assign(this, { style, name, fact, title });
    }

    eq(other) { return ["style", "name", "fact", "title"].every((one) => this[one] === other[one]); }

    toDOM() {
      const chip = document.createElement("span");
      chip.className = this.style;
      if (this.title) chip.title = this.title;
      for (const said of [this.name, this.fact].filter(Boolean)) {
        const part = document.createElement(said === this.name ? "b" : "span");
        part.textContent = said;
        if (chip.childNodes.length) chip.append(" ");
        chip.append(part);
      }
      return chip;
    }

    ignoreEvent() { return false; }
  }

  const HIDDEN = Decoration.replace({});
  const marks = (style) => Decoration.mark({ class: style });
  const row = (style) => Decoration.line({ class: style });
  const DIM = marks("w-mark"), STRONG = marks("w-bold"), SLANTED = marks("w-italic"), LINKED = marks("w-link"), TITLE = marks("w-title"), UNKNOWN = marks("w-unknown");
  const BULLET = Decoration.replace({ widget: new Shown("w-bullet", "•") });

  function built(state, ranges, chips, boxes, hasFocus) {
    const found = [], whole = [];
    const isShown = state.field(marksShown);
    const add = (from, to, what) => { if (from < to) found.push(what.range(from, to)); };
    const isHere = (line) => isShown || (hasFocus && state.selection.ranges.some((one) => one.from <= line.to && one.to >= line.from));
    const kinds = inBoxes(state.doc);
    for (const { from, to } of ranges) {
      for (let at = from; at <= to;) {
        const line = state.doc.lineAt(at);
        at = line.to + 1;
        if (line.length <= LONGEST) look(line, isHere(line), kinds.get(line.number));
      }
    }
    return { looks: Decoration.set(found, true), whole: Decoration.set(whole, true) };

    function look(line, isOpen, kind) {
      const mark = (from, to) => add(line.from + from, line.from + to, isOpen ? DIM : HIDDEN);
      const text = line.text;
      if (kind) {
        found.push(row(`w-box w-${kind}`).range(line.from));
        if (text.startsWith("    ") && !isShown) {
          add(line.from, line.from + 4, HIDDEN);
          whole.push(HIDDEN.range(line.from, line.from + 4));
        }
      }
      let match;
      if ((match = HEADING.exec(text))) {
        found.push(row(match[1].startsWith("###") ? "w-h3" : "w-h2").range(line.from));
        mark(0, match[1].length);
        if (match[3]) mark(match[1].length + match[2].length, text.trimEnd().length);
      } else if ((match = BOX.exec(text))) {
        found.push(row("w-box-top").range(line.from));
        if (isOpen) add(line.from, line.from + match[1].length, DIM);
        else add(line.from, line.from + match[1].length, Decoration.replace({ widget: new Shown("w-kind", boxes[match[2]] || match[2]) }));
        if (match[3]) {
          mark(match[1].length, match[1].length + 1);
          add(line.from + match[1].length + 1, line.from + match[1].length + match[3].length - 1, TITLE);
          mark(match[1].length + match[3].length - 1, match[1].length + match[3].length);
        }
        return;
      } else if ((match = ITEM.exec(kind ? text.slice(4) : text))) {
        const begins = line.from + (kind ? 4 : 0) + match[1].length;
        found.push(row(`w-item w-deep-${Math.min(Math.floor(match[1].length / 2), 3)}`).range(line.from));
        if (match[2] && !isOpen) add(begins, begins + 1, BULLET);
      } else if (/^ *\|/.test(text)) found.push(row("w-table").range(line.from));
      words(line, text, isOpen, mark);
    }

    function words(line, text, isOpen, mark) {
      for (const one of text.matchAll(DIRECTIVE)) {
        const said = `${one[1]} ${one[2]}`, begins = line.from + one.index, ends = begins + one[0].length;
        const chip = chips[said];
        if (!chip) add(begins, ends, UNKNOWN);
        else if (isShown) add(begins, ends, DIM);
        else {
          const isAlone = text.trim() === one[0];
          const widget = new Shown(isAlone ? "w-chip w-card" : "w-chip", chip[0], chip[1], one[0]);
          add(begins, ends, Decoration.replace({ widget }));
          whole.push(HIDDEN.range(begins, ends));
        }
      }
      for (const [pattern, width, looks] of [[BOLD, 2, STRONG], [ITALIC, 1, SLANTED]]) {
        for (const one of text.matchAll(pattern)) {
          const ends = one.index + one[0].length;
          mark(one.index, one.index + width);
          add(line.from + one.index + width, line.from + ends - width, looks);
          mark(ends - width, ends);
        }
      }
      for (const one of text.matchAll(LINK)) {
        const begins = one.index + 1, ends = begins + one[1].length;
        mark(one.index, begins);
        add(line.from + begins, line.from + ends, LINKED);
        mark(ends, ends + 1 + one[2].length);
      }
    }
  }

  // The kind of box that each line stands in: line number -> kind.
  function inBoxes(doc) {
    const found = new Map();
    if (doc.lines > 20000) return found;
    let kind = "", number = 0, blank = [];
    for (let lines = doc.iterLines(), next = lines.next(); !next.done; next = lines.next()) {
      const text = next.value.slice(0, LONGEST), match = BOX.exec(text);
      number++;
      if (match) kind = match[2];
      else if (kind && !text.trim()) { blank.push(number); continue; }
      else if (kind && !text.startsWith("    ")) kind = "";
      if (kind && !match) for (const one of blank) found.set(one, kind);
      blank = [];
      if (kind) found.set(number, kind);
    }
    return found;
  }

  // ``chips``: "kind id" -> [name, fact]; ``boxes``: kind -> its name.
  writing.looks = (chips, boxes) => {
    const none = { looks: Decoration.none, whole: Decoration.none };
    const plugin = ViewPlugin.fromClass(class {
      constructor(view) { Object.assign(this, none, built(view.state, view.visibleRanges, chips, boxes, view.hasFocus)); }

      update(update) {
        const isNew = update.docChanged || update.selectionSet || update.viewportChanged || update.focusChanged;
        if (isNew || update.transactions.some((one) => one.effects.some((effect) => effect.is(showMarks)))) {
          Object.assign(this, built(update.state, update.view.visibleRanges, chips, boxes, update.view.hasFocus));
        }
      }
    }, {
      decorations: (one) => one.looks,
      provide: (one) => EditorView.atomicRanges.of((view) => view.plugin(one)?.whole || Decoration.none),
    });
    return [marksShown, plugin];
  };
  writing.showMarks = (view, is) => view.dispatch({ effects: showMarks.of(is) });

  // ---- what is wrong, below its line

  const setProblems = StateEffect.define();
  const problems = StateField.define({
    create: () => ({ all: [], set: Decoration.none }),
    update(now, { changes, docChanged, effects, state: { doc } }) {
      const set = effects.find((one) => one.is(setProblems));
      const known = set?.value.filter(({ line }) => line <= doc.lines).map((one) => ({ ...one, at: doc.line(one.line).from }));
      if (!known && !docChanged) return now;
      return placed(doc, known || now.all.map((one) => ({ ...one, at: changes.mapPos(one.at) })));
    },
    provide: (one) => EditorView.decorations.from(one, ({ set }) => set),
  });

  function placed(doc, all) {
    const set = all.flatMap(({ at, isAdvice, message }) => {
      const line = doc.lineAt(at), style = isAdvice ? "w-advice" : "w-wrong";
      const widget = new Shown(`w-message ${style}`, message);
      return [row(`${style}-line`).range(line.from), Decoration.widget({ widget, block: true, side: 1 }).range(line.to)];
    });
    return { all, set: Decoration.set(set, true) };
  }

  const messagesAt = (state, line) =>
    state.field(problems).all.filter(({ at }) => at >= line.from && at <= line.to).map(({ message }) => message);

  // Said when the cursor comes to the line: what stands below it is not read out by itself.
  const said = EditorView.updateListener.of(({ selectionSet, startState, state, view }) => {
    if (!selectionSet) return;
    const line = state.doc.lineAt(state.selection.main.head);
    if (startState.doc.lineAt(startState.selection.main.head).number === line.number) return;
    const messages = messagesAt(state, line);
    if (messages.length) setTimeout(() => view.dispatch({ effects: EditorView.announce.of(messages.join(" ")) }));
  });

  function next(view, step) {
    const { doc, selection } = view.state;
    const here = doc.lineAt(selection.main.head).number;
    const all = view.state.field(problems).all.map(({ at }) => doc.lineAt(at).number).sort((one, other) => (one - other) * step);
    if (!all.length) return false;
    writing.goTo(view, all.find((one) => (one - here) * step > 0) ?? all[0]);
    return true;
  }

  writing.problems = [problems, said, CodeMirror.keymap.of([{ key: "F8", run: (view) => next(view, 1), shift: (view) => next(view, -1) }])];
  writing.setProblems = (view, all) => view.dispatch({ effects: setProblems.of(all) });
  writing.goTo = (view, number) => {
    const line = view.state.doc.line(Math.min(number, view.state.doc.lines));
    view.focus();
    view.dispatch({ selection: { anchor: line.from, head: line.to }, effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
  };
})();
