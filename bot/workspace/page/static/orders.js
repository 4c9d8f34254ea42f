// Orders of the server: fill a region, put an entry into a list in the order of data-ts, or take one out.

import { toast } from "./toasts.js";

const BOTTOM_PX = 80;

const orders = {
  fill: ({ id, html }) => fill(document.getElementById(id), html),
  put: ({ into, id, html }) => put(document.getElementById(into), id, html),
  gone: ({ id }) => document.getElementById(id)?.remove(),
  wrong: ({ words }) => toast(words),
};

export function learn(name, does) {
  orders[name] = does;
}

export function perform(all) {
  for (const order of all) orders[order.do](order);
}

function fill(region, html) {
  if (!region) return;
  const held = region.contains(document.activeElement) ? document.activeElement.id : "";
  region.innerHTML = html;
  if (held) document.getElementById(held)?.focus({ preventScroll: true });
}

function put(list, id, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const fresh = template.content.firstElementChild;
  const old = document.getElementById(id);
  const below = list.scrollHeight - list.scrollTop - list.clientHeight < BOTTOM_PX;
  if (old) old.replaceWith(fresh);
  else {
    const later = [...list.children].reverse().findLast((one) => Number(one.dataset.ts) > Number(fresh.dataset.ts));
    list.insertBefore(fresh, later ?? null);
  }
  if (below) list.scrollTop = list.scrollHeight;
}
