// The page in the browser: it says over one WebSocket where it looks, and does what it is told there.

import { learn, perform } from "./orders.js";
import { leaps } from "./paging.js";
import "./rooms.js";

const again = { first: 250, most: 4000 };
const cut = document.getElementById("cut");

export const looking = {
  as: document.body.dataset.as,
  at: document.body.dataset.at,
  lang: document.body.dataset.lang,
  thread: document.body.dataset.thread,
  tool: document.body.dataset.tool,
  seek: new URLSearchParams(location.search).get("seek") ?? "",
};

let socket = null;
let wait = again.first;

function connect() {
  socket = new WebSocket(`ws://${location.host}/page/live`);
  socket.onopen = () => say();
  socket.onmessage = (event) => {
    wait = again.first;
    cut.textContent = "";
    perform(JSON.parse(event.data));
  };
  socket.onclose = () => {
    cut.textContent = cut.dataset.words;
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, again.most);
  };
}

// Where one looks, from which entry on this browser has them, and whether anybody sees it.
export function say(more = {}) {
  const list = document.getElementById("messages");
  const held = list?.dataset.place === looking.at && !leaps(looking.at) ? list.querySelectorAll(":scope > .entry") : [];
  const oldest = held[0]?.dataset.ts ?? "";
  const latest = list?.dataset.newer ? held[held.length - 1]?.dataset.ts ?? "" : "";
  const asked = { ...looking, oldest, latest, away: document.hidden, ...more };
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(asked));
}

export function look(elsewhere, { quietly = false } = {}) {
  const moved = "as" in elsewhere || "at" in elsewhere;
  Object.assign(looking, moved ? { thread: "" } : {}, elsewhere);
  Object.assign(document.body.dataset, looking);
  history[quietly ? "replaceState" : "pushState"]({ ...looking }, "", address());
  say();
}

// Who may not look there any more, or said it in other words, is told where it is.
learn("look", ({ was, as, at, thread }) => {
  if (was.as !== looking.as || was.at !== looking.at) return;
  Object.assign(looking, { as, at, thread });
  Object.assign(document.body.dataset, looking);
  history.replaceState({ ...looking }, "", address());
});

export function address(elsewhere = {}) {
  const held = Object.entries({ ...looking, ...elsewhere }).filter(([, value]) => value);
  return `?${new URLSearchParams(held)}`;
}

history.replaceState({ ...looking }, "");
addEventListener("popstate", (event) => {
  Object.assign(looking, event.state ?? {});
  Object.assign(document.body.dataset, looking);
  say();
});
document.addEventListener("visibilitychange", () => say());

// All that is told is understood only when all modules are there.
document.addEventListener("DOMContentLoaded", connect, { once: true });
