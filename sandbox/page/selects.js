/** Select menus of messages and forms: a button that opens a list, for one choice or several. */
import { avatar } from "./avatars.js";
import { el, fill, icon } from "./dom.js";
import { floatBelow } from "./floating.js";
import { CHANNEL, isThread } from "./state.js";

let serial = 0;

/** Return what a select offers: its own options, or the people, roles and channels that are there. */
function offeredBy(part, { state }) {
  if (part.type === 3 || part.options) {
    return (part.options ?? []).map((each) => ({
      value: each.value,
      label: each.label,
      hint: each.description ?? "",
      face: each.emoji?.name ? (each.emoji.id ? `:${each.emoji.name}:` : each.emoji.name) : null,
      chosen: Boolean(each.default),
    }));
  }
  const defaults = new Set((part.default_values ?? []).map((each) => each.id));
  const offered = [];
  if (part.type === 5 || part.type === 7) offered.push(...members(state));
  if (part.type === 6 || part.type === 7) offered.push(...roles(state));
  if (part.type === 8) offered.push(...places(state, part.channel_types));
  return offered.map((each) => ({ ...each, chosen: defaults.has(each.value) }));
}

/** Return the members of the server (or the two of a DM) as things to choose. */
export function members(state) {
  const here = state.server ? state.server.members.map((each) => each.user) : [state.user(state.me), state.bot];
  return here.filter(Boolean).map((user) => {
    const name = state.nameOf(user.id, user);
    return { value: user.id, label: name, hint: user.username, face: avatar(name, "tiny"), also: user.username };
  });
}

/** Return the server's roles as things to choose. */
export function roles(state) {
  const list = state.server?.roles ?? [];
  return list.map((role) => ({ value: role.id, label: `@${role.name.replace(/^@/, "")}`, hint: "role", face: icon("role"), also: role.name }));
}

/** Return the server's channels and threads as things to choose. */
export function channels(state) {
  return places(state).filter((each) => each.type !== CHANNEL.CATEGORY);
}

/** Return all that is a channel to Discord, categories too, or what is of some kinds. */
export function places(state, kinds = null) {
  const found = (state.server?.channels ?? []).filter((each) => !kinds?.length || kinds.includes(each.type));
  return found.map((each) => {
    const category = each.type === CHANNEL.CATEGORY;
    const hint = category ? "category" : isThread(each) ? "thread" : "";
    const face = icon(category ? "down" : isThread(each) ? "thread" : "hash");
    return { value: each.id, type: each.type, label: category ? each.name : `#${each.name}`, hint, face, also: each.name };
  });
}

/** Return how many may be chosen, in words, or why this many may not be; `count` null only tells. */
export function amount({ least, most }, count = null) {
  const words = least === most ? `Choose ${most}` : least ? `Choose ${least} to ${most}` : `Choose up to ${most}`;
  return count === null || count < least || count > most ? `${words}.` : null;
}

/** Return the bounds of a select; only in a form may one that needs something say that it does not. */
export function boundsOf(part, inForm = false) {
  return { least: inForm && part.required === false ? 0 : (part.min_values ?? 1), most: part.max_values ?? 1 };
}

/**
 * Return a select: its `element`, the `button` that opens the list, the `values()` that are chosen,
 * and `show(part, keep)` by which it changes. `done` gets the values once they suffice.
 */
export function selectBox(part, context, done, { label = null } = {}) {
  let now = part;
  let offered = [];
  let chosen = [];
  const inForm = label !== null;
  const face = el("span", { class: "chosen" });
  const problem = el("p", { class: "failure", role: "alert", hidden: true });
  const button = el("button", { type: "button", class: "select", "aria-haspopup": "listbox", "aria-expanded": "false" }, face, icon("down"));
  const nameOf = () => label ?? now.placeholder ?? "Make a selection";

  function draw() {
    const taken = offered.filter((each) => chosen.includes(each.value));
    fill(face, taken.length ? taken.map(chip) : (now.placeholder ?? "Make a selection"));
    face.classList.toggle("placeholder", !taken.length);
    const words = taken.map((each) => each.label).join(", ");
    if (words || inForm) button.setAttribute("aria-label", `${nameOf()}: ${words || "nothing chosen"}`);
    else button.removeAttribute("aria-label");
    button.disabled = Boolean(now.disabled);
  }

  function show(fresh, keep = false) {
    now = fresh;
    offered = offeredBy(fresh, context);
    if (!keep) chosen = offered.filter((each) => each.chosen).map((each) => each.value);
    draw();
  }

  function settle(values) {
    const bounds = boundsOf(now, inForm);
    chosen = values;
    draw();
    // A form says what is wrong with it when it is to be sent.
    const wrong = inForm ? null : amount(bounds, values.length);
    problem.textContent = wrong ?? "";
    problem.hidden = !wrong;
    if (!wrong) done(values);
  }

  button.addEventListener("click", () => {
    show(now, true);
    openList(button, offered, { chosen, ...boundsOf(now, inForm), label: nameOf() }, settle);
  });
  show(part);
  return { element: el("div", { class: "select-box" }, button, problem), button, show, values: () => chosen };
}

function chip({ label, face }) {
  const sign = face instanceof Node ? face.cloneNode(true) : face;
  return el("span", { class: "chip" }, sign ? el("span", { class: "face", "aria-hidden": "true" }, sign) : null, el("span", { dir: "auto" }, label));
}

/** Open a list at a button; it is done at the first choice, or, of several, with Done or Escape. */
function openList(anchor, offered, { chosen, least, most, label }, done) {
  const several = most > 1;
  const picked = new Set(chosen);
  const list = el("ul", { role: "listbox", class: "options", tabindex: "0", "aria-label": label, "aria-multiselectable": several ? "true" : null });
  const prefix = `list-${(serial += 1)}`;
  let active = Math.max(0, offered.findIndex((each) => picked.has(each.value)));
  const entries = offered.map((each, index) => {
    const entry = option(each, `${prefix}-${index}`);
    entry.addEventListener("click", () => pick(index));
    return entry;
  });
  const count = el("p", { class: "hint count", role: "status" });
  const finish = el("button", { type: "button", class: "button primary" }, "Done");
  const nothing = offered.length ? null : el("p", { class: "hint count" }, "There is nothing to choose from here.");
  const box = el("div", { class: "floating" }, fill(list, entries), nothing, several ? [count, finish] : null);
  const close = floatBelow(anchor, box, { onClose: () => several && settle() });
  finish.addEventListener("click", close);

  function mark() {
    entries.forEach((entry, index) => {
      entry.setAttribute("aria-selected", String(picked.has(offered[index].value)));
      entry.classList.toggle("active", index === active);
    });
    list.setAttribute("aria-activedescendant", entries[active]?.id ?? "");
    entries[active]?.scrollIntoView({ block: "nearest" });
    count.textContent = `${amount({ least, most })} ${picked.size} chosen.`;
  }

  function pick(index) {
    active = index;
    const { value } = offered[index];
    if (!several) {
      close();
      done(picked.has(value) && !least ? [] : [value]);
      return;
    }
    if (picked.has(value)) picked.delete(value);
    else if (picked.size < most) picked.add(value);
    mark();
    if (picked.size === most && !picked.has(value)) count.textContent = `No more than ${most} can be chosen.`;
  }

  function settle() {
    const values = offered.map((each) => each.value).filter((value) => picked.has(value));
    const same = values.length === chosen.length && values.every((value) => chosen.includes(value));
    if (!same) done(values);
  }

  list.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (!entries.length) return;
    if (event.key in steps) active = (active + steps[event.key] + entries.length) % entries.length;
    else if (event.key === "Home") active = 0;
    else if (event.key === "End") active = entries.length - 1;
    else if (event.key === "Enter" || event.key === " ") pick(active);
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) active = begunWith(event.key, active);
    else return;
    event.preventDefault();
    if (list.isConnected) mark();
  });

  function begunWith(letter, from) {
    for (let step = 1; step <= offered.length; step += 1) {
      const index = (from + step) % offered.length;
      if (offered[index].label.replace(/^[@#]/, "").toLowerCase().startsWith(letter.toLowerCase())) return index;
    }
    return from;
  }

  mark();
  list.focus();
}

/** Return one entry of a list of choices. */
export function option({ label, hint, face }, id) {
  return el(
    "li",
    { role: "option", id, "aria-selected": "false" },
    face ? el("span", { class: "face", "aria-hidden": "true" }, face) : null,
    el("span", { class: "label", dir: "auto" }, label),
    hint ? el("span", { class: "hint" }, hint) : null,
  );
}
