// What a clipboard holds -> the guide's Markdown. Word, Google Docs and pages come as HTML, WhatsApp as plain text.
// Nothing of it is shown or run: the HTML is parsed into a document of its own, which loads and runs nothing.
"use strict";
window.writing ||= {};
(() => {
  const BLOCKS = new Set("p div section article header footer main aside nav blockquote figure figcaption address dl dt dd hr form fieldset table caption thead tbody tfoot tr td th pre details summary body".split(" "));
  const KNOWN = new Set([...BLOCKS, ..."a b strong span br font ul ol li h1 h2 h3 h4 h5 h6".split(" ")]);
  const UNREAD = new Set(["script", "style", "title"]);  // with all that stands in them
  const DEEPEST = 300;  // of HTML; what is below keeps its words only
  const LISTS_DEEP = 4;
  const BREAK = "\u0001";

  // As toolkit/texts/canonical.py has them. The joiners that Tamil needs are not among them.
  const UNSEEN = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]/g;
  const SPACES = /[\u000b\u000c\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
  const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ue000-\uf8ff]/g;
  // Bullets of Word's symbol fonts.
  const WORD_BULLETS = /^([ \t]*)[\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d\u00b7](?=[ \t\u00a0])/gm;

  const styleOf = (node) => node.getAttribute("data-written") || "";

  // ---- HTML

  class Reader {
    constructor(isFlat) {
      this.isFlat = isFlat;  // in a cell: words only
      this.blocks = [];
      this.runs = [];
      this.lists = [];  // {isOrdered} of the lists that are open
      this.item = null;
    }

    read(node, how, depth) {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) this.say(child.data, how);
        else if (child.nodeType === Node.ELEMENT_NODE) this.element(child, how, depth + 1);
      }
    }

    say(text, { isBold, href, isPre }) {
      const said = isPre ? text.replace(/\r?\n/g, BREAK) : text.replace(/[ \t\r\n]+/g, " ");
      const last = this.runs.at(-1);
      if (last && last.isBold === isBold && last.href === href) last.text.push(said);
      else this.runs.push({ text: [said], isBold, href });
    }

    element(node, how, depth) {
      const name = node.localName, style = styleOf(node);
      if (/display\s*:\s*none/i.test(style)) return;
      if (depth > DEEPEST) { this.say(node.textContent, how); return; }
      if (name === "br") { this.say("\n", { ...how, isPre: true }); return; }
      if (/mso-list\s*:\s*ignore/i.test(style)) return;
      const inside = this.inside(node, name, style, how);
      if (/^h[1-6]$/.test(name)) this.block(node, inside, depth, { level: Number(name[1]) });
      else if (node.classList.contains("MsoTitle")) this.block(node, inside, depth, { level: 1 });
      else if (name === "ul" || name === "ol") this.list(node, name === "ol", inside, depth);
      else if (name === "li") this.block(node, inside, depth, this.itemOf());
      else if (/mso-list\s*:\s*l\d/i.test(style)) this.block(node, inside, depth, wordItem(node, style));
      else if (name === "table" && !this.isFlat && isTable(node)) this.table(node, depth);
      else if (BLOCKS.has(name)) this.block(node, inside, depth, null);
      else this.read(node, inside, depth);
    }

    inside(node, name, style, how) {
      const weight = /font-weight\s*:\s*(\w+)/i.exec(style)?.[1]?.toLowerCase();
      const isBold = weight ? weight === "bold" || weight === "bolder" || Number(weight) >= 600 : name === "b" || name === "strong" || how.isBold;
      const href = name === "a" ? target(node.getAttribute("href") || "") : how.href;
      return { isBold, href, isPre: how.isPre || name === "pre" || /white-space\s*:\s*pre/i.test(style) };
    }

    list(node, isOrdered, how, depth) {
      this.flush();
      const item = this.item;
      this.lists.push({ isOrdered });
      this.read(node, how, depth);
      this.flush();
      this.lists.pop();
      this.item = item;
    }

    itemOf() {
      const { isOrdered } = this.lists.at(-1) || { isOrdered: false };
      return { depth: Math.min(Math.max(this.lists.length - 1, 0), LISTS_DEEP), isOrdered };
    }

    block(node, how, depth, kind) {
      this.flush();
      const before = this.item;
      if (kind) this.item = { ...kind, isBegun: false };
      this.read(node, how, depth);
      this.flush();
      this.item = before;
    }

    table(node, depth) {
      this.flush();
      const rows = [...node.rows].map((row) => [...row.cells].map((cell) => {
        const within = new Reader(true);
        within.read(cell, { isBold: false }, depth);
        within.flush();
        return within.blocks.map((one) => one.text.replaceAll("\n", " ")).join(" ").replaceAll("|", "\\|");
      })).filter((row) => row.some(Boolean));
      if (rows.length) this.blocks.push({ text: asTable(rows), isWhole: true });
    }

    flush() {
      const isHeading = Boolean(this.item?.level);
      const text = this.runs.map((run) => marked(run, isHeading)).join("").replace(/\*\*\*\*/g, "")
        .split(BREAK).map((row) => row.replace(/ {2,}/g, " ").trim()).join("\n").replace(/\n{2,}/g, "\n\n").trim();
      this.runs = [];
      if (!text) return;
      const item = this.item;
      if (isHeading) this.blocks.push({ text: text.replace(/\s+/g, " "), level: item.level });
      else if (item) {
        this.blocks.push({ text, item, isGoingOn: item.isBegun });
        item.isBegun = true;
      } else this.blocks.push({ text });
    }
  }

  function marked({ text, isBold, href }, isHeading) {
    return text.join("").split(BREAK).map((row) => {
      const words = row.trim();
      if (!words) return row;
      let said = words;
      if (href && href !== words) said = `[${words.replace(/[[\]]/g, "")}](${href})`;
      if (isBold && !isHeading && !words.includes("**")) said = `**${said}**`;
      return row.replace(words, () => said);
    }).join(BREAK);
  }

  function wordItem(node, style) {
    const level = Number(/level(\d+)/i.exec(style)?.[1] || 1);
    const sign = [...node.querySelectorAll("[data-written]")].find((one) => /mso-list\s*:\s*ignore/i.test(styleOf(one)));
    return { depth: Math.min(level - 1, LISTS_DEEP), isOrdered: /^\s*\(?[0-9a-z]{1,4}[.)]/i.test(sign?.textContent || "") };
  }

  // One that lays a page out is none.
  function isTable(node) {
    return node.rows.length > 1 && node.rows.length < 2000 && node.rows[0].cells.length > 1 && !node.querySelector("table");
  }

  function asTable(rows) {
    const width = Math.max(...rows.map((row) => row.length));
    const lines = rows.map((row) => `| ${[...row, ...Array(width - row.length).fill("")].join(" | ")} |`);
    lines.splice(1, 0, `|${" --- |".repeat(width)}`);
    return lines.join("\n");
  }

  // A page of the guide without its site and language; another site as it is, so that the check can say where it
  // belongs; "" for what is no address to read.
  function target(href) {
    let url;
    try { url = new URL(href.trim(), location.origin); } catch { return ""; }
    if (/(^|\.)google\.[a-z.]+$/.test(url.hostname) && url.pathname === "/url") return target(url.searchParams.get("q") || "");
    if (url.protocol === "mailto:" || url.protocol === "tel:") return url.href;
    if (url.protocol !== "https:" && url.protocol !== "http:") return "";
    const ours = /^\/(?:en|ms|ta|zh-hans)(\/.*)$/.exec(url.pathname);
    const pages = writing.pages || [];
    if (ours && (pages.includes(ours[1]) || url.origin === location.origin)) return ours[1] + url.hash;
    return url.origin === location.origin ? "" : url.href;
  }

  function asMarkdown(blocks, body) {
    const top = Math.min(...blocks.map((one) => one.level || 9));
    const taken = new Set([...body.matchAll(/\{#([a-z0-9-]+)\}/g)].map((one) => one[1]));
    const widths = [], counts = [];
    const out = [];
    for (const [n, one] of blocks.entries()) {
      let text = one.text;
      const before = blocks[n - 1];
      if (one.level) text = `${one.level === top ? "##" : "###"} ${text} {#${free(writing.anchor(text), taken)}}`;
      if (one.item) {
        const depth = Math.min(one.item.depth, before?.item ? before.item.depth + 1 : 0);
        one.item.depth = depth;
        if (!one.isGoingOn) {
          counts.length = Math.min(counts.length, before?.item ? depth + 1 : 0);
          counts[depth] = one.item.isOrdered ? (counts[depth] || 0) + 1 : 0;
        }
        const sign = one.item.isOrdered ? `${counts[depth]}. ` : "- ";
        if (!one.isGoingOn) widths[depth] = sign.length;
        const indent = " ".repeat(widths.slice(0, depth).reduce((sum, width) => sum + width, 0));
        const below = indent + " ".repeat(widths[depth]);
        text = (one.isGoingOn ? below : indent + sign) + text.replaceAll("\n", `\n${below}`);
      }
      const isTight = one.item && before?.item && !one.isGoingOn && !before.isGoingOn;
      out.push(n ? (isTight ? "\n" : "\n\n") : "", text);
    }
    return out.join("");
  }

  function free(anchor, taken) {
    let found = anchor;
    for (let n = 2; taken.has(found); n++) found = `${anchor}-${n}`;
    taken.add(found);
    return found;
  }

  // Only the tags and attributes that are read: the page's policy would name every other, though the document that is
  // made of them shows and runs nothing. In one pass, whatever stands in it.
  function quiet(html) {
    const small = html.toLowerCase(), out = [];
    for (let at = 0; at < html.length;) {
      const begins = html.indexOf("<", at);
      if (begins < 0) { out.push(html.slice(at)); break; }
      out.push(html.slice(at, begins));
      const isComment = html.startsWith("<!--", begins);
      const name = /^<\/?([a-z][a-z0-9:-]{0,30})/.exec(small.slice(begins, begins + 33))?.[1];
      if (!name && !isComment && !/^<[!?/]/.test(html.slice(begins, begins + 2))) { out.push("&lt;"); at = begins + 1; continue; }
      let ends = isComment ? html.indexOf("-->", begins) + 2 : closing(html, begins);
      if (ends < begins) { out.push(html.slice(begins).replaceAll("<", "&lt;")); break; }
      const tag = html.slice(begins, ends + 1);
      if (UNREAD.has(name) && tag[1] !== "/") {
        const end = small.indexOf(`</${name}`, ends);
        if (end < 0) break;
        ends = closing(html, end);
        if (ends < 0) break;
      } else if (KNOWN.has(name)) out.push(tag[1] === "/" ? `</${name}>` : `<${name}${attributes(tag.slice(name.length + 1))}>`);
      at = ends + 1;
    }
    return out.join("");
  }

  // Where a tag ends: a > in quotes is not the end. -1 where it has none.
  function closing(html, begins) {
    let quote = "";
    for (let at = begins; at < html.length; at++) {
      const sign = html[at];
      if (quote) quote = sign === quote ? "" : quote;
      else if (sign === ">") return at;
      else if ((sign === '"' || sign === "'") && /[=\s]/.test(html[at - 1])) quote = sign;
    }
    return -1;
  }

  function attributes(text) {
    const kept = [];
    for (const [, name, value] of text.slice(0, 5000).matchAll(/\s(href|class|style)\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+)/gi)) {
      kept.push(` ${name.toLowerCase() === "style" ? "data-written" : name.toLowerCase()}=${value}`);
    }
    return kept.join("");
  }

  function fromHtml(html, body) {
    const reader = new Reader(false);
    reader.read(new DOMParser().parseFromString(quiet(html), "text/html").body, { isBold: false }, 0);
    reader.flush();
    return asMarkdown(reader.blocks, body);
  }

  // ---- plain text

  function tidiedRow(row) {
    return row
      .replace(/^([ \t]*)(?:[•●▪◦‣∙○■□·–*-][ \t]+|[•●▪◦‣∙○■□](?=\S))/, "$1- ")
      .replace(/^[ \t]+o\t+/, "    - ")
      .replace(/^([ \t]*)(\d{1,3})[.)][ \t]+/, "$1$2. ")
      .replace(/(^|[\s(“"'])\*([^\s*](?:[^*]*[^\s*])?)\*(?=$|[\s.,;:!?)”"'])/g, "$1**$2**")
      .replace(/(^|[\s(“"'])_([^\s_](?:[^_]*[^\s_])?)_(?=$|[\s.,;:!?)”"'])/g, "$1$2");
  }

  const isItem = (row) => /^\s*(?:-|\d{1,3}\.) \S/.test(row);

  function tidied(text) {
    const rows = text.split("\n");
    const out = [];
    for (let n = 0; n < rows.length; n++) {
      const width = rows[n].trim().split("\t").length;
      let end = n;
      while (width > 1 && end < rows.length && rows[end].trim().split("\t").length === width && !isItem(tidiedRow(rows[end]))) end++;
      if (end - n > 1) {
        const cells = rows.slice(n, end).map((row) => row.trim().split("\t").map((cell) => cell.trim().replaceAll("|", "\\|")));
        if (out.at(-1)?.trim()) out.push("");
        out.push(...asTable(cells).split("\n"));
        if (rows[end]?.trim()) out.push("");
        n = end - 1;
        continue;
      }
      const row = tidiedRow(rows[n]).replaceAll("\t", "    ").trimEnd();
      const above = out.at(-1);
      // A list right below a paragraph would be part of it.
      if (isItem(row) && !/^\s/.test(row) && above?.trim() && !isItem(above) && !/^\s/.test(above)) out.push("");
      out.push(row);
    }
    return out.join("\n");
  }

  function seen(text) {
    return text.replace(/\r\n?|[\u2028\u2029]/g, "\n").replace(WORD_BULLETS, "$1•").replace(SPACES, " ").replace(UNSEEN, "").replace(CONTROLS, "");
  }

  // What somebody copied from a text of the guide is Markdown already.
  const isOurs = (text) => /\{\{ *[a-z]|\{#[a-z0-9-]+\}|^!!! |\]\(\/|^#{2,3} \S/m.test(text);

  // ``body``: the text that it is put into, whose anchors are taken.
  writing.pasted = (html, plain, body) => {
    if (plain && isOurs(plain)) return seen(plain);
    const read = html ? fromHtml(html, body) : "";
    return read ? seen(read).split("\n").map(tidiedRow).join("\n") : tidied(seen(plain));
  };

  // The same in every language: small Latin letters, digits and hyphens.
  writing.anchor = (text) =>
    text.toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60).replace(/-+$/, "") || "name-in-english";
})();
