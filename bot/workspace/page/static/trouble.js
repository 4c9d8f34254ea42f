// What is said when something that was pressed came to nothing: in the modal that is open, or in passing.

import { toast } from "./toasts.js";

// An answer of the control API that is no success: not done at all, or done and not acknowledged by the app.
export function failed(answer) {
  return !answer.ok || answer.result?.ok === false;
}

export function tell(answer, where) {
  const said = worded(answer);
  const line = where?.closest("dialog")?.querySelector(".failure");
  if (!line?.isConnected) {
    toast(said);
    return;
  }
  line.textContent = said;
  line.hidden = false;
  line.scrollIntoView({ block: "nearest" });
}

function worded(answer) {
  const known = document.getElementById("troubles");
  if (!answer.ok) return answer.error ?? known.getAttribute("data-unreachable");
  const error = String(answer.result.error ?? "").replaceAll("_", "-");
  return known.getAttribute(`data-${error}`) ?? known.getAttribute("data-failed");
}

export function quiet(dialog) {
  const line = dialog?.querySelector(".failure");
  if (line) line.hidden = true;
}
