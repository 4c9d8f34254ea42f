// Escape closes one thing at a time, and what lies on top before what lies below; while a word is being composed it is
// none of ours.

const ON_TOP = "dialog[open], :popover-open, details.menu[open], details.several[open], [role=listbox]:not([hidden])";

// True if it is for a panel that lies below all that unfolds; from a message one goes back to its list first.
export function closesPanel(event) {
  return closes(event) && !document.querySelector(ON_TOP) && !event.target.matches?.('[data-where="message"]');
}

// True if nobody has taken it yet, and nothing that the browser closes by itself is open.
export function closes(event) {
  return event.key === "Escape" && !event.defaultPrevented && !event.isComposing && !document.querySelector(":popover-open");
}
