// What a query asks for, in the words of an index: survivors/search/reading.py, in its order. The first way to read a word
// that finds something is taken; a guess is named in the answer.
(function (mirror) {
  var w = mirror.words, has = w.has;
  var SURELY_MISSPELT = 0.9;
  var SURE = 1, LIKELY = 0.8, MAYBE = 0.3, GUESSED = 0.4;
  mirror.Reader = Reader;

  function Term(word, forms, exact) { return { word: word, forms: forms, exact: exact || [] }; }

  // Reads queries by the words of one language's index.
  function Reader(vocabulary, language) {
    var v = vocabulary, data = mirror.data.spelling, dialect = data.dialect;
    var inHan = Object.keys(dialect).filter(function (one) { return w.han.test(one); }).sort(function (a, b) { return b.length - a.length; });
    var dialectInHan = new RegExp(inHan.map(function (one) { return one.split("").join(" "); }).join("|"), "g");
    var emptyTamil = w.set(data.emptyTamil.map(w.tamil.key)), emptyTamilWords = w.set(data.emptyTamil);
    return { read: read };

    function read(query, guess) {
      var typed = w.words(query.slice(0, data.longest));
      var reading = { terms: [], named: [], unread: [], sure: 0, line: " " + typed.map(inFull).join(" ") + " " };
      grouped(typed, isLatin).forEach(function (group) { readWords(joined(group[1]), typed, reading, guess); });
      var seen = {}, order = [];
      reading.terms.forEach(function (term) {
        if (!has(seen, " " + term.word)) order.push(term.word);
        seen[" " + term.word] = term;
      });
      reading.terms = order.map(function (word) { return seen[" " + word]; }).slice(0, 40);
      reading.share = reading.sure / Math.max(1, reading.terms.length + reading.unread.length);
      return reading;
    }

    function add(reading, term, sure, named) {
      reading.terms.push(term);
      reading.sure += sure;
      if (named) reading.named.push(named.replace(/ /g, ""));
    }

    function readWords(run, typed, reading, guess) {
      var among = run.filter(w.pinyin.isSyllable).length > 1;
      grouped(run, function (word) { return isPlain(word, among); }).forEach(function (group) {
        if (!group[0] && readPinyin(group[1], reading, guess)) return;
        telling(group[1], typed).forEach(function (word) { readWord(word, reading, guess); });
      });
    }

    function joined(run) {
      var found = run.slice(0, 1);
      run.slice(1).forEach(function (word) {
        if (isOne(found[found.length - 1], word)) found[found.length - 1] += word;
        else found.push(word);
      });
      return found;
    }

    function isOne(first, second) {
      var together = first + second;
      if (w.han.test(together) || w.isDecimal(together) || together.length < 6) return false;
      if (v.counted(together)) return !(v.counted(first) && v.counted(second));
      var apart = [first, second].every(function (one) { return v.stands(one) || v.inTamil(one).length; });
      return !apart && v.inTamil(together).length > 0;
    }

    function telling(run, typed) {
      var found = run.filter(function (word) { return !saysNothing(word); });
      return found.length ? found : typed.some(function (word) { return !saysNothing(word); }) ? [] : run;
    }

    function inFull(word) {
      var standIn = w.chat.standsFor(word, language);
      if (standIn.length && (w.isEmpty(word) || !v.counted(word))) return standIn.join(" ");
      if (v.counted(word) || !isLatin(word)) return word;
      var known = w.chat.undoubled(word).filter(v.counted);
      return (known.length ? known : v.inChat(word))[0] || word;
    }

    function saysNothing(word) {
      if (w.isEmpty(word) || w.isEmpty(inFull(word))) return true;
      var standIn = w.chat.standsFor(word, language);
      if (standIn.length) return standIn.every(w.isEmpty);
      return language == "ta" && !w.isTamil(word) && !v.counted(word) && has(emptyTamil, w.tamil.key(word)) &&
        v.inTamil(word).every(function (one) { return has(emptyTamilWords, one); });
    }

    function readWord(word, reading, guess) {
      if (w.han.test(word)) return readHan(word, reading, guess);
      var term = same(word), sure = SURE;
      if (!term) { term = longer(word); sure = LIKELY; }
      if (!term) { term = alikeInTamil(word); sure = MAYBE; }
      if (term) return add(reading, term, term.forms.length || term.exact.some(w.isTamil) ? sure : MAYBE);
      var found = guess <= 1 ? guessed(word, guess) : [];
      if (found.length) add(reading, Term(word, [], found), GUESSED, found[0]);
      else reading.unread.push(word);
    }

    function same(word) {
      var standIn = standsIn(word).filter(function (one) { return !w.isEmpty(one) && v.stands(one); }), tamil = v.inTamil(word);
      if (v.stands(word)) return Term(word, w.forms(word).concat(standIn), tamil);
      if (standIn.length || tamil.length) return Term(word, formsOf(standIn.concat(tamil.slice(0, 2).filter(w.isTamil))), tamil);
      var other = w.chat.undoubled(word).filter(function (one) { return v.stands(one) || v.inTamil(one).length; })[0];
      return other && Term(word, w.forms(other), v.inTamil(other));
    }

    function formsOf(meant) { return w.unique([].concat.apply([], meant.map(w.forms))); }

    function longer(word) {
      return (word.length >= 5 || w.isIn(language, word)) && v.grows(word) && Term(word, w.forms(word));
    }

    function alikeInTamil(word) {
      if (v.inChat(word).length || v.near(word, SURELY_MISSPELT).length) return null;
      var found = v.inTamilByRoot(word);
      return found.length && Term(word, [], found);
    }

    function standsIn(word) {
      if (language != "zh-hans" || !has(dialect, word)) return w.chat.standsFor(word, language);
      return dialect[word].split(" ").map(function (one) { return one.split("").join(" "); });
    }

    function guessed(word, least) {
      if (w.isJawi(word)) return v.withoutVowels(w.jawi.skeleton(word));
      if (isRealInAnyForm(word) || data.sections.concat(data.acts).indexOf(word) >= 0) return [];
      var isSure = word.length > 3 || !/[aeiou]/.test(word);
      return some(w.chat.lacksVowels(word) && isSure && v.withoutVowels(word)) ||
        some(word.length > 3 && !mayBeChinese(word) && v.inChat(word)) || some(v.near(word, least)) ||
        some(v.inTamilBySkeleton(word)) || word.length >= 5 && v.withoutVowels(word) || [];
    }

    function some(list) { return list && list.length ? list : null; }

    function mayBeChinese(word) { return language != "ms" && w.pinyin.splits(word).length > 0; }

    function readHan(run, reading, guess) {
      var unknown = [], known = {};
      withoutDialect(run, reading).forEach(function (piece) {
        w.pairs(piece.split(" ").filter(Boolean)).forEach(function (pair) {
          if (v.hasPhrase(pair)) add(reading, Term(pair, [pair]), SURE); else unknown.push(pair);
        });
      });
      reading.terms.forEach(function (term) {
        if (!joins(term.word)) term.word.split(" ").forEach(function (one) { known[one] = 1; });
      });
      unknown.forEach(function (pair) {
        if (pair.split(" ").some(function (one) { return has(known, one); })) return;
        var heard = guess <= 1 ? heardAs(pair) : [];
        if (heard.length) add(reading, Term(pair, heard), GUESSED, heard[0]); else reading.unread.push(pair);
      });
    }

    function joins(word) { return word.split("").some(function (one) { return data.joining.indexOf(one) >= 0; }); }

    function heardAs(pair) {
      return pair.indexOf(" ") < 0 || joins(pair) || w.isReal(pair.replace(/ /g, "")) ? [] : v.like(pair);
    }

    function withoutDialect(run, reading) {
      var runs = w.tellingRuns(run), pieces = [];
      (runs.length ? runs : [run]).forEach(function (piece) {
        var last = 0;
        piece.replace(dialectInHan, function (found, at) {
          pieces.push(piece.slice(last, at).trim());
          last = at + found.length;
          var together = [].concat.apply([], dialect[found.replace(/ /g, "")].split(" ").map(function (one) {
            return w.han.test(one) ? w.pairs(one.split("")) : [one];
          }));
          add(reading, Term(found, [found].concat(together)), SURE);
        });
        pieces.push(piece.slice(last).trim());
      });
      return pieces;
    }

    function readPinyin(run, reading, guess) {
      if (language != "zh-hans" || guess > 1 || !isLatin(run[0])) return false;
      var letters = run.join("").replace(/[vü]/g, "u");
      if (!/^[a-z]+$/.test(letters)) return false;
      var read = waysOf(run, letters).map(function (way) { return [way, pairsIn(way)]; }), best = [], most = -1;
      read.forEach(function (one) {
        var share = one[1].length / Math.max(1, one[0].length - 1);
        if (share > most) { most = share; best = one[1]; }
      });
      var isWhole = read.some(function (one) { return one[1].length == one[0].length - 1; });
      if (best.length * 3 < Math.max(2, letters.length / 4) || isRealInAnyForm(letters) && !isWhole) return false;
      best.forEach(function (found) { add(reading, Term(found[0], found), LIKELY, found[0]); });
      return true;
    }

    function waysOf(run, letters) {
      var spaced = run.map(function (word) { return w.pinyin.splits(word.replace(/v/g, "u"))[0] || []; });
      var asSpaced = spaced.every(function (way) { return way.length; }) ? [[].concat.apply([], spaced)] : [];
      return asSpaced.concat(w.pinyin.splits(letters));
    }

    function pairsIn(way) {
      return way.slice(1).map(function (sound, n) { return v.pairs(way[n], sound); }).filter(function (found) { return found.length; });
    }

    function isPlain(word, among) {
      if (among && w.pinyin.isSyllable(word)) return false;
      return w.isEmpty(word) || v.stands(word) || has(dialect, word) || w.isDecimal(word);
    }
  }

  function grouped(list, by) {
    var found = [];
    list.forEach(function (one) {
      var kind = Boolean(by(one)), last = found[found.length - 1];
      if (last && last[0] == kind) last[1].push(one); else found.push([kind, [one]]);
    });
    return found;
  }

  function isLatin(word) { return /^[a-zü]/.test(word); }

  function isRealInAnyForm(word) {
    return w.forms(word).some(function (one) { return word.indexOf(one) == 0 && w.isReal(one); });
  }
})(window.mirror);
