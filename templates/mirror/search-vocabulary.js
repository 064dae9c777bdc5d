// The words that an index knows, as they are, as they begin, as they sound, and as they may have been meant:
// survivors/search/vocabulary.py.
(function (mirror) {
  var w = mirror.words, has = w.has;
  mirror.Vocabulary = Vocabulary;
  Vocabulary.grows = grows;

  // `counts`: word -> in how many pages it is. `hasPhrase`: whether words stand together anywhere.
  function Vocabulary(counts, hasPhrase, sounds, ways) {
    var sorted = Object.keys(counts).sort(), lists = {};
    var it = { count: count, counted: counted, hasPhrase: hasPhrase, stands: stands, grows: growsThere, inTamil: inTamil,
      inTamilByRoot: inTamilByRoot, inTamilBySkeleton: inTamilBySkeleton, inChat: inChat, withoutVowels: withoutVowels,
      near: near, beginning: beginning, pairs: pairs, like: like };
    return it;

    function counted(word) { return has(counts, word) ? counts[word] : 0; }

    function place(word) {
      var from = 0, to = sorted.length;
      while (from < to) {
        var middle = from + to >> 1;
        if (sorted[middle] < word) from = middle + 1; else to = middle;
      }
      return from;
    }

    function beginning(form) {
      var found = [];
      for (var n = place(form); n < sorted.length && sorted[n].slice(0, form.length) == form; n++) found.push(sorted[n]);
      return found;
    }

    function stands(word) {
      return w.forms(word).some(function (form) { return w.isTamil(word) ? beginning(form).length : has(counts, form); });
    }

    function growsThere(word) {
      return w.forms(word).some(function (form) { return grows(form) && beginning(form).length; });
    }

    // In about how many pages a term is.
    function count(term) {
      return sum(term.exact) + term.forms.reduce(function (all, form) {
        return all + (w.han.test(form) ? Math.min.apply(null, form.split(" ").map(counted)) : sum(beginning(form)));
      }, 0);
    }

    function sum(list) { return list.reduce(function (all, one) { return all + counted(one); }, 0); }

    function frequent(found, limit) {
      var best = w.unique(found).sort(function (one, other) {
        return counted(other) - counted(one) || (one < other ? -1 : 1);
      });
      return best.slice(0, limit || 8);
    }

    // Lists by sound and spelling, made when they are first asked for.
    function list(name, fill) {
      if (!lists[name]) {
        var made = lists[name] = {};
        fill(function (key, one) { (has(made, key) ? made[key] : (made[key] = [])).push(one); });
      }
      return lists[name];
    }

    function byTamilKey() {
      return list("tamil", function (add) {
        if (sorted.filter(w.isTamil).length * 3 < sorted.length) return;
        sorted.forEach(function (word) {
          if (!w.isDecimal(word)) w.tamil.keys(word).forEach(function (key) { if (key) add(key, word); });
        });
      });
    }

    function byChatKey() {
      return list("chat", function (add) {
        sorted.forEach(function (word) {
          if (!/^[a-z]{3,}$/.test(word)) return;
          add("=" + w.chat.key(word), word);
          add("-" + w.chat.skeleton(word), word);
        });
      });
    }

    function bySkeleton() {
      var keys = byTamilKey();
      return list("skeleton", function (add) {
        Object.keys(keys).forEach(function (key) { keys[key].forEach(function (word) { add(w.tamil.skeleton(key), word); }); });
      });
    }

    function byTrigram() {
      return list("trigram", function (add) {
        sorted.forEach(function (word) {
          if (word.length >= 4 && !w.isDecimal(word)) trigrams(word).forEach(function (part) { add(part, word); });
        });
      });
    }

    function got(made, key) { return has(made, key) ? made[key] : []; }

    function inTamil(word) {
      var same = [].concat.apply([], w.tamil.keys(word).map(function (key) { return got(byTamilKey(), key); }));
      return frequent(same.filter(function (one) { return one != word && (!has(counts, word) || w.isTamil(one)); }));
    }

    function inTamilByRoot(word) {
      var roots = w.tamil.roots(w.tamil.key(word)), keys = Object.keys(byTamilKey());
      for (var n = 0; n < roots.length; n++) {
        var like = roots[n].length >= 4 ? keys.filter(function (key) { return key.slice(0, roots[n].length) == roots[n]; }) : [];
        if (like.length) return frequent([].concat.apply([], like.map(function (key) { return byTamilKey()[key]; })), 12);
      }
      return [];
    }

    function inTamilBySkeleton(word) {
      var bones = w.tamil.skeleton(w.tamil.key(word));
      return bones.length > 3 ? frequent(got(bySkeleton(), bones)) : [];
    }

    function inChat(word) { return frequent(got(byChatKey(), "=" + w.chat.key(word))); }

    function withoutVowels(typed) {
      var bones = w.chat.skeleton(typed), same = typed.length > 2 ? got(byChatKey(), "-" + bones) : [];
      var found = same.filter(function (one) { return holds(one, typed); });
      return frequent(found.length ? found : bones.length > 2 ? same : [], 3);
    }

    function near(word, least) {
      if (word.length < 5 || w.isReal(word) || !w.isLetters(word)) return [];
      var shared = {}, order = [];
      trigrams(word).sort().forEach(function (part) {
        got(byTrigram(), part).forEach(function (one) {
          if (!has(shared, one)) { shared[one] = 0; order.push(one); }
          shared[one]++;
        });
      });
      var most = w.sorted(order, function (one) { return -shared[one]; }).slice(0, 40);
      var best = most.map(function (one) { return [alike(word, one), counted(one), one]; }).filter(function (one) { return one[0] >= least; });
      best.sort(function (one, other) { return other[0] - one[0] || other[1] - one[1] || (one[2] < other[2] ? 1 : -1); });
      return best.slice(0, 3).filter(function (one) { return one[0] >= best[0][0] - 0.06; }).map(function (one) { return one[2]; });
    }

    // Pairs of characters by their sound

    function pairs(first, second) {
      var found = has(sounds, w.pinyin.heard(first) + " " + w.pinyin.heard(second)) ? sounds[w.pinyin.heard(first) + " " + w.pinyin.heard(second)] : {};
      var all = Object.keys(found), exactly = all.filter(function (pair) { return isRead(pair, first, second); });
      return w.sorted(exactly.length ? exactly : all, function (pair) { return -found[pair]; }).slice(0, 3);
    }

    function isRead(pair, first, second) {
      return readAs(pair.charAt(0), first) && readAs(pair.charAt(pair.length - 1), second);
    }

    function readAs(character, sound) { return has(ways, character) && ways[character].split(" ").indexOf(sound) >= 0; }

    function like(pair) {
      var one = pair.charAt(0), other = pair.charAt(pair.length - 1);
      var read = [w.pinyin.readings(one + other), [w.pinyin.usual(one), w.pinyin.usual(other)]];
      var found = w.unique(pairs(read[0][0], read[0][1]).concat(pairs(read[1][0], read[1][1])));
      return found.filter(function (near) { return read.some(function (it) { return isRead(near, it[0], it[1]); }); });
    }
  }

  // Longer words that begin like this count too.
  function grows(form) { return !w.han.test(form) && form.length > 2; }

  function holds(word, typed) {
    for (var n = 0, place = 0; n < typed.length; n++) {
      place = word.indexOf(typed.charAt(n), place) + 1;
      if (!place) return false;
    }
    return true;
  }

  function trigrams(word) {
    var padded = " " + word + " ", found = [];
    for (var n = 0; n + 3 <= padded.length; n++) found.push(padded.substr(n, 3));
    return w.unique(found);
  }

  function alike(word, other) {
    return 2 * matching(word, 0, word.length, other, 0, other.length) / (word.length + other.length) - (word.charAt(0) != other.charAt(0) ? 0.1 : 0);
  }

  // How many letters the longest pieces that two words share have: difflib's SequenceMatcher.
  function matching(a, a0, a1, b, b0, b1) {
    var best = 0, atA = a0, atB = b0, lengths = {};
    for (var i = a0; i < a1; i++) {
      var now = {};
      for (var j = b0; j < b1; j++) {
        if (a.charAt(i) != b.charAt(j)) continue;
        var length = now[j] = (lengths[j - 1] || 0) + 1;
        if (length > best) { best = length; atA = i - length + 1; atB = j - length + 1; }
      }
      lengths = now;
    }
    return best && best + matching(a, a0, atA, b, b0, atB) + matching(a, atA + best, a1, b, atB + best, b1);
  }
})(window.mirror);
