// Whether a query speaks of suicide, rape, violence, being followed home or a child in danger, and what its numbers name:
// survivors/search/crisis.py and survivors/search/numbers.py. One letter may be wrong; every script and spelling is heard.
(function (mirror) {
  var w = mirror.words, has = w.has;
  var LONG = 5, VERY_LONG = 8, SHORTEST = 3, SHORTEST_JOINED = 8, LONGEST_JOINED = 24;
  var data, kinds, latinWords, tamilWords, real;

  mirror.hear = hear;
  mirror.named = named;

  function begin() {
    data = mirror.data.spelling;
    if (kinds) return;
    kinds = data.crises.concat(data.circumstances);
    kinds.forEach(function (one) {
      one.written = new RegExp(one.written);
      one.spoken = new RegExp(one.spoken);
      one.joined = {};
      one.latin.forEach(function (pattern) {
        if (pattern.length > 1) product(pattern).forEach(function (whole) { one.joined[whole] = 1; });
      });
    });
    latinWords = {};
    wordsIn("latin").forEach(function (word) {
      if (word.length < SHORTEST) return;
      var first = word.charAt(0);
      (latinWords[first] || (latinWords[first] = [])).push([word, w.chat.key(word), w.chat.skeleton(word)]);
    });
    tamilWords = [];
    wordsIn("ta").forEach(function (word) {
      var keys = w.tamil.keys(word);
      if (/ை$/.test(word)) keys = keys.concat(w.tamil.keys(word.slice(0, -1)));
      w.unique(keys).forEach(function (key) { tamilWords.push([key, word]); });
    });
  }

  function product(pattern) {
    return pattern.reduce(function (found, choices) {
      return [].concat.apply([], found.map(function (one) { return choices.map(function (other) { return one + other; }); }));
    }, [""]);
  }

  function wordsIn(script) {
    var found = {};
    kinds.forEach(function (one) {
      one[script].forEach(function (pattern) { pattern.forEach(function (choices) { choices.forEach(function (word) { found[word] = 1; }); }); });
    });
    return Object.keys(found);
  }

  // The kinds of crisis that a query speaks of, and what it says of herself.
  function hear(query) {
    begin();
    var typed = w.words(query.slice(0, data.longest).replace(/['’‘`´]/g, ""));
    var hearings = [inLatin(typed), inTamil(typed), inChinese(typed)];
    var found = kinds.filter(function (one) { return hearings.some(function (hears) { return hears(one); }); });
    return {
      crises: found.filter(function (one) { return data.crises.indexOf(one) >= 0; }),
      circumstances: data.circumstances.map(function (one) { return one.kind; }).filter(function (kind) {
        return found.some(function (one) { return one.kind == kind; });
      })
    };
  }

  function inLatin(typed) {
    var latin = [].concat.apply([], typed.filter(function (word) { return !w.han.test(word); }).map(speltOut));
    var said = latin.map(meant), surely = latin.map(surelyMeant);
    var joined = typed.filter(isAscii).join("");
    return function (crisis) {
      for (var start = 0; start < joined.length; start++) {
        for (var length = SHORTEST_JOINED; length <= LONGEST_JOINED && start + length <= joined.length; length++) {
          if (has(crisis.joined, joined.substr(start, length))) return true;
        }
      }
      var heard = crisis.hasLines ? said : surely;
      return crisis.latin.some(function (pattern) { return inOrder(pattern, heard, crisis.between); });
    };
  }

  function inTamil(typed) {
    var said = typed.filter(function (word) {
      return w.isTamil(word) || /^[a-z]+$/.test(word) && !w.isReal(word) || w.isDecimal(word);
    }).map(function (word) { return [word, soundingLike(word)]; });
    return function (crisis) {
      var heard = said.filter(function (one) {
        return !(crisis.but.length ? crisis.but : ["-"]).some(function (but) { return one[0].indexOf(but) == 0; });
      }).map(function (one) { return one[1]; });
      return crisis.ta.some(function (pattern) { return inOrder(pattern, heard, crisis.between); });
    };
  }

  function inChinese(typed) {
    var whole = typed.map(function (word) { return w.han.test(word) || w.isDecimal(word) ? word.replace(/ /g, "") : " "; }).join("");
    var latin = typed.filter(function (word) { return /^[a-z]+$/.test(word); }), unknown = latin.filter(function (word) { return !w.isReal(word); });
    var runs = w.unique((unknown.length ? [latin.join("")] : []).concat(unknown));
    var ways = runs.map(function (run) { return w.pinyin.splits(run.replace(/v/g, "u"))[0] || []; });
    var sounds = ways.concat((whole.match(w.hanRuns) || []).map(w.pinyin.readings)).map(function (way) {
      return way.map(function (one) { return w.pinyin.heard(one) + " "; }).join("");
    });
    return function (crisis) {
      var text = crisis.butInChinese.reduce(function (text, one) { return text.split(one).join(" "); }, whole);
      if (crisis.written.test(text)) return true;
      if (text != whole || text.split("").some(function (_, place) { return place + 1 < text.length && w.isReal(text.substr(place, 2)); })) return false;
      return sounds.some(function (sound) { return crisis.spoken.test(sound); });
    };
  }

  // Whether the words of a pattern are said in their order, with at most so many others between two.
  function inOrder(pattern, said, between) {
    var ends = places(function () { return true; }, pattern[0]);
    for (var n = 1; n < pattern.length && ends.length; n++) ends = places(isNear, pattern[n]);
    return ends.length > 0;

    function isNear(place) { return ends.some(function (end) { return end < place && place < end + 2 + between; }); }

    function places(may, choices) {
      return said.map(function (_, place) { return place; }).filter(function (place) {
        return may(place) && choices.some(function (one) { return has(said[place], one); });
      });
    }
  }

  function speltOut(word) {
    var standIn = inChats(["ms", "en"], word), rest = word.slice(1);
    if (standIn.length > 1 && word.charAt(0) == "x") return standIn;
    if (word.length > 3 && word.charAt(0) == "x" && (data.emptyMalay.indexOf(rest) >= 0 || w.isReal(rest))) return ["tak", rest];
    return [word];
  }

  function inChats(names, word) {
    return [].concat.apply([], names.map(function (name) {
      return has(data.chat[name], word) ? data.chat[name][word].split(" ").filter(Boolean) : [];
    }));
  }

  function meant(word) {
    var like = isKnown(word) ? [] : speltLike(word);
    if (w.isJawi(word)) {
      var bones = w.jawi.skeleton(word);
      like = bones.length < 2 ? [] : latinLike(Object.keys(latinWords), function (one) { return one[2] == bones; });
    }
    return w.set(asSpelt(word).concat(like));
  }

  function surelyMeant(word) { return word.length < LONG ? w.set(asSpelt(word)) : meant(word); }

  function asSpelt(word) {
    var ways = [word].concat(inChats(["en", "ms"], word), w.chat.undoubled(word));
    return ways.concat([].concat.apply([], ways.map(w.forms)));
  }

  function isKnown(word) {
    return w.isEmpty(word) && /[aeiou]/.test(word) || w.forms(word).some(w.isReal) || has(data.chat.en, word) || has(data.chat.ms, word);
  }

  function latinLike(firsts, fits) {
    return [].concat.apply([], firsts.map(function (first) { return latinWords[first] || []; })).filter(fits).map(function (one) { return one[0]; });
  }

  function speltLike(word) {
    if (word.length < SHORTEST) return [];
    var key = w.chat.key(word), bones = w.chat.lacksVowels(word) ? w.chat.skeleton(word) : "-";
    return latinLike([word.charAt(0)], function (one) {
      return one[1] == key || one[2] == bones && one[0].length <= 2 * word.length || isSwapped(one[0], word) ||
        one[0].length >= LONG && isNear(one[0], word, one[0].length >= VERY_LONG ? 2 : 1);
    });
  }

  function isSwapped(one, other) {
    return one.charAt(0) == other.charAt(0) && one.length > SHORTEST && one.split("").sort().join("") == other.split("").sort().join("");
  }

  // Whether at most so many letters are wrong, missing, too many, or two changed places.
  function isNear(one, other, most) {
    if (Math.abs(one.length - other.length) > most || one.charAt(0) != other.charAt(0)) return false;
    var before = [], row = [], i, j;
    for (j = 0; j <= other.length; j++) row.push(j);
    for (i = 1; i <= one.length; i++) {
      var last = before;
      before = row;
      row = [i];
      for (j = 1; j <= other.length; j++) {
        var a = one.charAt(i - 1), b = other.charAt(j - 1);
        var cost = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b ? 1 : 0));
        if (i > 1 && j > 1 && a == other.charAt(j - 2) && one.charAt(i - 2) == b) cost = Math.min(cost, last[j - 2] + 1);
        row.push(cost);
      }
    }
    return row[row.length - 1] <= most;
  }

  function soundingLike(word) {
    if (w.isDecimal(word)) return w.set([word]);
    var said = w.tamil.keys(word), mayDiffer = !w.isTamil(word);
    return w.set(tamilWords.filter(function (wanted) {
      var key = wanted[0];
      return said.some(function (one) {
        return one == key || key.length >= SHORTEST && one.indexOf(key) == 0 || mayDiffer && key.length > LONG && isNear(key, one.slice(0, key.length), 1);
      });
    }).map(function (wanted) { return wanted[1]; }));
  }

  function isAscii(word) { return /^[\x00-\x7f]*$/.test(word); }

  // Numbers: whose they are, and the pages of the sections and acts that are cited

  var BETWEEN = "[\\s\\-.()/·–—]*", TYPED = new RegExp("\\d(?:" + BETWEEN + "\\d){2,}", "g");

  function named(query, numbers) {
    data = mirror.data.spelling;
    var text = inDigits(w.fold(query.slice(0, data.longest)));
    var phones = (text.match(TYPED) || []).map(bare), pages = [], replaced = [];
    phones.forEach(function (phone) {
      numbers.phones.forEach(function (one) { if (isSame(phone, one[0])) pages = pages.concat(one[1]); });
    });
    phones.forEach(function (phone) {
      numbers.old.forEach(function (one) {
        if (!isSame(phone, one[0])) return;
        replaced.push(one[1]);
        pages.push(one[2]);
      });
    });
    return { pages: w.unique(pages.concat(cited(text, numbers))), replaced: w.unique(replaced) };
  }

  function inDigits(folded) {
    if (!real) {
      var all = Object.keys(data.numerals).sort(function (a, b) { return b.length - a.length; });
      var latin = all.filter(isAscii).join("|"), others = all.filter(function (one) { return !isAscii(one); }).join("|");
      var one = "(?:\\b(?:" + latin + ")\\b|" + others + ")";
      real = {
        runs: new RegExp(one + "(?:\\s*(?:\\b(?:and|dan)\\b\\s*)?" + one + ")+|第(?:" + others + ")(?=[a-z]?条)", "g"),
        each: new RegExp(all.join("|"), "g")
      };
    }
    return folded.replace(real.runs, function (found) {
      return found.charAt(0) == "第" ? "第" + value(found) : value(found);
    }).replace(/[^\x00-\x7f]/g, function (one) { return has(data.digits, one) ? data.digits[one] : one; });
  }

  // 五百零七 -> 507, five zero seven -> 507.
  function value(found) {
    var values = found.match(real.each).map(function (word) { return Number(data.numerals[word]); });
    if (values.every(function (one) { return one < 10; })) return values.join("");
    var total = 0, last = 0;
    values.forEach(function (one) {
      if ((one == 10 || one == 100 || one == 1000) && last > 0 && last < 10) { total += last * one; last = 0; }
      else { total += last; last = one; }
    });
    return String(total + last);
  }

  function cited(text, numbers) {
    var letters = "(?![0-9])[" + w.HAN + data.letters + "]", found = [], one;
    var each = new RegExp("((?:" + letters + ")*)[\\s.]*?(\\d{1,4})\\s?条?\\s?([a-h])?(?![a-z\\d])((?:\\s?\\(\\d\\))*)", "g");
    while ((one = each.exec(text))) {
      var number = one[2], letter = one[3] || "", part = one[4] || "";
      var isSection = says(one[1], data.sections) || letter || part;
      if (says(one[1], data.acts) || text.indexOf(number + "法令") >= 0 || text.indexOf(number + "号法令") >= 0) {
        found = found.concat(numbers.acts[number] || []);
      } else if (isSection || text.indexOf(number + "条") >= 0) {
        found = found.concat(numbers.sections[number + letter + part.replace(/ /g, "")] || numbers.sections[number + letter] || []);
      }
    }
    return found;
  }

  function says(before, list) {
    return list.some(function (one) {
      return before == one || w.han.test(one) && before.length >= one.length && before.slice(-one.length) == one;
    });
  }

  function bare(number) {
    var digits = number.replace(/\D/g, "");
    ["0060", "60"].forEach(function (prefix) {
      if (digits.indexOf(prefix) == 0 && digits.length > prefix.length + 6) digits = digits.slice(prefix.length);
    });
    return digits.replace(/^0+/, "") || digits;
  }

  function isSame(typed, number) {
    return typed == number || typed.length >= 6 && number.length >= typed.length && number.slice(-typed.length) == typed;
  }
})(window.mirror);
