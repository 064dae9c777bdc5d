// A plan can be copied, saved and printed; words to send to someone can be copied. Nothing leaves the phone.
(function (page) {
  // What a person would read, with the addresses of links to other sites; ticked steps are marked.
  function textOf(part) {
    var text = part.cloneNode(true);
    text.querySelectorAll("a[href^=http], a[href^=mailto]").forEach(function (link) { link.append(" (" + link.href + ")"); });
    var boxes = part.querySelectorAll("input");
    text.querySelectorAll("input").forEach(function (box, number) {
      box.replaceWith(boxes[number].checked ? "[x]" : "[ ]");
    });
    text.querySelectorAll("h2, p, li, summary, .choice").forEach(function (block) { block.append("\n"); });
    return text.textContent.replace(/[ \t]*\n\s*/g, "\n").trim() + "\n";
  }

  // Where there is no clipboard, or it refuses: the way of older browsers.
  function copy(text) {
    var modern = navigator.clipboard && navigator.clipboard.writeText(text);
    return (modern || Promise.reject()).catch(function () {
      var field = page.createElement("textarea");
      field.value = text;
      field.readOnly = true;
      field.className = "sr";
      page.body.append(field);
      field.select();
      var worked = page.execCommand("copy");
      field.remove();
      if (!worked) throw new Error();
    });
  }

  page.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy], [data-save], [data-print]");
    if (!button) return;
    if ("print" in button.dataset) return print();
    var text = textOf(page.querySelector(button.dataset.copy || button.dataset.save));
    var status = button.parentNode.querySelector("[data-copied]") || page.querySelector("main [data-copied]");
    var tell = function (name) { return function () { status.textContent = status.dataset[name]; }; };
    if (button.dataset.copy) return copy(text).then(tell("copied"), tell("refused")).then(function () { button.focus(); });
    var link = page.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = "notes.txt"; // A name that says nothing.
    link.click();
    URL.revokeObjectURL(link.href);
    tell("saved")();
  });
})(document);
