// What is shown of what was found: the few words of a page around its matches (survivors/search/snippet.py), the hits, and
// the page around them, which comes finished in the data for each kind of answer (survivors/mirror/search.py).
(function (mirror) {
  var w = mirror.words, LENGTHS = { "zh-hans": 70 }, LENGTH = 160, MOST_CRISES = 2;
  mirror.Found = Found;
  mirror.found = page;

  // Where a query is in a page.
  function Found(page, terms) {
    var length = LENGTHS[page.language] || LENGTH, summary = [page.summary, places(page.summary, terms)];
    var sections = page.sections.map(function (one) {
      var heading = places(one.heading, terms), text = places(one.text, terms), asked = one.asked ? places(one.asked, terms) : [];
      return {
        anchor: one.anchor, heading: one.heading, text: one.text, places: text, isAsked: asked.length > 0,
        any: heading.length + text.length + asked.length,
        rank: [count([asked]), count([heading, text]), count([heading])],
        inHeading: count([heading]) / terms.length, inAll: count([heading, text]) / terms.length
      };
    });
    return { best: best, snippet: snippet };

    // The section that is asked for; else that has most of the query, of several most of it in its heading.
    function best() {
      var found = null;
      sections.forEach(function (one) {
        if (!found || greater(one.rank, found.rank)) found = one;
      });
      return found && found.any ? found : null;
    }

    // The words around the best match; of a page its summary, where that matches as well as any other part.
    function snippet(section) {
      var parts = (section ? [section] : sections).map(function (one) { return [one.text, one.places]; });
      if (!section) parts = [summary, [page.text, places(page.text, terms)]].concat(parts);
      var chosen = parts[0];
      parts.forEach(function (part) { if (count([part[1]]) > count([chosen[1]])) chosen = part; });
      var text = chosen[0], spans = joined(chosen[1]);
      if (chosen === summary) return marked(text, spans);
      var starts = spans.length ? spans.map(function (span) { return span[0]; }) : [0], start = starts[0], most = -1;
      starts.forEach(function (one) {
        var near = starts.filter(function (other) { return one <= other && other < one + length; }).length;
        if (near > most) { most = near; start = one; }
      });
      return around(text, spans, Math.max(0, start - Math.floor(length / 4)), length);
    }
  }

  function greater(one, other) {
    for (var n = 0; n < one.length; n++) if (one[n] != other[n]) return one[n] > other[n];
    return false;
  }

  // How many different terms there are in some places.
  function count(lists) {
    return w.unique([].concat.apply([], lists).map(function (one) { return one[2]; })).length;
  }

  // Where the terms stand in a text: [start, end, term]. A word is marked to its end.
  function places(text, terms) {
    var low = text.toLowerCase(), found = [];
    if (low.length != text.length) low = text;
    terms.forEach(function (term) {
      term.forms.concat(term.exact).forEach(function (form) {
        var sought = form.replace(/ /g, ""), isHan = w.han.test(sought), start = low.indexOf(sought);
        while (start >= 0 && sought) {
          var end = start + sought.length;
          if (isHan) found.push([start, end, term.word]);
          else if (!(start && w.isPart(low.charAt(start - 1)))) {
            while (end < low.length && w.isPart(low.charAt(end))) end++;
            if (end == start + sought.length || term.forms.indexOf(form) >= 0 && mirror.Vocabulary.grows(form)) {
              found.push([start, end, term.word]);
            }
          }
          start = low.indexOf(sought, end);
        }
      });
    });
    return found;
  }

  // Spans in order, those that touch made one.
  function joined(places) {
    var found = [];
    places.slice().sort(function (one, other) { return one[0] - other[0] || one[1] - other[1]; }).forEach(function (span) {
      var last = found[found.length - 1];
      if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
      else found.push([span[0], span[1]]);
    });
    return found;
  }

  // A piece of a text that begins and ends between words, with its matches marked.
  function around(text, spans, start, length) {
    var blank = start ? text.slice(start, start + 20).indexOf(" ") : -1;
    if (blank >= 0) start += blank + 1;
    var end = Math.min(text.length, start + length);
    if (end < text.length) {
      var last = text.slice(end - 20, end).lastIndexOf(" ");
      if (last >= 0) end = end - 20 + last;
    }
    var inside = spans.filter(function (span) { return start <= span[0] && span[1] <= end; }).map(function (span) {
      return [span[0] - start, span[1] - start];
    });
    return (start ? "… " : "") + marked(text.slice(start, end), inside) + (end < text.length ? " …" : "");
  }

  function marked(text, spans) {
    var found = "", last = 0;
    spans.forEach(function (span) {
      found += escaped(text.slice(last, span[0])) + "<mark>" + escaped(text.slice(span[0], span[1])) + "</mark>";
      last = span[1];
    });
    return found + escaped(text.slice(last));
  }

  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/'/g, "&#x27;");
  }

  // The page

  function page(data, query, found) {
    var body = found.hits.length ? found.language + (found.instead.length ? " instead" : "") : query ? "nothing" : "empty";
    var crises = found.crises.slice(0, MOST_CRISES).map(function (one) { return one.kind; });
    var key = [crises.length ? "crisis" : tells(query) ? "tells" : "", found.replaced.length ? "replaced" : "", body].join(" ");
    var crisis = crises.length && data.crises[[crises.join(" ")].concat(found.circumstances).join("|")];
    var replaced = found.replaced.map(function (one) { return data.replaced[one]; });
    var filled = {
      query: escaped(query),
      crisis: crisis && crisis[0], who: crisis && lines(data, crisis[1]),
      replaced: replaced.map(function (one) { return one[0]; }).concat(w.unique(replaced.map(function (one) { return one[1]; }))).join(""),
      hits: found.hits.map(function (hit) { return item(data, hit, found.language); }).join(""),
      instead: set(data.language, found.instead.map(function (one) { return "<b>" + escaped(one) + "</b>"; }).join(", ")),
      talk: data.talk[found.circumstances.indexOf("police-risk") >= 0 ? 1 : 0]
    };
    return lines(data, data.screens[key]).replace(/@([a-z]+)@/g, function (_, name) { return filled[name]; });
  }

  // Four words, or six Chinese characters (survivors/search/pages.py).
  function tells(query) {
    return query.split(" ").length > 3 || (query.match(/[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/g) || []).length > 5;
  }

  function lines(data, numbers) {
    return numbers.split(" ").map(function (n) { return data.lines[n]; }).join("\n");
  }

  function item(data, hit, language) {
    var filled = {
      address: "/" + language + "/" + (hit.path ? hit.path + "/" : "") + (hit.anchor ? "#" + hit.anchor : ""),
      title: escaped(hit.title), language: hit.language, snippet: hit.snippet
    };
    var html = data.hit[hit.language == data.language ? 0 : 1].replace(/@([a-z]+)@/g, function (_, name) { return filled[name]; });
    return set(data.language, html);
  }

  // Where lines may end, as toolkit/rendering/lines.py sets them.

  var TAMIL = "\\u0b80-\\u0bff", LONG = 11, TAIL = 3;
  var running = new RegExp("(<(?:p|(?:li|h[123]|t[dh]|d[dt]|br|figcaption|span|strong|em|b)\\b[^<>]*|/(?:a|strong|em|b))>)([^<>]*[" + TAMIL + "][^<>]*)", "g");
  var ending = new RegExp("-[" + TAMIL + "]{1,9}(?![" + TAMIL + "])", "g"), long = new RegExp("[" + TAMIL + "]{" + LONG + ",}", "g");

  function set(language, html) {
    html = html.replace(/\d\d:\d\d–\d\d:\d\d(?=[^<>]*<)/g, "<i>$&</i>");
    if (language == "zh-hans") return html.replace(/([。！？：；，])\s+(?=[^<>]*<)/g, "$1");
    if (language != "ta") return html;
    return html.replace(running, function (_, tag, words) {
      return tag + words.replace(ending, "<i>$&</i>").replace(long, withTail);
    });
  }

  function withTail(word) {
    var letters = word.match(/[\u0b80-\u0bbd\u0bd0-\u0bff][\u0bbe-\u0bcd\u0bd7]*/g) || [];
    if (letters.length < LONG) return word;
    for (var start = letters.length - TAIL; start > 1 && letters[start].indexOf("\u0bcd") >= 0; start--);
    return letters.slice(0, start).join("") + "<i>" + letters.slice(start).join("") + "</i>";
  }
})(window.mirror);
