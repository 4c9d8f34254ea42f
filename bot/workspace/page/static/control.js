// The control API: every deed of a person goes through it, as those of stories and tests do.

import { tell } from "./trouble.js";

// Gives the whole answer: {ok, result}, or {ok: false, error}, without an error if nothing answers at all.
export async function tried(verb, given) {
  try {
    const reply = await fetch(`/control/${verb}`, { method: "POST", body: JSON.stringify(given) });
    return await reply.json();
  } catch {
    return { ok: false };
  }
}

// Gives the result; null if it cannot be done, which is said.
export async function ask(verb, given) {
  const answer = await tried(verb, given);
  if (answer.ok) return answer.result;
  tell(answer);
  return null;
}
