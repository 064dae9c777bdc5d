// Which contacts fit, and who answers now: survivors/directories/matching.py and toolkit/texts/records/hours.py, whose
// tables stand in the data. Times are Malaysia's, in minutes of a day, whatever the phone's clock is set to.
(function (mirror) {
  var DAY = 86400000, HORIZON = 15;

  mirror.rules["find-help"] = function (data, given, moment) {
    var wish = {};
    ["need", "state", "language", "serves", "free", "open"].forEach(function (name) { wish[name] = given.get(name) || ""; });
    var now = local(moment || Date.now());
    var found = data.contacts.filter(function (one) { return suits(one, wish, now, data); });
    var keys = new Map(found.map(function (one) { return [one, key(one, wish)]; }));
    found.sort(function (one, other) { return compare(keys.get(one), keys.get(other)) || one.at - other.at; });
    var isOpen = !(wish.need || wish.state || wish.language || wish.serves || wish.free || wish.open);
    var shown = isOpen ? found.filter(function (one) { return one.phones; }) : found;
    var parts = data.pages[isOpen ? "all" : found.length ? "some" : "none"];
    return parts[0].replace("@number@", found.length) + shown.map(function (one) {
      var li = data.lines[one.li[wish.serves] !== undefined ? one.li[wish.serves] : one.li[""]];
      return li.replace("@now@", function () { return said(one, wish.state, now, data); });
    }).join("") + parts[1];
  };

  function suits(one, wish, now, data) {
    return ["need", "state", "language", "serves", "free"].every(function (name) {
      return !wish[name] || one.fits[name].indexOf(wish[name]) >= 0;
    }) && (!wish.open || one.lines.some(function (line) {
      return line[1] && answers(data.hours[line[1]], now, holidays(one, wish.state, data)) == "open";
    }));
  }

  function key(one, wish) {
    var exposed = one.exposure[wish.need == "children" ? "children" : wish.serves] || 0;
    return [exposed, one.far[0], one.far[1], one.states.indexOf(wish.state) < 0, one.languages.indexOf(wish.language) < 0,
            one.serves.indexOf(wish.serves) < 0, one.far[2]];
  }

  function compare(one, other) {
    for (var n = 0; n < one.length; n++) if (one[n] != other[n]) return one[n] - other[n];
    return 0;
  }

  // What is said of a contact's numbers at this hour.
  function said(one, state, now, data) {
    var isHoliday = holidays(one, state, data);
    var all = one.lines.map(function (line) { return line[1] ? sentence(data.hours[line[1]], now, isHoliday, data.words) : ""; });
    var isSame = all.every(function (words) { return words == all[0]; });
    return (isSame ? [["", all[0]]] : one.lines.map(function (line, n) { return [line[0], all[n]]; })).map(function (row) {
      return row[1] ? data.now[row[0] ? 0 : 1].replace("@number@", row[0]).replace("@sentence@", row[1]) : "";
    }).join("");
  }

  function sentence(hours, now, isHoliday, words) {
    var state = answers(hours, now, isHoliday), first = words[state].replace("@moment@", named(now, now, words));
    var opens = state == "open" ? null : next(hours, now, isHoliday);
    if (!opens) return first;
    var then = words[opens.day == now.day ? "today" : "later"];
    return first + words.between + then.replace("@time@", clock(opens.minute)).replace("@moment@", named(opens, now, words));
  }

  function answers(hours, now, isHoliday) {
    var found = [now.day - 1, now.day].filter(function (day) {
      var minute = now.minute + (now.day - day) * 1440;
      return spans(hours, day, isHoliday).some(function (span) { return span[0] <= minute && minute < span[1]; });
    });
    if (!found.length) return "closed";
    return !hours.knows && found.every(isHoliday) ? "unsure" : "open";
  }

  function next(hours, now, isHoliday) {
    for (var day = now.day; day < now.day + HORIZON; day++) {
      if (isHoliday(day) && !hours.knows) continue;
      var later = spans(hours, day, isHoliday).filter(function (span) { return day > now.day || span[0] > now.minute; });
      if (later.length) return { day: day, minute: later[0][0] };
    }
    return null;
  }

  // Hours that are the same every week stand by weekday, others by date.
  function spans(hours, day, isHoliday) {
    var row = hours[isHoliday(day) ? "holidays" : "days"];
    return (hours.weekly ? row[(day + 3) % 7] : row[day - hours.from]) || [];  // day 0, of 1970, was a Thursday
  }

  function holidays(one, state, data) {
    var states = one.holidays[state];
    return function (day) { return states.some(function (name) { return data.holidays[name].indexOf(day) >= 0; }); };
  }

  function named(value, now, words) {
    var pattern = words[value.day - now.day < 7 ? "near" : "far"];
    return pattern.replace("@day@", words.days[(value.day + 3) % 7]).replace("@date@", words.dates[value.day] || "")
      .replace("@time@", clock(value.minute));
  }

  function clock(minute) {
    return ("0" + Math.floor(minute / 60)).slice(-2) + ":" + ("0" + minute % 60).slice(-2);
  }

  function local(moment) {
    var there = moment + 8 * 3600000, day = Math.floor(there / DAY);
    return { day: day, minute: Math.floor((there - day * DAY) / 60000) };
  }
})(window.mirror);
