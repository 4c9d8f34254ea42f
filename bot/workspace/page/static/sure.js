// The question that Slack asks before something is done, where the app has drawn one beside the control.

export function question(control) {
  return (control.closest(".field, .menu") ?? control).querySelector("dialog.sure");
}

export function sure(control) {
  const drawn = question(control);
  if (!drawn) return Promise.resolve(true);
  const asked = drawn.cloneNode(true);
  const back = document.activeElement;
  document.body.append(asked);
  asked.showModal();
  asked.querySelector(`[value=${asked.querySelector(".danger") ? "no" : "yes"}]`).focus();
  return new Promise((settle) => {
    asked.addEventListener("click", (event) => {
      const answer = event.target.closest("button");
      if (answer) asked.close(answer.value);
    });
    asked.addEventListener("close", () => {
      asked.remove();
      back?.focus();
      settle(asked.returnValue === "yes");
    });
  });
}
