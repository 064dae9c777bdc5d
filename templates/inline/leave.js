// Leaving without a trace, and reading in one history entry. Inlined before anything else on every reader page and
// written to be read; docs/quick-exit.md has the measurements behind each rule (R…).
(function (page, root) {
  var left = false;
  var pressed = { key: "", times: 0, at: 0 };
  var tabs = window.BroadcastChannel && new BroadcastChannel("leave");

  // Tells the style that script runs: a press that slides off the link may then unveil at once (WCAG 2.5.2).
  root.classList.add("js");

  function exitOf(event) {
    return event.target.closest && event.target.closest("[data-exit]");
  }

  function veil(on) {
    root.classList.toggle("gone", on);
  }

  function say(name) {
    var status = page.querySelector("[role=status]");
    if (status) status.textContent = status.dataset[name];
  }

  function leave() {
    var exit = page.querySelector("[data-exit]");
    veil(true);
    if (!left) {
      left = true;
      // A tab strip or task list must not go on naming us while the target loads (R6). An empty title shows the address.
      page.title = "\u200b";
      page.querySelector("[rel=icon]").href = "data:,";
      say("leaving");
      if (tabs) tabs.postMessage(1); // R11
    }
    // Again at each call: a tap on a slow link, or Escape, may have cancelled the first (R21).
    location.replace(exit.href);
  }

  function hold(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  if (tabs) tabs.onmessage = leave;

  // R5: hidden while the finger is still down. The link itself stays, unseen, or the release would land on nothing (R5b).
  page.addEventListener("pointerdown", function (event) {
    if (exitOf(event)) veil(true);
  }, true);
  page.addEventListener("pointerup", function (event) {
    if (exitOf(event)) leave();
    else if (!left) veil(false);
  }, true);
  page.addEventListener("pointercancel", function () {
    if (!left) veil(false);
  }, true);

  // R23: middle click and long press leave too, and open no second tab or menu.
  ["click", "auxclick", "contextmenu", "dragstart"].forEach(function (type) {
    page.addEventListener(type, function (event) {
      if (left) hold(event);
      else if (exitOf(event)) {
        hold(event);
        if (type != "dragstart") leave();
      } else if (type == "click") follow(event);
    }, true);
  });

  // R10: three times Escape or three times Shift, within two seconds. Later keys must not cancel the navigation.
  page.addEventListener("keydown", function (event) {
    if (left) return hold(event);
    if (event.repeat) return;
    if (event.key != "Escape" && event.key != "Shift") pressed.key = "";
    else {
      if (event.key != pressed.key || event.timeStamp - pressed.at > 2000) {
        pressed = { key: event.key, times: 0, at: event.timeStamp };
      }
      if (++pressed.times == 3) {
        hold(event);
        leave();
      } else if (pressed.times == 2) say("again");
    }
  }, true);

  // R12: a page that was left stays hidden, however it is brought back, and leaves again.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted && left) leave();
  });

  // R1: a link inside the guide takes the place of this page, so that the tab never holds more than one entry of ours.
  function follow(event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link || !("oneEntry" in root.dataset) || event.button || event.ctrlKey || event.metaKey || event.shiftKey ||
        event.altKey || link.origin != location.origin || link.target || link.hasAttribute("download")) return;
    event.preventDefault();
    location.replace(link.href);
    if (link.hash && link.pathname == location.pathname) show(link.hash);
  }

  // R1b: after a jump inside the page the keyboard and the screen reader go on from the heading.
  function show(hash) {
    var heading = page.getElementById(decodeURIComponent(hash.slice(1)));
    if (!heading) return;
    var closed = heading.closest("details");
    if (closed) closed.open = true;
    heading.tabIndex = -1;
    heading.focus();
  }

  page.addEventListener("DOMContentLoaded", function () {
    // R2: the way back to the page just read, known from the referrer alone: nothing is stored.
    var back = page.querySelector("[data-back]");
    var before = page.referrer;
    if (back && before.indexOf(location.origin + "/") == 0 && before != location.href.split("#")[0]) {
      back.href = before;
      back.hidden = false;
    }
    // Browsers inside apps keep a history of their own and are watched by the app.
    if (/FBA[NV]|Instagram|TikTok|musical_ly|Bytedance|WhatsApp|MicroMessenger|Line\/|; wv\)/.test(navigator.userAgent)) {
      page.querySelectorAll("[data-in-app]").forEach(function (hint) { hint.hidden = false; });
    }
  });

  // iOS lays its keyboard over fixed bars: lift ours above it.
  if (window.visualViewport) visualViewport.addEventListener("resize", function () {
    root.style.setProperty("--keyboard", innerHeight - visualViewport.height * visualViewport.scale + "px");
  });
})(document, document.documentElement);
