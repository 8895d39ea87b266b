/** A message's components, old and new: rows of buttons, selects, texts, pictures, containers. */
import { el, fill } from "./dom.js";
import { elsewhere, fileCard, localPath, picture } from "./files.js";
import { paint } from "./marks.js";
import { selectButton } from "./selects.js";

const KIND = {
  ROW: 1, BUTTON: 2, STRING: 3, USER: 5, ROLE: 6, MENTIONABLE: 7, CHANNEL: 8,
  SECTION: 9, TEXT: 10, THUMBNAIL: 11, GALLERY: 12, FILE: 13, SEPARATOR: 14, CONTAINER: 17,
};
const LINK = 5;
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary link-out", 6: "primary" };
const SHOWN = new WeakMap();

/**
 * Show components in an element; those that are as before stay untouched, and texts grow in place.
 * `context` has names, and `use(component, values)` for what is pressed or chosen.
 */
export function reconcile(parent, components, context) {
  const before = SHOWN.get(parent) ?? [];
  const after = components.map((component, index) => renewed(before[index], component, context));
  after.forEach(({ element }, index) => {
    if (parent.children[index] !== element) parent.insertBefore(element, parent.children[index] ?? null);
  });
  while (parent.children.length > after.length) parent.lastElementChild.remove();
  SHOWN.set(parent, after);
}

function renewed(before, component, context) {
  const json = JSON.stringify(component);
  if (before && before.type === component.type && before.names === context.names.version) {
    if (before.json === json) return before;
    if (before.update) {
      before.update(component);
      return { ...before, json };
    }
  }
  return { type: component.type, json, names: context.names.version, ...make(component, context) };
}

function make(component, context) {
  const maker = MAKERS[component.type];
  return maker ? maker(component, context) : { element: el("span", { class: "elsewhere" }, "A part that this page does not know.") };
}

const MAKERS = {
  [KIND.ROW]: row,
  [KIND.BUTTON]: (part, context) => ({ element: button(part, context) }),
  [KIND.STRING]: select,
  [KIND.USER]: select,
  [KIND.ROLE]: select,
  [KIND.MENTIONABLE]: select,
  [KIND.CHANNEL]: select,
  [KIND.SECTION]: section,
  [KIND.TEXT]: text,
  [KIND.THUMBNAIL]: (part) => ({ element: spoilered(part, media(part.media, part.description, "thumbnail")) }),
  [KIND.GALLERY]: gallery,
  [KIND.FILE]: file,
  [KIND.SEPARATOR]: separator,
  [KIND.CONTAINER]: container,
};

function text(part, { names }) {
  const element = el("div", { class: "marks" });
  const update = ({ content }) => paint(element, content ?? "", names);
  update(part);
  return { element, update };
}

function row(part, context) {
  const element = el("div", { class: "row" });
  const update = ({ components }) => reconcile(element, components ?? [], context);
  update(part);
  return { element, update };
}

function container(part, context) {
  const inside = el("div", { class: "parts" });
  const element = el("div", { class: "container" }, inside);
  const update = ({ components, accent_color: accent }) => {
    reconcile(inside, components ?? [], context);
    if (typeof accent === "number") element.style.setProperty("--edge", `#${accent.toString(16).padStart(6, "0")}`);
    else element.style.removeProperty("--edge");
  };
  update(part);
  return part.spoiler ? { element: spoilered(part, element) } : { element, update };
}

function section(part, context) {
  const inside = el("div", { class: "parts" });
  const side = el("div", { class: "accessory" });
  const element = el("div", { class: "section" }, inside, side);
  const update = ({ components, accessory }) => {
    reconcile(inside, components ?? [], context);
    reconcile(side, accessory ? [accessory] : [], context);
  };
  update(part);
  return { element, update };
}

function separator(part) {
  const line = part.divider !== false;
  return { element: el("div", { class: `separator${line ? " line" : ""}${part.spacing === 2 ? " wide" : ""}`, role: line ? "separator" : null }) };
}

function gallery(part) {
  const items = (part.items ?? []).map((item) => spoilered(item, media(item.media, item.description)));
  return { element: el("div", { class: `gallery of-${Math.min(items.length, 4)}` }, items) };
}

function file(part) {
  const path = localPath(part.file?.url);
  const element = path ? fileCard(part.name ?? decodeURIComponent(path.split("/").pop()), part.size ?? 0, path) : elsewhere(part.file?.url, "A file");
  return { element: spoilered(part, element) };
}

function media(source, words, name = "") {
  const path = localPath(source?.url);
  const element = path ? picture(path, words) : elsewhere(source?.url ?? "", "A picture");
  if (name) element.classList.add(name);
  return element;
}

function spoilered(part, element) {
  if (!part.spoiler) return element;
  const cover = el("button", { type: "button", class: "cover", "aria-label": "Spoiler, press to show" }, "Spoiler");
  const box = el("div", { class: "covered" }, cover);
  cover.addEventListener("click", () => fill(box, element));
  return box;
}

function button(part, context) {
  const face = [part.emoji?.name ? el("span", { class: "emoji" }, emojiOf(part.emoji)) : null, part.label ?? null];
  const style = STYLES[part.style] ?? "secondary";
  if (part.style === LINK) {
    const address = /^https?:\/\//i.test(part.url ?? "") ? part.url : null;
    return el("a", { class: `button ${style}`, href: address, target: "_blank", rel: "noopener noreferrer" }, face, " ↗");
  }
  const element = el(
    "button",
    { type: "button", class: `button ${style}`, disabled: Boolean(part.disabled), "aria-label": part.label ? null : part.emoji?.name },
    face,
  );
  element.addEventListener("click", () => pressed(element, () => context.use(part)));
  return element;
}

function emojiOf(emoji) {
  return emoji.id ? `:${emoji.name}:` : emoji.name;
}

/** Show that something was pressed and is on its way, until it has been taken. */
export async function pressed(element, work) {
  if (element.getAttribute("aria-busy") === "true") return;
  element.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    element.removeAttribute("aria-busy");
  }
}

function select(part, context) {
  return { element: selectButton(part, context, (values) => context.use(part, values)) };
}
