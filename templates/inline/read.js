// Reading in one history entry, so that Back never shows which pages were read (docs/quick-exit.md, R1 and R2).
(function () {
  const root = document.documentElement;
  const find = (selector) => document.querySelector(selector);

  // R1: a link inside the guide takes the place of this page, so that the tab never holds more than one entry of ours.
  addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (event.defaultPrevented || event.button || !link || !("oneEntry" in root.dataset) || event.ctrlKey ||
        event.metaKey || event.shiftKey || event.altKey || link.protocol != location.protocol ||
        link.host != location.host || link.target || link.hasAttribute("download")) return;
    event.preventDefault();
    // A short link is copied; where the browser does not let it, it is followed.
    const follow = () => location.replace(link.href);
    const board = link.closest("[aria-live]") && navigator.clipboard;
    board ? board.writeText(link.href).then(() => link.append(" ✓"), follow) : follow();
    if (link.hash && link.pathname == location.pathname) show(link.hash);
  });

  // R1b: after a jump inside the page the keyboard and the screen reader go on from the heading.
  function show(hash) {
    const heading = open(hash);
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus();
  }

  // A part that is folded opens when an address leads to it, whatever it is folded into.
  function open(hash) {
    const heading = document.getElementById(decodeURIComponent(hash.slice(1)));
    for (let fold = heading; fold; fold = fold.parentElement) if (fold.localName == "details") fold.open = true;
    return heading;
  }
  addEventListener("hashchange", () => open(location.hash));
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((fold) => { fold.open = true; }));

  // Browsers inside apps keep a history of their own and are watched by the app. They are known by a bridge to the app's
  // code, or by what they say: Android's views wv, or "Version/4.0" before Chrome; Apple's no word of Safari, which every
  // real browser says, or neither its version nor a browser's own name. Four that say otherwise are known by name. A page
  // opened from the home screen is in no app.
  function isInsideApp(agent) {
    return !navigator.standalone && ("ReactNativeWebView" in window || "flutter_inappwebview" in window ||
      /FB_IAB|Bytedance|MicroMessenger|Snapchat|Kit(?!.*Safari)/.test(agent) ||
      /; wv|Version\/4.0 Chrome|\(iP(?!.*Version)/.test(agent) &&
        !/Browser|iOS\/|OP[RTX]\/|PHX|Quark|DuckDuck|Focus|Puffin/.test(agent));
  }

  addEventListener("DOMContentLoaded", () => {
    const asked = location.hash && open(location.hash);
    if (asked) asked.scrollIntoView();
    // R2: the way back to the page just read, known from the referrer alone: nothing is stored.
    const back = find("[data-back]");
    const before = document.referrer;
    if (back && before.startsWith(location.origin + "/") && before != location.href.split("#")[0]) {
      back.href = before;
      back.hidden = false;
    }
    find("[data-in-app]").hidden = !isInsideApp(navigator.userAgent);
  });
})();
