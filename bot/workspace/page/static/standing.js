// A form may be drawn anew, or closed, while something is under way for it.

// The drawing of it that one has before oneself now.
export function standing(dialog) {
  if (!dialog || dialog.isConnected) return dialog;
  return document.querySelector(`#modals > [data-view="${CSS.escape(dialog.dataset.view)}"]`) ?? dialog;
}

// True if it has been closed, and does not only lie below another one.
export function closed(dialog) {
  const now = standing(dialog);
  return Boolean(now) && (!now.isConnected || (!now.open && now.matches(":last-child")));
}
