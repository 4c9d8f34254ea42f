// How the page looks to this browser: its theme, chosen before anything is drawn, and its language.

let kept = null;
try { kept = localStorage.getItem("theme"); } catch { /* a browser that keeps nothing */ }
if (kept === "dark" || kept === "light") document.documentElement.dataset.theme = kept;

addEventListener("DOMContentLoaded", () => {
  document.getElementById("theme").value = document.documentElement.dataset.theme ?? "";
  document.getElementById("language").value = document.documentElement.lang;
});

document.addEventListener("change", ({ target }) => {
  if (target.id === "theme") {
    try { localStorage.setItem("theme", target.value); } catch { /* it lasts as long as the page */ }
    if (target.value) document.documentElement.dataset.theme = target.value;
    else delete document.documentElement.dataset.theme;
  }
  if (target.id === "language") {
    const asked = new URLSearchParams(location.search);
    asked.set("lang", target.value);
    location.search = asked;
  }
});
