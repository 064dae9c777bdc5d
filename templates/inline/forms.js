// Forms of the guide add no history entry and leave no address behind: the answer takes the place of the page's text.
// Without script they are plain POST forms (docs/quick-exit.md, decision 4).
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
      var heading = main.querySelector("[autofocus], h1");
      heading.tabIndex = -1;
      heading.focus();
      scrollTo(0, 0);
    }).catch(function () {
      form.submit(); // No answer to fetch: let the browser ask, and say what is wrong.
    });
  });
})(document);
