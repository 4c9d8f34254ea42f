// On a phone the places lie in a drawer: a button opens it; Escape, the veil and a chosen place close it.

import { closes } from "./escape.js";
import "./unfold.js"; // what unfolds in the drawer is closed before it

const opener = document.getElementById("open-side");
const narrow = matchMedia("(max-width: 640px)");

function slide(open) {
  if (open === document.body.classList.contains("side-open")) return;
  document.body.classList.toggle("side-open", open);
  opener.setAttribute("aria-expanded", open);
  if (open) document.querySelector("#side summary")?.focus();
  else opener.focus();
}

opener.addEventListener("click", () => slide(!document.body.classList.contains("side-open")));
document.getElementById("veil").addEventListener("click", () => slide(false));
narrow.addEventListener("change", () => slide(false));

document.addEventListener("click", (event) => {
  if (narrow.matches && event.target.closest("#side a[data-at]")) slide(false);
});

document.addEventListener("keydown", (event) => {
  if (!closes(event) || !document.body.classList.contains("side-open")) return;
  slide(false);
  event.preventDefault();
});
