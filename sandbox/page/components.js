/** A message's components, old and new: rows of buttons, selects, texts, pictures, containers. */
import { el, hex, morph } from "./dom.js";
import { elsewhere, fileCard, localPath, shownMedia } from "./files.js";
import { webUrl } from "./markdown.js";
import { paint } from "./marks.js";
import { selectBox } from "./selects.js";

const KIND = {
  ROW: 1, BUTTON: 2, STRING: 3, USER: 5, ROLE: 6, MENTIONABLE: 7, CHANNEL: 8,
  SECTION: 9, TEXT: 10, THUMBNAIL: 11, GALLERY: 12, FILE: 13, SEPARATOR: 14, CONTAINER: 17,
};
const LINK = 5;
const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary link-out", 6: "primary" };
const SHOWN = new WeakMap();

/**
 * Show components in an element; those that are as before stay untouched, and others change in
 * place, so that they keep the focus and a press that has begun.
 * `context` has names, and `use(component, values)` for what is pressed or chosen.
 */
export function reconcile(parent, components, context) {
  const before = new Map((SHOWN.get(parent) ?? []).map((each) => [each.key, each]));
  const after = components.map((component, index) => {
    const key = component.custom_id ?? `${component.type}:${index}`;
    return { ...renewed(before.get(key), component, context), key };
  });
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const place = [...parent.children].findIndex((each) => each.contains(focused));
  after.forEach(({ element }, index) => {
    if (parent.children[index] !== element) parent.insertBefore(element, parent.children[index] ?? null);
  });
  while (parent.children.length > after.length) parent.lastElementChild.remove();
  SHOWN.set(parent, after);
  if (!focused || document.activeElement === focused) return;
  // Who works with keys goes on from here: from what stands there now, or else from the message.
  const heir = focused.isConnected ? focused : after[place]?.element.closest("button, a") ?? parent.closest("article");
  heir?.focus();
}

function renewed(before, component, context) {
  const json = JSON.stringify(component);
  const same = before?.json === json;
  if (before && before.type === component.type) {
    if (same && before.names === context.names.version) return before;
    if (before.update && before.update(component, same) !== false) return { ...before, json, names: context.names.version };
  }
  return { type: component.type, json, names: context.names.version, ...make(component, context) };
}

function make(component, context) {
  const maker = MAKERS[component.type];
  return maker ? maker(component, context) : { element: el("span", { class: "elsewhere" }, "A part that this page does not know.") };
}

const MAKERS = {
  [KIND.ROW]: row,
  [KIND.BUTTON]: button,
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
    if (typeof accent === "number") element.style.setProperty("--edge", hex(accent));
    else element.style.removeProperty("--edge");
    return true;
  };
  update(part);
  return { element: spoilered(part, element), update: (fresh) => fresh.spoiler === part.spoiler && update(fresh) };
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
  const size = part.spacing === 2 ? " large" : "";
  return { element: el("div", { class: `separator${line ? " ruled" : ""}${size}`, role: line ? "separator" : null }) };
}

function gallery(part) {
  const items = (part.items ?? []).map((item) => spoilered(item, media(item.media, item.description)));
  return { element: el("div", { class: `gallery of-${Math.min(items.length, 5)}` }, items) };
}

function file(part) {
  const path = localPath(part.file?.url);
  const element = path ? fileCard(part.name ?? decodeURIComponent(path.split("/").pop()), part.size ?? 0, path) : elsewhere(part.file?.url, "A file");
  return { element: spoilered(part, element) };
}

function media(source, words, name = "") {
  const path = localPath(source?.url);
  const element = path ? shownMedia(path, source.content_type ?? "", words) : elsewhere(source?.url ?? "", "A picture");
  if (name) element.classList.add(name);
  return element;
}

/** Cover what is a spoiler until it is pressed; it takes its place and tells nothing before. */
function spoilered(part, element) {
  if (!part.spoiler) return element;
  const cover = el("button", { type: "button", class: "cover", "aria-label": "Spoiler, press to show" }, "Spoiler");
  const inside = el("div", { class: "inside", inert: true, tabindex: "-1" }, element);
  cover.addEventListener("click", () => {
    inside.removeAttribute("inert");
    cover.remove();
    inside.focus();
  });
  return el("div", { class: "covered" }, inside, cover);
}

function button(part, context) {
  let now = part;
  const element = pressable(part);
  if (part.style !== LINK) element.addEventListener("click", () => pressed(element, () => context.use(now)));
  const update = (fresh) => {
    if ((fresh.style === LINK) !== (part.style === LINK)) return false;
    now = fresh;
    const like = pressable(fresh);
    for (const name of ["class", "aria-label", "href"]) {
      if (like.hasAttribute(name)) element.setAttribute(name, like.getAttribute(name));
      else element.removeAttribute(name);
    }
    if ("disabled" in element) element.disabled = like.disabled;
    morph(element, ...like.childNodes);
    return true;
  };
  return { element, update };
}

function pressable(part) {
  const face = [part.emoji?.name ? el("span", { class: "emoji" }, emojiOf(part.emoji)) : null, part.label ? el("span", { dir: "auto" }, part.label) : null];
  const look = `button ${STYLES[part.style] ?? "secondary"}`;
  if (part.style === LINK) {
    const address = webUrl(part.url ?? "");
    return el("a", { class: look, href: address, title: address, target: "_blank", rel: "noopener noreferrer" }, face, el("span", { "aria-hidden": "true" }, "↗"));
  }
  return el("button", { type: "button", class: look, disabled: Boolean(part.disabled), "aria-label": part.label ? null : part.emoji?.name }, face);
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
  let now = part;
  const { element, show } = selectBox(part, context, (values) => context.use(now, values));
  const update = (fresh, same) => {
    now = fresh;
    show(fresh, same);
    return true;
  };
  return { element, update };
}
