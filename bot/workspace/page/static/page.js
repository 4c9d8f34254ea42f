// The page in the browser: it says over one WebSocket where it looks, and does what it is told there.

import { perform } from "./orders.js";
import { ask } from "./control.js";
import "./tables.js";

const again = { first: 250, most: 4000 };

export const looking = {
  as: document.body.dataset.as,
  at: document.body.dataset.at,
  lang: document.body.dataset.lang,
};

let socket = null;
let wait = again.first;

function connect() {
  socket = new WebSocket(`ws://${location.host}/page/live`);
  socket.onopen = () => { wait = again.first; say(); };
  socket.onmessage = (event) => perform(JSON.parse(event.data));
  socket.onclose = () => { setTimeout(connect, wait); wait = Math.min(wait * 2, again.most); };
}

function say() {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(looking));
}

export function look(elsewhere) {
  Object.assign(looking, elsewhere);
  history.pushState({ ...looking }, "", `?${new URLSearchParams(looking)}`);
  say();
}

addEventListener("popstate", (event) => { Object.assign(looking, event.state ?? {}); say(); });

document.addEventListener("click", (event) => {
  const there = event.target.closest("a[data-at]");
  if (!there) return;
  event.preventDefault();
  look({ at: there.dataset.at });
});

document.addEventListener("change", (event) => {
  if (event.target.id === "as") look({ as: event.target.value });
});

document.addEventListener("submit", async (event) => {
  if (event.target.id !== "composer") return;
  event.preventDefault();
  const words = document.getElementById("words");
  const typed = words.value.trim();
  if (!typed) return;
  words.value = "";
  if (typed.startsWith("/")) await ask("command", { user: looking.as, channel: looking.at, typed });
  else await ask("say", { user: looking.as, channel: looking.at, text: typed });
});

connect();
