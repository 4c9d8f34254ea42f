// Where one is in a list of messages: at its end one stays at its end; elsewhere what one reads stays where it is.

const NEAR_PX = 80;
const FRAMES = 6;

const ends = new WeakMap();
const stood = new WeakMap(); // how far down a list was when that was known

export function pinned(list) {
  return ends.get(list) ?? true;
}

function know(list, atEnd) {
  ends.set(list, atEnd);
  stood.set(list, list.scrollTop);
}

function distance(list) {
  return list.scrollHeight - list.scrollTop - list.clientHeight;
}

// Entries that come into sight are measured only then, so the end moves while one goes there.
export function toEnd(list) {
  know(list, true);
  let left = FRAMES;
  const go = () => {
    if (!list.isConnected || !pinned(list)) return;
    list.scrollTop = list.scrollHeight;
    stood.set(list, list.scrollTop);
    if (left-- > 0) requestAnimationFrame(go);
  };
  go();
}

// Give what is called after the list was changed, so that one is where one was.
export function stay(list) {
  const { place } = list.dataset;
  gone(list);
  const atEnd = pinned(list);
  return () => {
    if (!list.isConnected) return;
    if (atEnd || list.dataset.place !== place) toEnd(list);
    mark();
  };
}

// Who has scrolled up is not at the end any more, though the browser says that they scrolled only later.
function gone(list) {
  if (list.scrollTop < stood.get(list) && distance(list) >= NEAR_PX) know(list, false);
}

// Change what is held around what is seen, and let what is seen stay where it is. Most browsers hold it themselves,
// but not at the very top, and not all do.
export function hold(list, change) {
  if (list.scrollTop < 1) list.scrollTop = 1;
  const { top, bottom } = list.getBoundingClientRect();
  const seen = [...list.children].find((one) => {
    const box = one.getBoundingClientRect();
    return one.matches(".entry") && box.bottom > top && box.top < bottom;
  });
  const was = seen?.getBoundingClientRect().top ?? 0;
  change();
  if (!seen?.isConnected) return;
  const moved = seen.getBoundingClientRect().top - was;
  if (Math.abs(moved) > 1) list.scrollTop += moved;
}

export function mark() {
  const button = document.getElementById("newest");
  const list = document.getElementById("messages");
  if (button && list) button.hidden = pinned(list);
}

document.addEventListener("scroll", ({ target }) => {
  if (!target.classList?.contains("messages")) return;
  know(target, !target.dataset.newer && distance(target) < NEAR_PX);
  mark();
}, { capture: true, passive: true });

document.addEventListener("load", ({ target }) => {
  const list = target.closest?.(".messages");
  if (list && pinned(list)) toEnd(list);
}, { capture: true });

addEventListener("resize", () => {
  for (const list of document.querySelectorAll(".messages")) if (pinned(list)) toEnd(list);
});
