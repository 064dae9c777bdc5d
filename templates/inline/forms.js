// Forms of the guide add no history entry and leave no address behind: the answer takes the place of the page's text.
// Where anything is missing or fails they are plain POST forms (docs/quick-exit.md, decision 4), or say what happened.
(function (page) {
  var PATIENCE = 15000, QUIET = 500; // milliseconds
  var waiting = false, pressed;

  // Engines of before 2022 do not say which button sends a form.
  page.addEventListener("click", function (event) { pressed = event.target.closest("button"); }, true);

  page.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("[data-in-place]")) return;
    if (waiting) return event.preventDefault();
    if (!window.fetch || !window.URLSearchParams || !window.DOMParser || !window.Promise) return;
    event.preventDefault();
    var data = new FormData(form);
    var button = "submitter" in event ? event.submitter : pressed;
    var address = button && button.getAttribute("formaction") || form.getAttribute("action");
    if (button && button.name) data.append(button.name, button.value);
    var sent = words(form);
    waiting = true;
    form.setAttribute("aria-busy", "true");
    say("");
    var quiet = setTimeout(function () { say("waiting"); }, QUIET);
    ask(address, data).then(function (found) {
      done();
      // Not over a reader who is leaving: her tab has lost our name.
      if (!page.documentElement.classList.contains("gone")) show(found, form, sent, address);
    }, function () {
      // Page, words and answers stay as they are.
      done();
      say("failed");
      if (button && button.focus) button.focus();
    });

    function done() {
      clearTimeout(quiet);
      waiting = false;
      form.removeAttribute("aria-busy");
      say("");
    }
  });

  // The guide's answer, as a document. A proxy's error, a log-in page of a wifi, half an answer or none: refused.
  function ask(address, data) {
    var limit = window.AbortController && new AbortController();
    var late = new Promise(function (_, refuse) {
      setTimeout(function () {
        refuse();
        if (limit) limit.abort();
      }, PATIENCE);
    });
    var answer = fetch(address, {
      method: "POST", body: new URLSearchParams(data), redirect: "error", signal: limit ? limit.signal : undefined
    }).then(function (found) { return found.text(); }).then(function (html) {
      var found = new DOMParser().parseFromString(html, "text/html");
      // The end of the page too, or the answer was cut on its way.
      var main = found.querySelector("[data-exit]") && found.querySelector("footer") && found.querySelector("main#main");
      if (!main) throw new Error();
      return found;
    });
    return Promise.race([answer, late]);
  }

  function show(found, form, sent, address) {
    var typing = page.activeElement;
    var typed = words(form);
    var main = found.querySelector("main");
    if (address == location.pathname) place(main, found);
    else turn(found, address);
    // What was typed or chosen while waiting is hers: it stays, and the cursor in it.
    var cursor;
    fields(main, function (field, name) {
      if (!(name in typed) || typed[name] === sent[name]) return;
      field[isTick(field) ? "checked" : "value"] = typed[name];
      if (typing && typing.name == field.name) cursor = field;
    });
    if (cursor) return cursor.focus();
    var heading = main.querySelector("[autofocus]") || main.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus();
    scrollTo(0, 0);
  }

  function place(main, found) {
    // The drawn marks that it uses stand at the end of its page.
    var marks = found.querySelector("body > svg");
    if (marks) main.appendChild(marks);
    var old = page.querySelector("main");
    old.parentNode.replaceChild(main, old);
  }

  // Another page's answer, or one in another language: the whole page is changed, in the entry that it has (R1).
  function turn(found, address) {
    var inApp = page.querySelector("[data-in-app]").hidden;
    history.replaceState(null, "", address);
    page.title = found.title;
    page.documentElement.lang = found.documentElement.lang;
    page.documentElement.replaceChild(found.body, page.body);
    page.querySelector("[data-in-app]").hidden = inApp;
  }

  function words(form) {
    var found = {};
    fields(form, function (field, name) { found[name] = isTick(field) ? field.checked : field.value; });
    return found;
  }

  function fields(part, act) {
    part.querySelectorAll("input:not([type=hidden]), select, textarea").forEach(function (field) {
      act(field, field.name + (isTick(field) ? "=" + field.value : ""));
    });
  }

  function isTick(field) {
    return field.type == "checkbox" || field.type == "radio";
  }

  function say(name) {
    var status = page.querySelector("[data-waiting]");
    if (status) status.textContent = name ? status.dataset[name] : "";
  }
})(document);
