// The control API: every deed of a person goes through it, as those of stories and tests do.

import { toast } from "./toasts.js";

export async function ask(verb, given) {
  const reply = await fetch(`/control/${verb}`, { method: "POST", body: JSON.stringify(given) });
  const answer = await reply.json();
  if (answer.ok) return answer.result;
  toast(answer.error);
  return null;
}
