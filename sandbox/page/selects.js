/** Select menus of messages and forms: a button that opens a list, for one choice or several. */
import { avatar } from "./avatars.js";
import { el, fill, icon } from "./dom.js";
import { floatBelow } from "./floating.js";

let serial = 0;

/** Return what a select offers: its own options, or the people, roles and channels that are there. */
export function offeredBy(part, { state }) {
  if (part.type === 3 || part.options) {
    return (part.options ?? []).map((each) => ({
      value: each.value,
      label: each.label,
      hint: each.description ?? "",
      face: each.emoji?.name && !each.emoji.id ? each.emoji.name : null,
      chosen: Boolean(each.default),
    }));
  }
  const defaults = new Set((part.default_values ?? []).map((each) => each.id));
  const offered = [];
  if (part.type === 5 || part.type === 7) offered.push(...members(state));
  if (part.type === 6 || part.type === 7) offered.push(...roles(state));
  if (part.type === 8) offered.push(...channels(state, part.channel_types));
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

/** Return the server's channels as things to choose, those of some kinds where kinds are given. */
export function channels(state, kinds = null) {
  const list = state.server ? state.open(state.server) : [];
  return list
    .filter((each) => !kinds?.length || kinds.includes(each.type))
    .map((each) => ({ value: each.id, label: `#${each.name}`, hint: "", face: icon("hash"), also: each.name }));
}

/** Return a button that shows what is chosen and opens the list; `done` gets the values. */
export function selectButton(part, context, done, { label = null } = {}) {
  const most = part.max_values ?? 1;
  const least = part.required === false ? 0 : (part.min_values ?? 1);
  const offered = offeredBy(part, context);
  let chosen = offered.filter((each) => each.chosen).map((each) => each.value);
  const face = el("span", { class: "chosen" });
  const button = el(
    "button",
    { type: "button", class: "select", disabled: Boolean(part.disabled), "aria-haspopup": "listbox", "aria-expanded": "false", "aria-label": label },
    face,
    icon("down"),
  );
  const show = () => {
    const names = offered.filter((each) => chosen.includes(each.value)).map((each) => each.label);
    fill(face, names.length ? names.join(", ") : (part.placeholder ?? "Make a selection"));
    face.classList.toggle("placeholder", !names.length);
    if (label) button.setAttribute("aria-label", `${label}: ${names.join(", ") || "nothing chosen"}`);
  };
  show();
  button.addEventListener("click", () => {
    openList(button, offered, { chosen, least, most, label: label ?? part.placeholder ?? "Make a selection" }, (values) => {
      chosen = values;
      show();
      done(values);
    });
  });
  return button;
}

/** Open a list at a button; it is done at the first choice, or, of several, with Done or Escape. */
export function openList(anchor, offered, { chosen, least, most, label }, done) {
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
  const finish = el("button", { type: "button", class: "button primary" }, "Done");
  const box = el("div", { class: "floating" }, fill(list, entries), several ? finish : null);
  const close = floatBelow(anchor, box, { onClose: () => several && settle() });
  finish.addEventListener("click", close);

  function mark() {
    entries.forEach((entry, index) => {
      entry.setAttribute("aria-selected", String(picked.has(offered[index].value)));
      entry.classList.toggle("active", index === active);
    });
    list.setAttribute("aria-activedescendant", entries[active]?.id ?? "");
    entries[active]?.scrollIntoView({ block: "nearest" });
  }

  function pick(index) {
    active = index;
    const { value } = offered[index];
    if (!several) {
      close();
      done([value]);
      return;
    }
    if (picked.has(value)) picked.delete(value);
    else if (picked.size < most) picked.add(value);
    mark();
  }

  function settle() {
    const values = offered.map((each) => each.value).filter((value) => picked.has(value));
    const same = values.length === chosen.length && values.every((value) => chosen.includes(value));
    if (!same && values.length >= least) done(values);
  }

  list.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) active = (active + steps[event.key] + entries.length) % entries.length;
    else if (event.key === "Home") active = 0;
    else if (event.key === "End") active = entries.length - 1;
    else if (event.key === "Enter" || event.key === " ") pick(active);
    else if (event.key.length === 1) active = begunWith(event.key, active);
    else return;
    event.preventDefault();
    if (list.isConnected) mark();
  });

  function begunWith(letter, from) {
    for (let step = 1; step <= offered.length; step += 1) {
      const index = (from + step) % offered.length;
      if (offered[index].label.toLowerCase().startsWith(letter.toLowerCase())) return index;
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
