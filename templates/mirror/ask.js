// Answers the forms of a mirror in the browser, by the guide's own rules as data. Nothing is asked of anyone, kept or
// written to an address. Files are loaded as scripts, since pages that are opened from a stick may fetch nothing.
(function (page) {
  var here = page.currentScript.src.replace(/[^/]*$/, "");
  var language = page.documentElement.lang;
  var mirror = window.mirror = { here: here, language: language, data: {}, rules: {} };
  var asked = 0;

  // The table of all answers: which lines each is made of.
  mirror.rules.table = function (data, given) {
    var key = data.fields.map(function (name) { return given.get(name) || ""; }).join("|");
    return data.answers[key].split(" ").map(function (n) { return data.lines[n]; }).join("\n");
  };

  page.querySelectorAll("[data-asked]").forEach(function (form) { form.hidden = false; });
  page.querySelectorAll("[data-without]").forEach(function (part) { part.hidden = true; });

  // Before the guide's own script hears of it, which would ask a server.
  addEventListener("submit", function (event) {
    var form = event.target, name = form.dataset.asked;
    if (!name) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    var given = new FormData(form), button = event.submitter || page.activeElement;
    if (button && button.form == form && button.name) given.append(button.name, button.value);
    var own = ++asked;
    var file = name + "." + language;
    load([file + ".js"], function () {
      var data = mirror.data[file];
      load((data.needs || []).concat(data.rule ? data.rule + ".js" : []), place);

      function place() {
        // The newest question wins; nothing is shown over a page that was left.
        if (own != asked || page.documentElement.classList.contains("gone")) return;
        var answer = mirror.rules[data.rule || "table"](data, given);
        if (Array.isArray(answer)) return load(answer, place);
        show(answer, form, name, data.marks);
      }
    });
  }, true);

  var scripts = {};
  // One after the other, each once; a rule may ask for more.
  function load(names, then) {
    if (!names.length) return then();
    var name = names[0], act = function () { load(names.slice(1), then); };
    if (scripts[name] == "there") return act();
    var script = page.createElement("script");
    script.src = here + name;
    script.onload = function () { scripts[name] = "there"; act(); };
    script.onerror = function () {
      var status = page.querySelector("[data-failed]");
      if (status) status.textContent = status.dataset.failed;
    };
    page.head.appendChild(script);
  }

  function show(html, form, name, marks) {
    var main = page.querySelector("main");
    // Drawn marks stand once at the end; links lead from this page to the files of the mirror.
    main.innerHTML = (html + marks).replace(/ (href|action)="\/([^"]*)"/g, function (_, kind, to) {
      return " " + kind + '="' + (kind == "action" ? "#" : file(to)) + '"';
    });
    main.querySelectorAll("[data-form]").forEach(function (mark) { mark.parentNode.replaceChild(form, mark); });
    main.querySelectorAll("form").forEach(function (one) { one.dataset.asked = name; one.hidden = false; });
    var heading = main.querySelector("[autofocus]") || main.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus();
    scrollTo(0, 0);
  }

  // "en/laws/#fine" -> the file, from where this page is.
  function file(to) {
    var parts = to.split("#");
    var path = /\.[a-z]+$/.test(parts[0]) ? parts[0] : parts[0] + "index.html";
    return here.replace(/mirror\/$/, "") + path + (parts.length > 1 ? "#" + parts[1] : "");
  }
})(document);
