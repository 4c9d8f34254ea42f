// Make one piece of the page into another with as little as is needed: what has an id is moved, not made anew, so that
// focus, what one typed, what is unfolded and how far one scrolled stay as they are.

import { unsettled } from "./unsettled.js";

const THEIRS = { DETAILS: "open", DIALOG: "open" };
const STATES = ["checked", "selected", "value"];

// What the page itself says of a control, as long as it is the same one, and one that failed says the same.
const DOES = ["data-act", "data-action", "data-block", "data-ask", "data-given", "data-emoji"];
const OURS = { "aria-busy": DOES, "data-failed": [...DOES, "data-value"] };

// Where one writes and chooses: what stands in it is not moved into another.
const FIELD = "[data-input], .field";
const WHICH = ["data-block", "data-action", "data-kind"];

// What counts time counts from when it was drawn.
const ANEW = "[data-offset], [data-left]";

// A name that is another one in each drawing is none.
const named = ({ id }) => (id?.startsWith("any-") ? "" : id);

export function morph(old, fresh) {
  const all = [...fresh.childNodes];
  const held = kept(old, new Set(all.map(named)));
  let at = old.firstChild;
  for (const wanted of all) {
    const name = named(wanted);
    const same = name ? held.get(name) : alike(at, wanted) ? at : null;
    held.delete(name);
    if (!same) {
      old.insertBefore(wanted, at);
      continue;
    }
    if (same !== at) bring(same, at);
    at = same.nextSibling;
    become(same, wanted);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

// By its id, each child that stays; one that does not goes first, so that those after it need not move.
function kept(old, ids) {
  const held = new Map();
  for (const one of [...old.children]) {
    const name = named(one);
    if (!name) continue;
    if (ids.has(name)) held.set(name, one);
    else one.remove();
  }
  return held;
}

// To move a piece takes the focus out of it: where the focus is in this one, the others make way.
function bring(same, at) {
  if (!same.contains(document.activeElement)) return at.before(same);
  const others = [];
  for (let one = at; one !== same; one = one.nextSibling) others.push(one);
  same.after(...others);
}

function alike(old, wanted) {
  return old && !named(old) && old.nodeType === wanted.nodeType && old.nodeName === wanted.nodeName;
}

// What people change by themselves is left as it is: for good, or until it would be drawn from something else.
function left({ dataset: { kept: from } }, wanted) {
  return from === "" || (from !== undefined && from === wanted.dataset.kept);
}

export function become(old, wanted) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== wanted.nodeValue) old.nodeValue = wanted.nodeValue;
    return;
  }
  if (old.nodeName !== wanted.nodeName) return old.replaceWith(wanted);
  if (old.isEqualNode(wanted) || left(old, wanted)) return;
  const equal = (names) => names.every((name) => old.getAttribute(name) === wanted.getAttribute(name));
  if (old.matches(ANEW) || (old.matches(FIELD) && !equal(WHICH))) return old.replaceWith(wanted);
  const settle = old.matches(".field") && unsettled(old, wanted);
  const theirs = THEIRS[old.nodeName];
  const ours = Object.keys(OURS).filter((name) => equal(OURS[name]));
  for (const name of new Set([...old.getAttributeNames(), ...wanted.getAttributeNames()])) {
    const value = wanted.getAttribute(name);
    if (name === theirs || old.getAttribute(name) === value || (value === null && ours.includes(name))) continue;
    if (value === null) old.removeAttribute(name);
    else old.setAttribute(name, value);
    // What people did stays until the server says otherwise than it did before.
    if (STATES.includes(name) && name in old) old[name] = name === "value" ? value ?? "" : value !== null;
  }
  if (old.nodeName !== "TEXTAREA") morph(old, wanted);
  if (settle) settle();
}
