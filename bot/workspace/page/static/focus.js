// Where the focus is, said so that the place is found again when it has been drawn anew.

const told = ["act", "action", "block", "value", "at", "close"];

export function spot(element) {
  return { element, within: element.closest("[id]:not(dialog)")?.id, like: { ...element.dataset }, typed: element.value };
}

// Go there; what was typed into goes on where one was in it.
export function enter(place, element) {
  element.focus();
  const { element: old } = place;
  if (element === old || typeof old.selectionStart !== "number" || element.value !== old.value) return;
  element.setSelectionRange(old.selectionStart, old.selectionEnd, old.selectionDirection);
}

export function found(place, within = document) {
  const { element, like } = place;
  if (element.isConnected && within.contains(element)) return element;
  const same = element.id && document.getElementById(element.id);
  if (same) return same;
  const near = document.getElementById(place.within) ?? within;
  const choice = ["checkbox", "radio"].includes(element.type);
  return [...near.querySelectorAll(element.localName)].find(
    (one) => one.type === element.type && told.every((key) => one.dataset[key] === like[key])
      && (!choice || one.value === place.typed),
  );
}
