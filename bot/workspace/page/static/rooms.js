// Going about: places, people, threads, what is older, reactions.

import { ask } from "./control.js";
import { closesPanel } from "./escape.js";
import { read } from "./orders.js";
import { address, look, looking, say } from "./page.js";
import { above, mark, pinned, toEnd } from "./scroll.js";

const AHEAD_PX = 1200;

let fetching = false;
let greeted = "";
let opened = document.body.dataset.thread;

const pressed = [
  ["a[data-at]", ({ dataset }) => look({ at: dataset.at })],
  ["a[data-as]", (link) => become(link)],
  ["button[data-thread]:not([data-act])", ({ dataset }) => look({ thread: dataset.thread })],
  ["button[data-join]", ({ dataset }) => ask("join", { user: looking.as, channel: dataset.join })],
  ["#newest", () => toEnd(document.getElementById("messages"))],
];

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  for (const [what, deed] of pressed) {
    const there = event.target.closest(what);
    if (!there) continue;
    event.preventDefault();
    deed(there);
    return;
  }
});

function become(link) {
  const menu = link.closest("details");
  menu.open = false;
  menu.querySelector("summary").focus();
  look({ as: link.dataset.as });
}

// Who opens a thread writes into it, and who closes it is where they were.
function follow() {
  const { thread } = looking;
  if (thread === opened) return;
  const left = opened;
  opened = thread;
  if (thread) document.querySelector("#thread textarea")?.focus({ preventScroll: true });
  else if (document.activeElement === document.body) {
    const entry = document.getElementById(`m-${left}`);
    (entry?.querySelector(".thread-link") ?? entry)?.focus({ preventScroll: true });
  }
}

// What is older is fetched before one comes to the upper end.
async function older(list) {
  if (fetching || !list.dataset.more || list.scrollTop > AHEAD_PX) return;
  fetching = true;
  const before = list.querySelector(":scope > .entry")?.dataset.ts;
  const { place } = list.dataset;
  try {
    const reply = await fetch(`/page/older${address({ before, thread: "" })}`);
    if (!reply.ok || list.dataset.place !== place || !list.isConnected) return;
    const { html, more } = await reply.json();
    const fresh = read(html);
    meet(fresh, list);
    above(list, fresh);
    if (!more) delete list.dataset.more;
    say();
  } catch {
    return; // the page says already that it is cut off
  } finally {
    fetching = false;
  }
  if (list.dataset.more && list.scrollTop <= AHEAD_PX) requestAnimationFrame(() => older(list));
}

// The day at the seam is named once, above what is older.
function meet(fresh, list) {
  for (const day of fresh.querySelectorAll(".day")) {
    const twin = list.querySelector(`:scope > [id="${day.id}"]`);
    twin?.remove();
  }
}

document.addEventListener("scroll", ({ target }) => {
  if (target.id === "messages") older(target);
}, { capture: true, passive: true });

// The app is told that somebody opened its Home or its messages, once each time one comes there, or when it comes.
function greet() {
  const tab = document.getElementById("places")?.dataset.hello ?? "";
  const there = `${looking.as} ${looking.at}`;
  if (there === greeted) return;
  const nobody = document.querySelector("#stage .waiting");
  greeted = nobody ? "" : there;
  if (nobody) return;
  if (tab) ask("open_home", { user: looking.as, tab });
}

document.addEventListener("drawn", ({ detail }) => {
  if (detail.includes("side") || detail.includes("stage")) greet();
  const list = document.getElementById("messages");
  if (list) older(list);
  if (detail.includes("thread")) follow();
});

document.addEventListener("keydown", (event) => {
  if (!looking.thread || !closesPanel(event)) return;
  if (!document.getElementById("thread").contains(document.activeElement)) return;
  event.preventDefault();
  look({ thread: "" });
});

const list = document.getElementById("messages");
if (list && pinned(list)) toEnd(list);
mark();
