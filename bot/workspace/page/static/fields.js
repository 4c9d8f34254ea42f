// What stands in a field of Block Kit, as the control API takes it: a word, a list of words, seconds for a moment.

const kinds = {
  checkboxes: ticked,
  multi_static_select: ticked,
  multi_users_select: ticked,
  multi_external_select: (field) => [...chips(field).children].map((chip) => chip.dataset.value),
  radio_buttons: (field) => ticked(field)[0] ?? null,
  external_select: (field) => control(field).dataset.value || null,
  datetimepicker: (field) => seconds(control(field).value, field.dataset.zone),
};

function control(field) {
  return field.querySelector("select, input, textarea");
}

function ticked(field) {
  return [...field.querySelectorAll("input:checked")].map((one) => one.value);
}

// `within` is a field, something in it, or the block around it.
function framed(within) {
  return within.closest(".field") ?? within.querySelector(".field");
}

export function read(within) {
  const field = framed(within);
  return (kinds[field.dataset.kind] ?? ((one) => control(one).value || null))(field);
}

export function entry(block) {
  return [block.dataset.block, block.dataset.action, read(block)];
}

// All fields of a view that wait for its submit, as [block, action, value].
export function gathered(view) {
  return [...view.querySelectorAll("[data-input]")].map(entry);
}

// A moment is chosen by the clock of the zone in which the person reads it, wherever the browser is.
function seconds(local, zone) {
  if (!local) return null;
  const wanted = Date.parse(`${local}Z`);
  let guess = wanted;
  for (let turn = 0; turn < 2; turn += 1) guess += wanted - Date.parse(`${shown(guess, zone)}Z`);
  return guess / 1000;
}

function shown(instant, zone) {
  const told = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return told.format(instant).replace(" ", "T");
}

const box = (one) => one.type === "checkbox" || one.type === "radio";

const inputs = (field) => [...field.querySelectorAll("input, option")];
const state = (one) => (one.matches("option") ? one.selected : box(one) ? one.checked : one.value);
const chips = (field) => field.querySelector(".chips");

// All that a person has done in a field, as it stands now.
export function standingIn(within) {
  const field = framed(within);
  return {
    states: new Map(inputs(field).map((one) => [one, state(one)])),
    value: control(field).dataset.value,
    chips: [...(chips(field)?.children ?? [])],
  };
}

// What was begun with in an external select, where the browser has no memory of its own for it.
const begun = new WeakMap();

export function begin(field) {
  if (!begun.has(field)) begun.set(field, standingIn(field));
}

export const begunWith = (field) => begun.get(field);

// What stood in a field has been told: from now on it is what the field goes back to.
export function remembered(field, stood) {
  for (const [one, was] of stood.states) {
    if (one.matches("option")) one.defaultSelected = was;
    else if (box(one)) one.defaultChecked = was;
    else one.defaultValue = was;
  }
  begun.set(field, stood);
}

export function taken(field) {
  for (const one of inputs(field)) {
    if (one.matches("option")) one.selected = one.defaultSelected;
    else if (box(one)) one.checked = one.defaultChecked;
    else one.value = one.defaultValue;
  }
  const before = begun.get(field);
  const one = control(field);
  if (before?.value !== undefined) Object.assign(one.dataset, { value: before.value, shown: one.value });
  chips(field)?.replaceChildren(...(before?.chips ?? chips(field).children));
  summed(field);
}

// Puts into a block what stood in an older drawing of it.
export function carry(old, fresh) {
  const from = [...old.querySelectorAll("input, select, textarea")];
  for (const [at, one] of [...fresh.querySelectorAll("input, select, textarea")].entries()) {
    const like = box(one) ? from.find((other) => other.value === one.value) : from[at];
    if (like?.type !== one.type) continue;
    if (box(one)) one.checked = like.checked;
    else one.value = like.value;
    if (like.dataset.value !== undefined) one.dataset.value = like.dataset.value;
  }
  if (chips(old)) chips(fresh)?.replaceWith(chips(old));
  summed(fresh);
}

// What is said about a field as a whole: its choices in a line, how much may still be chosen or typed.
export function summed(within) {
  const field = framed(within);
  const line = field?.querySelector(".chosen");
  if (line) listed(field, line);
  const counter = field?.querySelector(".counter");
  if (counter) counted(counter, [...control(field).value].length);
  const most = Number(field?.dataset.most);
  if (most && chips(field)) control(field).disabled = chips(field).children.length >= most;
}

function listed(field, line) {
  const chosen = [...field.querySelectorAll("input:checked")];
  const names = chosen.map((one) => one.closest("label").querySelector("span").textContent);
  line.textContent = names.join(line.dataset.between) || line.dataset.empty;
  const full = field.dataset.most && chosen.length >= Number(field.dataset.most);
  for (const one of field.querySelectorAll("input[type=checkbox]")) one.disabled = Boolean(full) && !one.checked;
}

function counted(counter, typed) {
  const most = Number(counter.dataset.most);
  counter.hidden = most - typed > Math.max(20, most / 10);
  counter.classList.toggle("over", typed > most);
  counter.textContent = counter.dataset.said.replace("{count}", most - typed);
}
