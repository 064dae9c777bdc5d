// The search: what a query finds in the guide, ranked as survivors/search/index.py ranks it (SQLite's FTS5 too, whose bm25
// is here), and its page as templates/search.html shows it. Nothing that is typed is kept.
(function (mirror) {
  var w = mirror.words, has = w.has;
  var MOST_PAGES = 12, MOST_NAMED = 4, MOST_CRISES = 2, CANDIDATES = 20, TELLING = 5, DAMPED = 0.6, WORD_FOR_WORD = 2;
  var NO_GUESS = 2, NEARLY_RIGHT = 0.85, LIKE = 0.72, OWN_ENOUGH = 0.39, CLEARLY = 0.2;
  var FRONT_WEIGHTS = [10, 8, 6, 4, 3], indexes = {};

  // The page; or which files it needs first.
  mirror.rules.search = function (data, given) {
    var spelling = w.begin(null);
    var unprintable = new RegExp("[" + spelling.unprintable + "]", "g");
    var query = (given.get("q") || "").slice(0, spelling.longest).replace(unprintable, " ").split(/\s+/).filter(Boolean).join(" ");
    var folded = w.fold(query);
    if (w.isTamil(folded) && !mirror.data["spelling-ta"]) return ["spelling-ta.js"];
    if (/[\u3400-\u9fff]/.test(folded) && !mirror.data["spelling-zh"]) return ["spelling-zh.js"];
    var found = query ? find(data, query, given.get("as-typed") == "yes") : nothing(data);
    return Array.isArray(found) ? found : mirror.found(data, query, found);
  };
  mirror.find = find;

  function nothing(data) {
    return { hits: [], language: data.language, instead: [], crises: [], circumstances: [], replaced: [] };
  }

  function find(data, query, asTyped) {
    w.begin(null);
    var named = mirror.named(query, data.numbers), guess = asTyped ? NO_GUESS : NEARLY_RIGHT;
    var own = indexOf(data), index = own, reading = own.reader.read(query, guess);
    if (reading.share < OWN_ENOUGH && !named.pages.length) {
      var missing = data.languages.filter(function (one) { return !mirror.data["search." + one]; });
      if (missing.length) return missing.map(function (one) { return "search." + one + ".js"; });
      var best = null, other = null;
      data.languages.forEach(function (one) {
        if (one == data.language) return;
        var its = indexOf(mirror.data["search." + one]), read = its.reader.read(query, guess);
        if (!best || read.share > best.share) { best = read; other = its; }
      });
      if (best.terms.length && best.share > reading.share + CLEARLY) { index = other; reading = best; }
    }
    if (index == own && !reading.terms.length && !asTyped) reading = own.reader.read(query, LIKE);
    var heard = mirror.hear(query);
    var first = named.pages.slice(0, MOST_NAMED).concat(heard.crises.slice(0, MOST_CRISES).map(function (one) { return one.pages[0]; }));
    var found = reading.terms.length ? index.search(reading, w.spaced([query]).join("")) : [];
    return {
      hits: index.pinned(first).concat(found.filter(function (hit) { return first.indexOf(hit.path) < 0; })),
      language: index.language, instead: w.unique(reading.named), crises: heard.crises,
      circumstances: heard.circumstances, replaced: named.replaced
    };
  }

  function indexOf(data) { return indexes[data.language] || (indexes[data.language] = Index(data)); }

  // The pages of a guide in one language.
  function Index(data) {
    w.begin(data.simplified);
    var pages = data.pages.map(Page), fronts = Table(pages.map(columns), FRONT_WEIGHTS), texts = Table(pages.map(whole), [1]);
    var counts = {};
    [fronts, texts].forEach(function (table) {
      Object.keys(table.counts).forEach(function (word) { counts[word] = (has(counts, word) ? counts[word] : 0) + table.counts[word]; });
    });
    var vocabulary = mirror.Vocabulary(counts, hasPhrase, data.sounds, data.ways);
    pages.forEach(function (page) { page.front = Front(page); });
    w.begin(null);
    return { language: data.language, reader: mirror.Reader(vocabulary, data.language), search: search, pinned: pinned };

    function hasPhrase(phrase) {
      var one = Phrase(phrase, false);
      return [fronts, texts].some(function (table) { return table.rows(one).length; });
    }

    function search(reading, typed) {
      var scores = candidates(reading.terms);
      var fits = scores.map(function (one) { return fit(pages[one[0]], one[1], reading, typed); });
      fits = w.sorted(fits, function (one) { return -one.score; }).slice(0, MOST_PAGES);
      var hits = [].concat.apply([], fits.map(function (one) { return hitsOf(one, reading.terms); }));
      return w.sorted(hits, function (hit) { return -hit.score; });
    }

    function pinned(paths) {
      return [].concat.apply([], w.unique(paths).map(function (path) {
        return pages.filter(function (page) { return page.path == path; });
      })).map(function (page) { return hit(page, null, mirror.Found(page, []), 0); });
    }

    // Pages by rank: those with all of the words; where they are few, with any, and their texts.
    function candidates(terms) {
      var telling = w.sorted(terms, vocabulary.count).slice(0, TELLING).map(phrasesOf);
      var rows = fronts.best(telling, true);
      if (rows.length == CANDIDATES) return rows;
      var scores = [], places = {};
      [fronts, texts].forEach(function (table) {
        table.best(telling, false).forEach(function (one) {
          if (!has(places, one[0])) { places[one[0]] = scores.length; scores.push([one[0], 0]); }
          scores[places[one[0]]][1] += one[1];
        });
      });
      return scores;
    }

    // The score, raised by how much of the query the page's front answers, and by a keyword that is the query.
    function fit(page, score, reading, typed) {
      var compared = page.front.compare(reading.terms), covered = compared[0], closest = compared[1];
      var isSaid = page.front.says(typed) || page.front.says(reading.line) || page.front.isAskedOf(reading.terms);
      var likely = page.factor * (isSaid ? WORD_FOR_WORD : 1);
      return { page: page, covered: covered, score: Math.pow(score, DAMPED) * (0.3 + covered) * (1 + closest * closest) * likely };
    }

    // A page, and below it the section that has most of the query; before it only if it fits clearly better.
    function hitsOf(fit, terms) {
      var found = mirror.Found(fit.page, terms), section = found.best(), hits = [hit(fit.page, null, found, fit.score)];
      if (section && section.anchor) {
        var isMeant = section.inHeading > fit.covered || section.isAsked;
        hits.push(hit(fit.page, section, found, fit.score * (isMeant ? 1.1 : section.inAll / 2)));
      }
      return hits;
    }

    function hit(page, section, found, score) {
      return {
        path: page.path, anchor: section ? section.anchor : "", language: page.language, score: score,
        title: section ? page.title + ": " + section.heading : page.title, snippet: found.snippet(section)
      };
    }
  }

  function Page(row) {
    return {
      path: row[0], language: row[1], title: row[2], shortTitle: row[3], summary: row[4], keywords: row[5], names: row[6],
      text: row[7], english: row[8], factor: row[10],
      sections: row[9].map(function (one) { return { anchor: one[0], heading: one[1], text: one[2], asked: one[3] }; })
    };
  }

  function columns(page) {
    var title = page.title == page.shortTitle ? page.title : page.title + " | " + page.shortTitle;
    return [title, page.keywords.join(" | "), page.names.join(" | "), page.summary, page.english.join(" | ")];
  }

  function whole(page) {
    return [page.text + page.sections.map(function (one) { return " " + one.heading + " " + one.text + " " + one.asked; }).join("")];
  }

  // What to look for: the words that stand together, of which the last may go on.
  function Phrase(text, grows) { return { words: text.split(" ").map(w.plain), grows: grows }; }

  function phrasesOf(term) {
    var grows = mirror.Vocabulary.grows;
    var isWhole = term.forms.length && term.word == term.forms[0] && grows(term.word);
    return (isWhole ? [Phrase(term.word, false)] : []).concat(
      term.forms.map(function (form) { return Phrase(form, grows(form)); }),
      term.exact.map(function (one) { return Phrase(one, false); })
    );
  }

  // One table of FTS5. Of each row: its columns as lists of words.
  function Table(rows, weights) {
    var places = {}, counts = {}, lengths = [], total = 0, sorted;
    var cells = rows.map(function (texts, row) {
      lengths[row] = 0;
      return texts.map(function (text, column) {
        var words = w.fold(text).match(w.each()) || [];
        words = [].concat.apply([], words.map(function (word) { return w.han.test(word) ? word.split("") : [w.plain(word)]; }));
        words.forEach(function (word, at) { (has(places, word) ? places[word] : (places[word] = [])).push([row, column, at]); });
        lengths[row] += words.length;
        total += words.length;
        return words;
      });
    });
    Object.keys(places).forEach(function (word) {
      counts[word] = places[word].filter(function (one, n, all) { return !n || all[n - 1][0] != one[0]; }).length;
    });
    sorted = Object.keys(places).sort();
    return { counts: counts, rows: found, best: best };

    // Where a phrase stands: [row, column].
    function found(phrase) {
      var first = phrase.words[0], starts = has(places, first) ? places[first] : [];
      if (phrase.grows) starts = [].concat.apply([], beginning(first).map(function (word) { return places[word]; }));
      return starts.filter(function (one) {
        return phrase.words.every(function (word, n) { return !n || cells[one[0]][one[1]][one[2] + n] == word; });
      });
    }

    function beginning(word) {
      return sorted.filter(function (one) { return one.slice(0, word.length) == word; });
    }

    // The best rows with one phrase of every term, or of any: [row, score].
    function best(terms, isEvery) {
      var scores = {}, having = {};
      terms.forEach(function (phrases) {
        var has = {};
        phrases.forEach(function (phrase) {
          var weighed = {}, hits = 0;
          found(phrase).forEach(function (one) {
            if (!weighed[one[0]]) { weighed[one[0]] = 0; hits++; }
            weighed[one[0]] += weights[one[1]];
          });
          var rare = Math.log((rows.length - hits + 0.5) / (hits + 0.5));
          if (rare <= 0) rare = 1e-6;
          Object.keys(weighed).forEach(function (row) {
            var often = weighed[row];
            has[row] = 1;
            scores[row] = (scores[row] || 0) + rare * (often * 2.2 / (often + 1.2 * (0.25 + 0.75 * lengths[row] / (total / rows.length))));
          });
        });
        Object.keys(has).forEach(function (row) { having[row] = (having[row] || 0) + 1; });
      });
      var all = Object.keys(scores).filter(function (row) { return !isEvery || having[row] == terms.length; }).map(Number);
      all.sort(function (one, other) { return one - other; });
      return w.sorted(all, function (row) { return -scores[row]; }).slice(0, CANDIDATES).map(function (row) { return [row, scores[row]]; });
    }
  }

  // What a page is called, one phrase after the other, to see how much of a query it answers.
  function Front(page) {
    var asked = w.unique(page.sections.map(function (one) { return one.asked; })).join(" ");
    var lines = w.spaced([page.title, page.shortTitle].concat(page.keywords, page.names, page.english, page.summary, asked));
    var line = lines.join(""), names = lines.slice(0, 2).join(""), ends = [], sizes = {};
    var sayings = lines.filter(function (one) { return one.trim().split(" ").length > 1 && w.size(one) == 1; });
    lines.reduce(function (end, one) { return ends[ends.push(end + one.length) - 1]; }, 0);
    return { says: says, isAskedOf: isAskedOf, compare: compare };

    function says(typed) {
      return line.indexOf(typed) >= 0 || sayings.some(function (one) { return typed.indexOf(one) >= 0; });
    }

    function isAskedOf(terms) {
      var others = terms.filter(function (term) { return !places(term, lines[lines.length - 1]).length; });
      return others.length > 0 && others.length < terms.length && others.every(function (term) { return places(term, names).length; });
    }

    function compare(terms) {
      var shared = {}, found = 0, closest = 0;
      terms.forEach(function (term) {
        var phrases = w.unique(places(term, line).map(phraseAt));
        found += phrases.length ? 1 : 0;
        phrases.forEach(function (one) { shared[one] = (shared[one] || 0) + 1; });
      });
      Object.keys(shared).forEach(function (one) {
        if (!sizes[one]) sizes[one] = w.size(lines[one] || "");
        closest = Math.max(closest, 2 * Math.min(shared[one], sizes[one]) / (terms.length + sizes[one]));
      });
      return [found / terms.length, closest];
    }

    function phraseAt(place) {
      for (var n = 0; n < ends.length && ends[n] <= place; n++);
      return n;
    }
  }

  // Where a line of spaced words has a term.
  function places(term, line) {
    var grows = mirror.Vocabulary.grows, found = [];
    term.forms.map(function (form) { return grows(form) ? " " + form : " " + form + " "; })
      .concat(term.exact.map(function (one) { return " " + one + " "; })).forEach(function (sought) {
        for (var place = line.indexOf(sought); place >= 0; place = line.indexOf(sought, place + 1)) found.push(place);
      });
    return found;
  }
})(window.mirror);
