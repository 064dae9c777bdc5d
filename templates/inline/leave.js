// Leaving without a trace. Inlined before anything else on every reader page and written to be read; docs/quick-exit.md
// names the test and the measurement behind each rule (R…). Nothing here needs more than a browser of 2018, and what is
// newer (tabs that leave together, a bar above a keyboard) is asked for first.
(function () {
  const root = document.documentElement;
  const tabs = window.BroadcastChannel && new BroadcastChannel("leave");
  let left, last, count, since, again;

  // Capturing at the window: before anything else on the page, and before the body is there (R8).
  const on = (types, act) => types.split(" ").forEach(type => addEventListener(type, act, true));
  const find = selector => document.querySelector(selector);
  const isExit = node => node && node.closest && node.closest("[class^=leave]");
  const say = name => {
    const status = find("[role=status]");
    status.textContent = status.dataset[name];
  };
  const hold = event => event.preventDefault();

  // R5: a sheet over the page, part of the link itself. Hiding what lies below would take a slow phone 100 ms.
  const cover = isOn => root.classList.toggle("covered", isOn);

  function leave() {
    cover(true);
    if (!left) {
      left = 1;
      root.classList.add("gone");
      history.replaceState(1, ""); // R12: this entry, and no other, is marked as left
      // A tab strip or task list must not go on naming us meanwhile (R6). An empty title would show the address.
      document.title = "\u200b";
      find("[rel=icon]").href = "data:,";
      say("leaving");
      tabs && tabs.postMessage(1); // R11
    }
    // Again at each call: a tap on a slow link, or Escape, may have cancelled the first (R21).
    location.replace(find(".leave").href);
  }

  // Tells the style that script runs: a press that slides off the link may then uncover at once (WCAG 2.5.2).
  root.classList.add("js");
  if (tabs) tabs.onmessage = leave;

  // Hidden while the finger is down. The link stays, unseen, or the release would land on nothing (R5b).
  on("pointerdown touchstart", event => isExit(event.target) && cover(true));
  on("pointerup pointercancel", event =>
    // A finger that slid off still names the link as its target: what counts is what lies under it now.
    left || event.type == "pointerup" && isExit(document.elementFromPoint(event.clientX, event.clientY)) || cover(false));
  // Engines of before 2019 tell of fingers only by touches; and where the release is eaten, the page must come back.
  on("touchend touchcancel", () => setTimeout(() => left || cover(false), 500));

  // R23: middle click and long press leave too, and open no second tab or menu.
  on("click auxclick contextmenu", event => {
    if (left) return hold(event);
    if (!isExit(event.target)) return;
    hold(event);
    leave();
  });

  // R10: three times Escape or three times Shift, within two seconds. Later keys must not cancel the navigation.
  on("keydown", event => {
    const { key } = event;
    if (left) {
      // On a busy machine 2 of 40 bursts of six Escapes stopped the navigation all the same. So once more, after them.
      clearTimeout(again);
      again = setTimeout(leave, 500);
      return hold(event);
    }
    // Who composes Chinese or Tamil with an input method count Escape to take a word back (Safari says so by 229).
    if (event.repeat || event.isComposing || event.keyCode == 229) return;
    if (key != last || event.timeStamp - since > 2000) {
      count = 0;
      since = event.timeStamp;
    }
    last = key;
    if (!/Esc|Shift/.test(key)) return;
    if (++count == 2) say("again");
    if (count == 3) {
      hold(event);
      leave();
      again = setTimeout(leave, 500);
    }
  });

  // R12: a page that was left stays hidden, however it is brought back, from memory or loaded anew, and leaves again.
  cover(history.state);
  on("DOMContentLoaded pageshow", () => history.state && leave());

  // R9: where the reader has zoomed in with two fingers, or iOS lays its keyboard over the page, the bar follows what is
  // seen of it, at the size it had.
  const seen = window.visualViewport;
  if (seen) seen.onresize = seen.onscroll = () => {
    const below = root.clientHeight - seen.height;
    find(".leave").style.cssText = seen.scale < 1.01 && below < 99 ? "" :
      `top:auto;left:${seen.offsetLeft}px;width:${seen.width}px;bottom:${below-seen.offsetTop}px;min-height:${60/seen.scale}px;font-size:${20/seen.scale}px`;
  };
})();
