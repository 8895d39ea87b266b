/** Context menus: a list of what can be done, by mouse, by touch or by keys. */
import { el, icon } from "./dom.js";
import { floatAt, floatBelow, rule } from "./floating.js";

/**
 * Open a menu at an element, or at a point of the window where an event says one.
 * Entries are {label, do, icon, danger}, null for nothing, or "rule" for a line between.
 */
export function openMenu(anchor, entries, label, event = null) {
  const list = el("ul", { role: "menu", class: "options menu", "aria-label": label });
  const box = el("div", { class: "floating" }, list);
  let close = () => {};
  for (const entry of entries.filter(Boolean)) {
    if (entry === "rule") list.append(rule());
    else if (entry.heading) list.append(el("li", { role: "presentation", class: "heading-entry" }, entry.heading));
    else list.append(item(entry, () => close()));
  }
  const pointed = event && (event.clientX || event.clientY);
  close = pointed ? floatAt(event.clientX, event.clientY, box, anchor) : floatBelow(anchor, box);
  list.addEventListener("keydown", (key) => move(list, key));
  list.querySelector("[role=menuitem]")?.focus();
}

function item({ label, do: action, icon: sign, danger }, close) {
  return el(
    "li",
    {
      role: "menuitem",
      tabindex: "-1",
      class: danger ? "danger" : "",
      on: {
        click: () => {
          close();
          action();
        },
      },
    },
    sign ? icon(sign) : el("span", { class: "icon" }),
    el("span", { class: "label" }, label),
  );
}

function move(list, event) {
  const items = [...list.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) items[(to + items.length) % items.length].focus();
  else if (event.key === "Enter" || event.key === " ") document.activeElement.click();
  else if (event.key.length === 1) items.find((each) => each.innerText.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  else return;
  event.preventDefault();
}

/** Open the menu of a message: what anybody can do with it, and the bot's own entries. */
export function messageMenu(anchor, message, { state, actions }, event = null) {
  const own = message.author.id === state.me;
  const ephemeral = Boolean(message.flags & 64);
  const { may } = state;
  const apps = state.commands.filter((each) => each.type === 3);
  const threadable = may.create_threads && !ephemeral && !message.thread && state.channel(state.place)?.type === 0;
  openMenu(
    anchor,
    [
      may.send && !ephemeral && { label: "Reply", icon: "reply", do: () => actions.reply(message) },
      own && { label: "Edit message", icon: "edit", do: () => actions.edit(message) },
      { label: "Copy text", icon: "copy", do: () => actions.copy(message) },
      threadable && { label: "Create thread", icon: "thread", do: () => actions.createThread(message) },
      (own || (may.manage_messages && !ephemeral)) && { label: "Delete message", icon: "bin", danger: true, do: () => actions.remove(message) },
      ephemeral && { label: "Dismiss message", icon: "close", do: () => actions.dismiss(message.id) },
      apps.length > 0 && "rule",
      apps.length > 0 && { heading: "Apps" },
      ...apps.map((each) => ({ label: each.name, do: () => actions.useMenu(each.name, { message: message.id }) })),
    ],
    "Message",
    event,
  );
}

/** Open the menu of a member: mention them, write to the bot, and the bot's own entries. */
export function memberMenu(anchor, userId, { state, actions }, event = null) {
  const name = state.nameOf(userId) ?? "somebody";
  const apps = state.commands.filter((each) => each.type === 2);
  openMenu(
    anchor,
    [
      state.may.send && { label: `Mention ${name}`, icon: "at", do: () => actions.mention(userId) },
      userId === state.bot?.id && { label: "Message", icon: "thread", do: () => actions.openDm() },
      { label: "Copy ID", icon: "copy", do: () => actions.copyText(userId) },
      apps.length > 0 && "rule",
      apps.length > 0 && { heading: "Apps" },
      ...apps.map((each) => ({ label: each.name, do: () => actions.useMenu(each.name, { user: userId }) })),
    ],
    name,
    event,
  );
}
