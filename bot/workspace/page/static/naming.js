// How what one works in is called: it keeps its name when it is drawn anew.

// The message or view in which something stands, as the control API names it.
export function placed(within) {
  const { view, channel, ts } = within.closest("[data-where]").dataset;
  return view ? { view_id: view } : { channel, ts };
}

export const place = (within) => JSON.stringify(placed(within));

// A field, or something in it; nothing once that has been taken out of its place.
export function called(within) {
  if (!within.closest("[data-where]")) return null;
  const { block, action } = (within.closest("[data-action]") ?? within.querySelector("[data-action]"))?.dataset ?? {};
  return JSON.stringify([placed(within), block, action]);
}
