// Leaving without a trace, and reading in one history entry. Inlined before anything else on every reader page and
// written to be read; docs/quick-exit.md names the test and the measurement behind each rule (R…).
(function () {
  const root = document.documentElement;
  const tabs = window.BroadcastChannel && new BroadcastChannel("leave");
  let left = false;
  let lastKey, presses, firstPress, again;

  // Capturing at the window: before anything else on the page, and before the body is there (R8).
  const on = (types, act) => types.split(" ").forEach((type) => addEventListener(type, act, true));
  const find = (selector) => document.querySelector(selector);
  const above = (node, selector) => node && node.closest && node.closest(selector);
  const veil = (isOn) => root.classList.toggle("gone", isOn);
  const say = (name) => {
    const status = find("[role=status]");
    status.textContent = status.dataset[name];
  };
  const hold = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  function leave() {
    veil(true);
    if (!left) {
      left = true;
      // A tab strip or task list must not go on naming us meanwhile (R6). An empty title would show the address.
      document.title = "\u200b";
      find("[rel=icon]").href = "data:,";
      say("leaving");
      if (tabs) tabs.postMessage(1); // R11
    }
    // Again at each call: a tap on a slow link, or Escape, may have cancelled the first (R21).
    location.replace(find("[data-exit]").href);
  }

  // Tells the style that script runs: a press that slides off the link may then unveil at once (WCAG 2.5.2).
  root.classList.add("js");
  if (tabs) tabs.onmessage = leave;

  // R5: hidden while the finger is down. The link stays, unseen, or the release would land on nothing (R5b).
  on("pointerdown", (event) => {
    if (above(event.target, "[data-exit]")) veil(true);
  });
  on("pointerup pointercancel", (event) => {
    // A finger that slid off still names the link as its target: what counts is what lies under it now.
    const under = document.elementFromPoint(event.clientX, event.clientY);
    if (!left && !(event.type == "pointerup" && above(under, "[data-exit]"))) veil(false);
  });

  // R23: middle click and long press leave too, and open no second tab or menu.
  on("click auxclick contextmenu dragstart", (event) => {
    if (left) hold(event);
    else if (above(event.target, "[data-exit]")) {
      hold(event);
      if (event.type != "dragstart") leave();
    } else if (event.type == "click") follow(event);
  });

  // R10: three times Escape or three times Shift, within two seconds. Later keys must not cancel the navigation.
  on("keydown", (event) => {
    const key = event.key;
    if (left) {
      // On a busy machine 2 of 40 bursts of six Escapes stopped the navigation all the same. So once more, after them.
      clearTimeout(again);
      again = setTimeout(leave, 500);
      return hold(event);
    }
    if (event.repeat) return;
    if (key != lastKey || event.timeStamp - firstPress > 2000) {
      presses = 0;
      firstPress = event.timeStamp;
    }
    lastKey = key;
    presses++;
    if (key != "Escape" && key != "Shift") return;
    if (presses == 2) say("again");
    if (presses == 3) {
      hold(event);
      leave();
      again = setTimeout(leave, 500);
    }
  });

  // R12: a page that was left stays hidden, however it is brought back, and leaves again.
  on("pageshow", (event) => {
    if (event.persisted && left) leave();
  });

  // R1: a link inside the guide takes the place of this page, so that the tab never holds more than one entry of ours.
  function follow(event) {
    const link = above(event.target, "a[href]");
    if (!link || !("oneEntry" in root.dataset) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey ||
        link.protocol != location.protocol || link.host != location.host || link.target ||
        link.hasAttribute("download")) return;
    event.preventDefault();
    location.replace(link.href);
    if (link.hash && link.pathname == location.pathname) show(link.hash);
  }

  // R1b: after a jump inside the page the keyboard and the screen reader go on from the heading.
  function show(hash) {
    const heading = document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!heading) return;
    const closed = heading.closest("details");
    if (closed) closed.open = true;
    heading.tabIndex = -1;
    heading.focus();
  }

  on("DOMContentLoaded", () => {
    // R2: the way back to the page just read, known from the referrer alone: nothing is stored.
    const back = find("[data-back]");
    const before = document.referrer;
    if (back && before.startsWith(location.origin + "/") && before != location.href.split("#")[0]) {
      back.href = before;
      back.hidden = false;
    }
    // Browsers inside apps keep a history of their own and are watched by the app.
    find("[data-in-app]").hidden =
      !/FBA[NV]|Instagram|TikTok|musical_ly|Bytedance|WhatsApp|MicroMessenger|Line\/|; wv\)/.test(navigator.userAgent);
  });

  // iOS lays its keyboard over fixed bars: lift ours above it.
  if (window.visualViewport) visualViewport.onresize = () =>
    root.style.setProperty("--keyboard", innerHeight - visualViewport.height * visualViewport.scale + "px");
})();
