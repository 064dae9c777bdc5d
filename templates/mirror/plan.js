// The plan of one reader: survivors/plan/ and toolkit/texts/plans/ in the browser, with the same rules as data. Steps,
// contacts, routes, laws and links come finished, as the guide itself shows them.
(function (mirror) {
  var SKIPPED = "skipped", UNDER_18 = "under-18", ADULT = "adult", WHENS = ["now", "today", "week"];

  mirror.rules.plan = function (data, form) {
    var answers = answersOf(data, form), screen = next(data, form, answers);
    return screen.kind == "plan" ? planPage(data, form, answers, screen) : questionPage(data, form, answers, screen);
  };
  // For the tests: the steps alone.
  mirror.steps = function (data, answers) {
    return made(data, answers).map(function (one) { return one.when + " " + one.step.id + " " + one.shown.map(idOf).join(","); });
  };

  // What was chosen, as far as it can be.
  function answersOf(data, form) {
    var go = form.get("go") || "next", at = form.get("at"), found = {};
    data.questions.forEach(function (question) {
      var given = form.getAll(question.id);
      if (question.id == at && (go == "skip" || !given.length)) given = go == "skip" ? [] : form.getAll("was");
      var known = question.choices.filter(function (choice) { return has(given, choice); });
      if (!known.length) return;
      // A button that was pressed comes after what was chosen before.
      var last = given.filter(function (one) { return has(known, one); }).pop();
      found[question.id] = question.several ? known : [last];
    });
    return found;
  }

  function next(data, form, answers) {
    var go = form.get("go") || "next", at = form.get("at") || "", names = data.questions.map(idOf);
    if (go == "here") go = form.get("screen") || "one";
    else if (go == "enter") go = form.get("screen") == "all" ? "plan" : "next";
    if (go == "plan" || go == "all") return { kind: go, at: at };
    if (!has(names, at)) return { kind: "one", at: names[0] };
    if (go == "one" || go == "several") return { kind: go, at: at };
    var isUrgent = has(answers.danger || [], "yes") || has(answers.selfharm || [], "yes");
    if ((go == "next" || go == "skip") && at == data.stopsAt && isUrgent && !wantsMore(form)) return { kind: "plan", at: at };
    return beside(data, at, go == "back", names, answers);
  }

  function beside(data, at, isBack, names, answers) {
    var place = names.indexOf(at), useful = asked(data, answers);
    var row = isBack ? names.slice(0, place).reverse() : names.slice(place + 1);
    var found = row.filter(function (name) { return has(useful, name); })[0];
    return found ? { kind: "one", at: found } : isBack ? { kind: "one", at: names[0] } : { kind: "plan", at: at };
  }

  function wantsMore(form) { return form.get("more") == "yes" || form.get("go") == "more"; }

  // Screens

  function questionPage(data, form, answers, screen) {
    var isAll = screen.kind == "all", useful = asked(data, answers), given = answers[screen.at] || [];
    var place = Math.max(0, useful.indexOf(screen.at)), left = useful.length - place - 1;
    var isSeveral = !isAll && (screen.kind == "several" || given.length > 1);
    var html = data.screens[isAll ? "all" : screen.at + (isSeveral ? " several" : "")];
    var carried = isAll ? [] : pairs(answers).filter(function (one) { return one[0] != screen.at; });
    var isHelping = (answers.who || [])[0] == data.helping && screen.at != data.stopsAt;
    html = filled(html, data, form, screen, carried, screen.kind == "one" ? given : [])
      .replace("@count@", function () {
        return data.count[(left ? "left" : "last") + (isHelping ? " helping" : "")].replace("@left@", left);
      })
      .replace("@done@", place).replace("@useful@", useful.length)
      .replace("@back@", place == 0 ? "" : data.back)
      .replace("@danger@\n", has(answers.danger || [], "yes") && data.help.length ? data.help[0] + "\n" : "");
    pairs(answers).forEach(function (one) {
      if (!isAll && one[0] != screen.at) return;
      var name = ' name="' + one[0] + '" value="' + one[1] + '">';
      html = html.split('<button' + name).join('<button' + name.slice(0, -1) + ' aria-pressed="true">');
      ["checkbox", "radio"].forEach(function (kind) {
        html = html.split('type="' + kind + '"' + name).join('type="' + kind + '"' + name.slice(0, -1) + " checked>");
      });
      html = html.split('<option value="' + one[1] + '">').join('<option value="' + one[1] + '" selected>');
    });
    return html;
  }

  // The hidden fields of a form: what was answered on other screens, and which screen this is.
  function filled(html, data, form, screen, carried, was) {
    return html
      .replace(data.carried, function () {
        return carried.map(function (one) { return data.carried.replace("@name@", one[0]).replace("@value@", one[1]); }).join("");
      })
      .replace(data.was, function () { return was.map(function (one) { return data.was.replace("@was@", one); }).join(""); })
      .replace("@screen@", screen.kind).replace("@at@", screen.at)
      .replace(data.more, wantsMore(form) ? data.more : "");
  }

  function planPage(data, form, answers, screen) {
    var planned = made(data, answers), writer = { met: {}, answers: answers };
    var parts = WHENS.map(function (when) {
      var items = planned.filter(function (one) { return one.when == when; }).map(function (one, n) {
        return item(data, one, when == "now", n == 0 && when == "now", writer);
      });
      return items.length ? data.part[0].replace(/@id@/g, when).replace("@name@", data.names[when]) + items.join("") + data.part[1] : "";
    }).join("");
    var hasNumber = planned.some(function (one) { return one.shown.some(function (shown) { return shown.phones; }); });
    var asksAge = !answers.age && ageOf(answers) != UNDER_18;
    var canTellMore = asked(data, answers).some(function (name) { return !answers[name]; });
    var key = (asksAge ? "age " : "") + (canTellMore ? "more " : "") + (hasNumber ? "" : "help ");
    var html = data.pages[key].split(" ").map(function (n) { return data.lines[n]; }).join("\n");
    return filled(html, data, form, screen, pairs(answers), []).replace("@parts@", function () { return parts; });
  }

  function item(data, planned, isNow, isFirst, writer) {
    var step = planned.step, around = step.item[isNow ? 0 : 1];
    var of = function (kind) { return planned.shown.filter(function (one) { return one.kind == kind; }); };
    return around[0] + (isFirst ? "" : step.note) + of("contacts").map(function (one) {
      var isNew = !writer.met[one.id];
      writer.met[one.id] = true;
      return one.html[isNew ? 0 : 1];
    }).join("") + (isFirst ? step.note : "") + of("routes").map(function (one) { return route(one, writer); }).join("") +
      (planned.shown.length && !step.note ? step.why : "") + of("provisions").map(function (one) { return one.html; }).join("") +
      planned.links.map(function (link) { return data.links[link] || ""; }).join("") + around[1];
  }

  // "Save it first" is said once, and what to do when nothing was removed; both to adults only.
  function route(one, writer) {
    var isAdult = ageOf(writer.answers) == ADULT;
    var warns = isAdult && one.deletes && !writer.warned, then = isAdult && one.silent && !writer.saidThen;
    if (warns) writer.warned = true;
    if (then) writer.saidThen = true;
    return one.html[(warns ? 2 : 0) + (then ? 1 : 0)];
  }

  // Which steps, in which order

  function made(data, answers) {
    var seen = {}, planned = [];
    arranged(data, answers).forEach(function (part) {
      part.steps.forEach(function (step) {
        var shown = people(data, step, answers).concat(papers(data, step, answers, seen));
        var links = linksOf(step, shown, answers);
        if (shown.length || links.length || !Object.keys(step.find).length)
          planned.push({ when: part.when, step: step, shown: shown, links: links });
      });
    });
    return planned;
  }

  function arranged(data, answers) {
    var given = asGiven(data, answers), order = data.order, parts = { now: [], today: [], week: [] };
    var steps = data.steps.filter(function (step) { return fits(step.conditions, given); });
    var isFeared = steps.some(function (step) { return step.first; });
    steps.forEach(function (step) { parts[whenOf(step, given, isFeared, order)].push(step); });
    var sorted = function (row) { return stable(row, function (step) { return [rank(step, given, order)]; }); };
    var now = sorted(parts.now);
    parts.today = sorted(parts.today.concat(now.slice(order.most)));
    parts.now = now.slice(0, order.most);
    parts.week = sorted(parts.week);
    return WHENS.map(function (when) { return { when: when, steps: parts[when] }; });
  }

  function whenOf(step, given, isFeared, order) {
    if (step.when == "week") return mattersMost(step, given, order) ? "today" : "week";
    if (step.when == "today") return "today";
    var isHurt = ["danger", "selfharm", "body"].some(function (name) { return has(given[name], "yes"); });
    var waits = has(order.proof, step.does[0]) && (isFeared || isHurt);
    return waits || isFeared && step.noticed == "yes" ? "today" : "now";
  }

  function rank(step, given, order) {
    if (step.first) return -2;
    if (step.does[0] == "talk" && given.selfharm[0] == "yes" && given.danger[0] != "yes") return -1;
    var place = order.acts.indexOf(step.does[0]), last = order.acts.indexOf("evidence");
    return place > last && mattersMost(step, given, order) ? last + 0.5 : place;
  }

  function mattersMost(step, given, order) { return meet(order.priorities[given.priority[0]] || [], step.does); }

  function asked(data, answers) {
    var given = asGiven(data, answers);
    return data.questions.filter(function (one) { return !one.conditions.length || fits(one.conditions, given); }).map(idOf);
  }

  function asGiven(data, answers) {
    var given = {};
    data.questions.forEach(function (one) { given[one.id] = answers[one.id] || [SKIPPED]; });
    given.age = [ageOf(answers)];
    return given;
  }

  function fits(conditions, given) {
    return conditions.some(function (condition) {
      return Object.keys(condition).every(function (name) { return meet(condition[name], given[name]); });
    });
  }

  function ageOf(answers) {
    var said = (answers.age || [SKIPPED])[0];
    return has(answers.types || [], UNDER_18) || said == UNDER_18 || said == "unsure" ? UNDER_18 : said;
  }

  // Whom a step names

  function people(data, step, answers) {
    var named = step.contacts.map(function (name) { return data.contacts.filter(function (one) { return one.id == name; })[0]; });
    named = named.filter(Boolean);
    if (step.find.contacts) near(data, step, answers).forEach(function (one) { if (!has(named, one)) named.push(one); });
    var fitting = named.filter(function (one) { return suits(data, one, step, answers); });
    var groups = has(step.does, "rescue") || ageOf(answers) == UNDER_18 ? [] : groupsOf(data, answers);
    fitting = stable(fitting, function (one) { return [!meet(groups, one.serves), groups.length > 0 && one.tells]; });
    var shown = fitting.slice(0, step.most), called = fitting.filter(function (one) { return one.phones; })[0];
    if (called && !has(shown, called)) shown[shown.length - 1] = called;
    return shown;
  }

  function near(data, step, answers) {
    var state = (answers.state || [""])[0], spoken = (answers.language || [""])[0], groups = groupsOf(data, answers);
    var found = data.contacts.filter(function (one) {
      return !has(step.without, one.id) && meet(step.find.contacts, one.needs) &&
        (has(one.states, "all") || has(one.states, state) || !state && meet(groups, one.serves));
    });
    return stable(found, function (one) { return [!has(one.states, state), !has(one.languages, spoken), !one.phones]; });
  }

  function suits(data, one, step, answers) {
    var age = ageOf(answers), you = answers.you || [];
    if (has(step.does, "rescue") || one.child && has(step.does, "talk") && age == UNDER_18) return true;
    if ((answers.police || [])[0] == "yes" && (one.tells || one.papers)) return false;
    if (one.papers && meet(data.notCitizens, you)) return false;
    if (age != UNDER_18 && meet(groupsOf(data, answers), one.serves)) return true;
    var wanted = data.served[age] ? [data.served[age]] : Object.keys(data.served).map(function (name) { return data.served[name]; });
    return wanted.every(function (row) { return meet(row, one.serves); });
  }

  function groupsOf(data, answers) {
    return (answers.you || []).map(function (one) { return data.groups[one]; }).filter(Boolean);
  }

  // Routes and laws, each once in a plan

  function papers(data, step, answers, seen) {
    var count = { routes: 0, provisions: 0 }, age = ageOf(answers);
    return foundPapers(data, step, answers).filter(function (one) {
      var key = one.kind + " " + one.id;
      if (seen[key] || count[one.kind] >= step.most || one.age != "any" && one.age != age) return false;
      return seen[key] = ++count[one.kind];
    });
  }

  function foundPapers(data, step, answers) {
    var types = answers.types || [], isChild = ageOf(answers) == UNDER_18, found = [];
    step.routes.forEach(function (name) { if (data.routes[name]) found.push(data.routes[name]); });
    step.provisions.forEach(function (name) { if (data.provisions[name]) found.push(data.provisions[name]); });
    if (step.find.routes) (answers.platforms || []).forEach(function (platform) {
      (data.platforms[platform] || []).forEach(function (name) {
        var one = data.routes[name];
        if (!types.length || meet(types, one.types) || isChild && has(one.types, UNDER_18)) found.push(Object.assign({}, one, { platform: platform }));
      });
    });
    if (step.find.provisions) found = found.concat(laws(data, step.find.provisions, types.length ? types : isChild ? [UNDER_18] : []));
    return found;
  }

  function laws(data, forums, types) {
    var found = data.inForce.map(function (name) { return data.provisions[name]; }).filter(function (one) {
      return meet(forums, one.forum) && meet(types, one.types);
    });
    return stable(found, function (one) { return [one.age == "any", one.types.length]; });
  }

  function linksOf(step, shown, answers) {
    var platforms = answers.platforms || [];
    if (!step.find.routes || !platforms.length) return step.links;
    var covered = shown.map(function (one) { return one.platform; });
    return platforms.filter(function (one) { return !has(covered, one); }).map(function (one) { return "/platforms/" + one + "/"; });
  }

  // Small words

  function has(row, one) { return row.indexOf(one) >= 0; }
  function meet(row, other) { return row.some(function (one) { return has(other, one); }); }
  function idOf(one) { return one.id; }
  function pairs(answers) {
    return [].concat.apply([], Object.keys(answers).map(function (name) { return answers[name].map(function (one) { return [name, one]; }); }));
  }
  // Sorted by numbers; what is equal stays in its order, in old engines too.
  function stable(row, key) {
    return row.map(function (one, n) { return { one: one, key: key(one).concat(n) }; }).sort(function (a, b) {
      for (var n = 0; n < a.key.length; n++) if (+a.key[n] != +b.key[n]) return a.key[n] - b.key[n];
      return 0;
    }).map(function (pair) { return pair.one; });
  }
})(window.mirror);
