// A conversation is held in part: what is older or newer is fetched as one comes near it, and what is far is let go.

import { meanwhile, read, runs, unless } from "./orders.js";
import { address, looking, say } from "./page.js";
import { hold, pinned, toEnd } from "./scroll.js";

const AHEAD_PX = 1500;
const MOST = 240;

const entries = (list) => list.querySelectorAll(":scope > .entry");
let fetching = false;
let going = "";

// Until the newest of a place are there, the browser says that it holds nothing of it: else what is said in between
// would ask for what it held.
export const leaps = (place) => going === place;

export function newest(list) {
  if (!list.dataset.newer) return toEnd(list);
  going = list.dataset.place;
  say({ anew: true });
}

const stands = (list) => list.isConnected && list.dataset.place === looking.at && !leaps(looking.at);

async function reach(list) {
  if (fetching || !stands(list)) return;
  const below = list.scrollHeight - list.scrollTop - list.clientHeight;
  if (list.dataset.older && list.scrollTop < AHEAD_PX) await more(list, "before");
  else if (list.dataset.newer && below < AHEAD_PX) await more(list, "after");
}

async function more(list, side) {
  if (!entries(list).length) return;
  fetching = true;
  meanwhile.note();
  const outermost = () => [...entries(list)].at(side === "before" ? 0 : -1);
  const edge = outermost();
  try {
    const reply = await fetch(`/page/more${address({ [side]: edge.dataset.ts, thread: "", tool: "", seek: "" })}`);
    if (!reply.ok) return;
    const { html, more: further } = await reply.json();
    if (stands(list) && edge === outermost()) {
      hold(list, () => (side === "before" ? above : below)(list, read(html), further));
      meanwhile.makeUp();
      say();
    }
    requestAnimationFrame(() => reach(list));
  } catch {
    // The page says already that it is cut off.
  } finally {
    meanwhile.forget();
    fetching = false;
  }
}

// What was drawn before one held so much of a place would cut it off.
unless((order) => {
  const list = document.getElementById("messages");
  if (order.id !== "room" || !list || list.dataset.place !== order.place || !stands(list) || !cuts(order, list)) return false;
  say({ anew: true });
  return true;
});

function cuts({ html, oldest, latest }, list) {
  const held = [...entries(list)].map((one) => Number(one.dataset.ts));
  if (latest && held.at(-1) > Number(latest)) return true;
  if (oldest) return held[0] < Number(oldest);
  const fresh = read(html).querySelector("#messages[data-older] > .entry");
  return Boolean(fresh) && held[0] < Number(fresh.dataset.ts);
}

function above(list, fresh, further) {
  meet(fresh, list, list);
  const seam = entries(list)[0];
  list.prepend(fresh);
  runs(seam);
  mark(list, "older", further);
  const held = entries(list);
  if (held.length > MOST) {
    for (const one of after(held[MOST - 1])) one.remove();
    mark(list, "newer", true);
  }
}

function below(list, fresh, further) {
  meet(fresh, list, fresh);
  const seam = fresh.querySelector(".entry");
  list.append(fresh);
  runs(seam);
  mark(list, "newer", further);
  shed(list);
}

// The oldest of too many go.
function shed(list) {
  const held = entries(list);
  const first = held[held.length - MOST];
  if (!first || first === held[0]) return;
  while (list.firstElementChild !== first) list.firstElementChild.remove();
  runs(first);
  mark(list, "older", true);
}

function mark(list, which, more) {
  if (more) list.dataset[which] = "true";
  else delete list.dataset[which];
}

// The day at the seam is named once, above all that is of it.
function meet(fresh, list, where) {
  for (const day of fresh.querySelectorAll(".day")) {
    const twin = list.querySelector(`:scope > [id="${day.id}"]`);
    if (twin) (where === list ? twin : day).remove();
  }
}

function after(entry) {
  const rest = [];
  for (let one = entry.nextElementSibling; one; one = one.nextElementSibling) rest.push(one);
  return rest;
}

document.addEventListener("scroll", ({ target }) => {
  if (target.id === "messages") reach(target);
}, { capture: true, passive: true });

document.addEventListener("drawn", () => {
  const list = document.getElementById("messages");
  if (!list) return;
  if (leaps(list.dataset.place) && !list.dataset.newer) {
    going = "";
    toEnd(list);
  }
  if (pinned(list)) shed(list);
  reach(list);
});
