// What is said when something that was pressed came to nothing: in the modal that is open, or in passing.

import { standing } from "./standing.js";
import { toast } from "./toasts.js";

// An answer of the control API that is no success: not done at all, or done and not acknowledged by the app.
export function failed(answer) {
  return !answer.ok || answer.result?.ok === false;
}

export function tell(answer, where) {
  const said = worded(answer);
  const line = standing(where?.closest("dialog"))?.querySelector(".failure");
  if (!line?.isConnected) {
    toast(said);
    return;
  }
  line.textContent = said;
  line.hidden = false;
  line.scrollIntoView({ block: "nearest" });
}

function worded(answer) {
  if (answer.ok) return known(answer.result.error) ?? known("failed");
  if (!answer.error) return known("unreachable");
  return known(answer.code) ?? known("refused").replace("{error}", () => answer.error);
}

function known(name) {
  return document.getElementById("troubles").getAttribute(`data-${String(name).replaceAll("_", "-")}`);
}

export function quiet(dialog) {
  const line = dialog?.querySelector(".failure");
  if (line) line.hidden = true;
}
