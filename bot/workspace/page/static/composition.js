// A Chinese or Japanese word that is being composed: until it is whole, what it stands in may not be drawn anew.

let field = null;
const waiting = new Map();

// True while a word is being composed in there.
export function composing(within) {
  return Boolean(field?.isConnected && within.contains(field));
}

// Do it when the word is whole; of several deeds of one name only the last.
export function whole(name, deed) {
  waiting.set(name, deed);
}

// What was done since is newer than it.
export function overtaken(name) {
  waiting.delete(name);
}

document.addEventListener("compositionstart", ({ target }) => { field = target; }, true);
document.addEventListener("compositionend", () => {
  field = null;
  setTimeout(() => {
    if (field) return;
    const deeds = [...waiting.values()];
    waiting.clear();
    for (const deed of deeds) deed();
  });
}, true);
