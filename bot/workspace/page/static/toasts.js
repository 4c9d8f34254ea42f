// What is said in passing: read out by screen readers, gone after a while.

const SHOWN_MS = 6000;

export function toast(words) {
  const said = document.createElement("p");
  said.textContent = words;
  document.getElementById("toasts").append(said);
  setTimeout(() => said.remove(), SHOWN_MS);
}
