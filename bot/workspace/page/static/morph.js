// Make one piece of the page into another with as little as is needed: what has an id is moved, not made anew, so that
// focus, what one typed, what is unfolded and how far one scrolled stay as they are.

const THEIRS = { DETAILS: "open", DIALOG: "open" };
const STATES = ["checked", "selected", "value"];

// What counts time counts from when it was drawn.
const ANEW = "[data-offset], [data-left]";

export function morph(old, fresh) {
  const held = new Map();
  for (const one of old.children) if (one.id) held.set(one.id, one);
  let at = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const same = wanted.id ? held.get(wanted.id) : alike(at, wanted) ? at : null;
    if (!same) {
      old.insertBefore(wanted, at);
      continue;
    }
    if (same === at) at = at.nextSibling;
    else old.insertBefore(same, at);
    become(same, wanted);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

function alike(old, wanted) {
  return old && !old.id && old.nodeType === wanted.nodeType && old.nodeName === wanted.nodeName;
}

export function become(old, wanted) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== wanted.nodeValue) old.nodeValue = wanted.nodeValue;
    return;
  }
  if (old.nodeName !== wanted.nodeName) return old.replaceWith(wanted);
  if (old.isEqualNode(wanted) || old.hasAttribute("data-kept")) return;
  if (old.matches(ANEW)) return old.replaceWith(wanted);
  const theirs = THEIRS[old.nodeName];
  for (const name of new Set([...old.getAttributeNames(), ...wanted.getAttributeNames()])) {
    const value = wanted.getAttribute(name);
    if (name === theirs || old.getAttribute(name) === value) continue;
    if (value === null) old.removeAttribute(name);
    else old.setAttribute(name, value);
    // What people did stays until the server says otherwise than it did before.
    if (STATES.includes(name) && name in old) old[name] = name === "value" ? value ?? "" : value !== null;
  }
  if (old.nodeName !== "TEXTAREA") morph(old, wanted);
}
