// The page in the browser: it says over one WebSocket where it looks, and does what it is told there.

import { perform } from "./orders.js";
import "./tables.js";

const again = { first: 250, most: 4000 };

export const looking = {
  as: document.body.dataset.as,
  at: document.body.dataset.at,
  lang: document.body.dataset.lang,
  tool: document.body.dataset.tool,
  seek: new URLSearchParams(location.search).get("seek") ?? "",
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

export function look(elsewhere, { quietly = false } = {}) {
  Object.assign(looking, elsewhere);
  const said = Object.entries(looking).filter(([, value]) => value);
  history[quietly ? "replaceState" : "pushState"]({ ...looking }, "", `?${new URLSearchParams(said)}`);
  say();
}

history.replaceState({ ...looking }, "");

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

connect();
