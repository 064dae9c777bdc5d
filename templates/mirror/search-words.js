// Words as the search sees them, in every script and spelling: survivors/search/words.py and survivors/search/hearing/.
// What is known of languages stands in the data (survivors/mirror/spelling.py); nothing here knows a word.
(function (mirror) {
  var HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\uf9ff\ufa00-\ufaff", ROOT = 4, PULLI = "\u0bcd";
  var MOST_WAYS = 12, LONGEST_SYLLABLE = 6, LONGEST_RUN = 60, LONGEST_PHRASE = 4;
  var han = new RegExp("[" + HAN + "]"), hanRuns = new RegExp("[" + HAN + "]+", "g"), hanFirst = new RegExp("^[" + HAN + "]");
  var script = /[\u0b80-\u0bff]/, jawi = /[\u0620-\u06ff\u0750-\u077f]/;
  var data, tables, kept;

  mirror.words = {
    HAN: HAN, han: hanFirst, hanRuns: hanRuns, begin: begin, fold: fold, split: split, words: words, plain: plain,
    spaced: spaced, size: size, forms: forms, pairs: pairs, isReal: isReal, isIn: isIn, each: function () { return tables.word; }, has: has, isPart: isPart, isDecimal: isDecimal,
    isLetters: isLetters, isEmpty: isEmpty, unique: unique, set: set, tellingRuns: tellingRuns,
    isTamil: function (word) { return script.test(word); },
    isJawi: function (word) { return jawi.test(word); },
    tamil: { key: once("key", key), keys: once("keys", keys), roots: roots, skeleton: skeleton },
    chat: { key: chatKey, skeleton: bones, lacksVowels: lacksVowels, standsFor: standsFor, undoubled: undoubled },
    jawi: { skeleton: jawiBones },
    pinyin: { splits: splits, isSyllable: function (word) { return has(tables.syllables, word); }, heard: heard, readings: readings, usual: usual }
  };

  // With the tables that every query needs; those of Tamil and Chinese are looked for when they are there.
  function begin(own) {
    data = mirror.data.spelling;
    if (!tables) {
      tables = {
        word: new RegExp("[" + HAN + "]+|[" + data.letters + "]+", "g"),
        part: new RegExp("[" + HAN + data.letters + "]"),
        mark: new RegExp("[" + data.marks + "]"),
        unseen: new RegExp(data.unseen, "g"),
        emptyHan: new RegExp(data.emptyHan),
        real: { en: unpacked(data.words.en), ms: unpacked(data.words.ms) },
        empty: set(data.empty), syllables: set(data.syllables.split(" ")),
        latin: new RegExp(Object.keys(data.romanised).sort(longest).join("|"), "g")
      };
      kept = {};
    }
    if (!tables.real.ta && mirror.data["spelling-ta"]) tables.real.ta = unpacked(mirror.data["spelling-ta"].words);
    if (!tables.real["zh-hans"] && mirror.data["spelling-zh"]) chinese(mirror.data["spelling-zh"]);
    tables.own = own;
    return data;
  }

  function chinese(found) {
    tables.real["zh-hans"] = unpacked(found.words);
    var to = tables.simplified = {};
    found.characters.split("").forEach(function (one, n) { to[one] = found.simplified.charAt(n); });
    Object.keys(found.phrases).forEach(function (one) { to[one] = found.phrases[one]; });
    tables.readings = found.readings;
    Object.keys(unpacked(found.asUsual)).forEach(function (one) { if (!has(tables.readings, one)) tables.readings[one] = ""; });
    tables.usual = {};
    Object.keys(found.usual).forEach(function (sound) {
      found.usual[sound].split("").forEach(function (one) { tables.usual[one] = sound; });
    });
  }

  // How many letters each word shares with the one before stands as a capital letter.
  function unpacked(text) {
    var found = {}, last = "", each = /([A-Z])([^A-Z]*)/g, one;
    while ((one = each.exec(text))) {
      last = last.slice(0, one[1].charCodeAt(0) - 65) + one[2];
      found[last] = 1;
    }
    return found;
  }

  function fold(text) {
    text = text.replace(tables.unseen, "").normalize("NFKC").toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ");
    return han.test(text) ? text.replace(hanRuns, simplified) : text;
  }

  // The longest that is known from its beginning; the guide's own texts as the guide folds them.
  function simplified(run) {
    if (tables.own && has(tables.own, run)) return tables.own[run];
    var to = tables.simplified, found = "", place = 0, length;
    if (!to) return run;
    while (place < run.length) {
      for (length = Math.min(6, run.length - place); length > 1 && !has(to, run.substr(place, length)); length--);
      var part = run.substr(place, length);
      found += has(to, part) ? to[part] : part;
      place += length;
    }
    return found;
  }

  // A run of Han characters is one word, with a space between each.
  function split(folded) {
    return (folded.match(tables.word) || []).map(function (word) { return hanFirst.test(word) ? word.split("").join(" ") : word; });
  }

  function words(text) { return split(fold(text)); }

  // A word without its accents, as an index has it.
  function plain(word) {
    return word.replace(/[\u00c0-\u024f\u1e00-\u1eff]/g, function (one) {
      var letters = one.normalize("NFD");
      return /^[a-z][\u0300-\u036f]$/.test(letters) ? letters.charAt(0) : one;
    }).replace(/[\u0300-\u0331]/g, "");
  }

  function spaced(texts) {
    return texts.map(function (text) { return " " + words(text.replace(/\n/g, " ")).join(" ") + " "; });
  }

  // How many terms a line of spaced words would make.
  function size(line) {
    var found = line.split(" ").filter(function (word) { return word && !isEmpty(word); });
    return Math.max(1, found.length - (found.some(function (word) { return hanFirst.test(word); }) ? 1 : 0));
  }

  function tellingRuns(run) {
    return run.split(new RegExp(data.emptyHan)).map(function (one) { return one.trim(); }).filter(Boolean);
  }

  function pairs(run) {
    return run.length > 1 ? run.slice(1).map(function (one, n) { return run[n] + " " + one; }) : run;
  }

  function isReal(word) {
    for (var name in tables.real) if (has(tables.real[name], word)) return true;
    return false;
  }

  function isIn(language, word) { return has(tables.real[language] || {}, word); }

  function isEmpty(word) { return has(tables.empty, word); }

  function isPart(character) { return tables.part.test(character); }

  function isDecimal(word) { return /^[0-9]+$/.test(word.replace(/[^\x00-\x7f]/g, digit)); }

  function digit(one) { return has(data.digits, one) ? data.digits[one] : one; }

  // Letters alone: no digits, no marks.
  function isLetters(word) {
    return word.split("").every(function (one) { return isPart(one) && !tables.mark.test(one) && !isDecimal(one); });
  }

  // Endings

  function forms(word) {
    if (script.test(word)) return tamilForms(word);
    var found = [word];
    if (/^[\x00-\x7f]+$/.test(word) && word.length > ROOT) {
      var end = first(data.suffixes, function (one) { return endsWith(word, one) && word.length - one.length >= ROOT; });
      if (end) found.push(word.slice(0, -end.length));
      var last = found[found.length - 1];
      var before = first(data.prefixes, function (one) { return word.indexOf(one) == 0 && last.length - one.length >= ROOT; });
      if (before) found.push(last.slice(before.length));
    }
    return found;
  }

  function tamilForms(word) {
    if (endsWith(word, PULLI)) word = word.slice(0, -1);
    var found = [word], last = word.charAt(word.length - 1), before = word.charAt(word.length - 2), short = word.slice(0, -1);
    if (word.length > 3 && "கசதப".indexOf(last) >= 0 && before && before != PULLI) found.push(short);
    if (last == "ம" && word.length > 2) found.push(short + "ங்க", short + "த்த");
    var ending = first(data.mEndings, function (one) { return word.indexOf(one, 2) > 0; });
    if (ending) found.push(word.slice(0, word.indexOf(ending, 2)) + "ம");
    if (word.length > 3 && tables.mark.test(last)) found.push(short);
    return unique(found.concat(tamilRoot(word)));
  }

  function tamilRoot(word) {
    var length = Math.max(ROOT, Math.floor(word.length * 0.45));
    if (word.charAt(length - 1) == PULLI) length++;
    var root = word.slice(0, length);
    return root.length > ROOT && tables.mark.test(root.charAt(root.length - 1)) ? root.slice(0, -1) : root;
  }

  // Chats

  var HEARD = [["q", "k"], ["ck", "k"], ["kh", "k"], ["gh", "r"], ["ph", "f"], ["dh", "d"], ["th", "t"], ["sy", "s"],
    ["sh", "s"], ["v", "f"], ["z", "s"], ["w", "u"]];

  function chatKey(word) {
    var sounds = word.replace(/(.)\1+/g, "$1");
    if (sounds.length > 4) sounds = sounds.replace(/h$/, "");
    if (sounds.length > 3) sounds = sounds.replace(/e$/, "a");
    HEARD.forEach(function (one) { sounds = sounds.split(one[0]).join(one[1]); });
    sounds = sounds.replace(/e/g, "i").replace(/o/g, "u");
    if (sounds.length > 4) sounds = sounds.replace(/([aiu])[hr]$/, "$1");
    return sounds.replace(/(.)\1+/g, "$1");
  }

  function bones(word) {
    word = word.replace(/ng/g, "g").replace(/ny/g, "n");
    return (word.charAt(0) + word.slice(1).replace(/[aeiouwy]+/g, "")).replace(/(.)\1+/g, "$1");
  }

  function lacksVowels(word) {
    var vowels = (word.match(/[aeiou]/g) || []).length;
    return word.length >= 3 && word.length <= 6 && isLetters(word) && vowels * 3 <= word.length;
  }

  function standsFor(word, language) {
    var tried = [language].concat(["ms", "en"].filter(function (one) { return one != language; }));
    var found = first(tried, function (one) { return data.chat[one] && has(data.chat[one], word); });
    return found ? data.chat[found][word].split(" ").filter(Boolean) : [];
  }

  function undoubled(word) {
    var ways = [];
    if (word.length > 3 && endsWith(word, "2")) ways.push(word.slice(0, -1));
    if (word.length > 3 && word.charAt(0) == "x") ways.push(word.slice(1));
    if (/(.)\1\1/.test(word)) ways.push(word.replace(/(.)\1\1+/g, "$1"), word.replace(/(.)\1\1+/g, "$1$1"));
    return ways;
  }

  function jawiBones(word) {
    return bones(word.split("").map(function (one) { return jawi.test(one) && data.jawi[one] || ""; }).join(""));
  }

  // Tamil by its sound

  function key(word) {
    var sounds = script.test(word) ? ofScript(word) : ofLatin(word);
    sounds = sounds.replace(/tr|rr/g, "t").replace(/nr/g, "nt").replace(/y(?![aiu])/g, "i").replace(/nk+(?![aiuk])/g, "n").replace(/vk/g, "v");
    return sounds.replace(/(.)\1+/g, "$1").replace(/^yi/, "i");
  }

  function keys(word) {
    if (script.test(word)) return unique([key(word), key(word.replace(/ற்(?=[கசதப])/g, "ட்"))]);
    return unique([key(word), key(word.replace(/c(?![hk])/g, "s"))]);
  }

  function roots(sounds) {
    var found = [], shortest = Math.max(5, Math.ceil(sounds.length * 9 / 20));
    for (var length = Math.max(5, Math.ceil(sounds.length * 3 / 5)); length >= shortest; length--) found.push(sounds.slice(0, length));
    return found;
  }

  function skeleton(sounds) { return sounds.charAt(0) + sounds.slice(1).replace(/[aiu]+/g, ""); }

  function ofScript(word) {
    return ofLatin(word.replace(/([\u0b95-\u0bb9])(?![\u0bbe-\u0bcd])/g, "$1அ").replace(/[^\x00-\x7f]/g, function (one) {
      return has(data.script, one) ? data.script[one] : one;
    }));
  }

  function ofLatin(word) {
    return word.replace(/[^a-z]/g, "").replace(tables.latin, function (found) { return data.romanised[found]; });
  }

  // Chinese by its sound

  function heard(syllable) {
    return syllable.replace(/^([zcs])h/, "$1").replace(/([aei])ng$/, "$1n").replace(/^([nl])ue?$/, "$1u");
  }

  function splits(letters) {
    if (letters.length > LONGEST_RUN) return [];
    var found = [[[]]], start, end;
    for (end = 1; end <= letters.length; end++) {
      found[end] = [];
      for (start = Math.max(0, end - LONGEST_SYLLABLE); start < end; start++) {
        var last = letters.slice(start, end);
        if (found[start].length && has(tables.syllables, last)) found[start].forEach(function (way) { found[end].push(way.concat(last)); });
      }
      found[end] = stable(found[end], function (way) { return way.length; }).slice(0, MOST_WAYS);
    }
    return found[letters.length];
  }

  function readings(run) {
    var read = [], length;
    while (read.length < run.length) {
      for (length = Math.min(LONGEST_PHRASE, run.length - read.length); length > 1; length--) {
        if (has(tables.readings || {}, run.substr(read.length, length))) break;
      }
      var phrase = run.substr(read.length, length);
      read = read.concat((length > 1 && tables.readings[phrase] || "").split(" ").filter(Boolean).length
        ? tables.readings[phrase].split(" ") : phrase.split("").map(usual));
    }
    return read;
  }

  function usual(character) { return has(tables.usual || {}, character) ? tables.usual[character] : ""; }

  // Lists

  function has(found, name) { return Object.prototype.hasOwnProperty.call(found, name); }

  function set(list) {
    var found = {};
    list.forEach(function (one) { found[one] = 1; });
    return found;
  }

  function unique(list) { return list.filter(function (one, n) { return list.indexOf(one) == n; }); }

  function first(list, fits) { return list.filter(fits)[0]; }

  function endsWith(word, end) { return word.length >= end.length && word.slice(-end.length) == end; }

  function longest(one, other) { return other.length - one.length; }

  // Engines of before 2019 do not keep the order of what is alike.
  mirror.words.sorted = stable;
  function stable(list, by) {
    return list.map(function (one, n) { return [by(one), n, one]; }).sort(function (one, other) {
      return one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : one[1] - other[1];
    }).map(function (one) { return one[2]; });
  }

  function once(name, act) {
    return function (word) {
      var known = kept[name] || (kept[name] = {});
      return has(known, word) ? known[word] : (known[word] = act(word));
    };
  }
})(window.mirror);
