// Going about: places, people, threads.

import { ask } from "./control.js";
import { closesPanel } from "./escape.js";
import { newest } from "./paging.js";
import { look, looking } from "./page.js";
import { mark, pinned, toEnd } from "./scroll.js";

let greeted = "";
let opened = drawn();

const pressed = [
  ["a[data-at]", ({ dataset }) => look({ at: dataset.at })],
  ["a[data-as]", (link) => become(link)],
  ["button[data-thread]:not([data-act])", ({ dataset }) => look({ thread: dataset.thread })],
  ["button[data-join]", ({ dataset }) => ask("join", { user: looking.as, channel: dataset.join })],
  ["button[data-dismiss]", dismiss],
  ["#newest", () => newest(document.getElementById("messages"))],
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

// What is put away had the focus; one goes on where one writes.
async function dismiss(button) {
  const { channel, ts } = button.closest("[data-where]").dataset;
  const words = button.closest("#room, #thread").querySelector("textarea");
  await ask("dismiss", { user: looking.as, channel, ts });
  words?.focus();
}

// The thread that is there, which may not be yet the one that is asked for.
function drawn() {
  return document.getElementById("replies")?.dataset.place ?? "";
}

// Who opens a thread writes into it, and who closes it is where they were.
function follow() {
  const thread = drawn();
  if (thread === opened) return;
  const left = opened;
  opened = thread;
  if (thread) document.querySelector("#thread textarea")?.focus({ preventScroll: true });
  else if (document.activeElement === document.body) {
    const entry = document.getElementById(`m-${left}`);
    (entry?.querySelector(".thread-link") ?? entry)?.focus({ preventScroll: true });
  }
}

// The app is told that somebody opened its Home or its messages, once each time one comes there, or when it comes. What
// was drawn says who came where: one may have asked for another place since.
function greet() {
  const { hello: tab, as, at } = document.getElementById("places")?.dataset ?? {};
  const there = `${as} ${at}`;
  if (there === greeted) return;
  const nobody = document.querySelector("#stage .waiting");
  greeted = nobody ? "" : there;
  if (nobody) return;
  if (tab) ask("open_home", { user: as, tab });
}

document.addEventListener("drawn", ({ detail }) => {
  if (detail.includes("side") || detail.includes("stage")) greet();
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
