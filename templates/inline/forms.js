// Forms of the guide add no history entry and leave no address behind: the answer takes the place of the page's text.
// Without script they are plain POST forms (docs/quick-exit.md, decision 4). A plan can be copied, saved and printed.
(function (page) {
  page.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("[data-in-place]")) return;
    event.preventDefault();
    var data = new FormData(form);
    if (event.submitter && event.submitter.name) data.append(event.submitter.name, event.submitter.value);
    fetch(form.action, { method: "POST", body: new URLSearchParams(data) }).then(function (answer) {
      return answer.text();
    }).then(function (html) {
      var main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
      page.querySelector("main").replaceWith(main);
      var heading = main.querySelector("[autofocus]") || main.querySelector("h1");
      heading.tabIndex = -1;
      heading.focus();
      scrollTo(0, 0);
    }).catch(function () {
      // No answer to fetch: let the browser ask, and say what is wrong. But not over a reader who is leaving.
      if (!page.documentElement.classList.contains("gone")) form.submit();
    });
  });

  // What a person would read, with the addresses of links to other sites; ticked steps are marked.
  function textOf(part) {
    var text = part.cloneNode(true);
    text.querySelectorAll("a[href^=http], a[href^=mailto]").forEach(function (link) { link.append(" (" + link.href + ")"); });
    var boxes = part.querySelectorAll("input");
    text.querySelectorAll("input").forEach(function (box, number) {
      box.replaceWith(boxes[number].checked ? "[x]" : "[ ]");
    });
    text.querySelectorAll("h2, p, li, label").forEach(function (block) { block.append("\n"); });
    return text.textContent.replace(/[ \t]*\n\s*/g, "\n").trim() + "\n";
  }

  page.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy], [data-save], [data-print]");
    if (!button) return;
    if ("print" in button.dataset) return print();
    var text = textOf(page.querySelector(button.dataset.copy || button.dataset.save));
    var status = page.querySelector("main [role=status]");
    if (button.dataset.copy) return navigator.clipboard.writeText(text).then(function () {
      status.textContent = status.dataset.copied;
    });
    var link = page.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = "notes.txt"; // A name that says nothing.
    link.click();
    URL.revokeObjectURL(link.href);
    status.textContent = status.dataset.saved;
  });
})(document);
