/** Discord's Markdown as elements, painted over what is there so that a growing message keeps still. */
import { cleaned, el, hex } from "./dom.js";
import { highlight } from "./highlight.js";
import { inline, parse } from "./markdown.js";
import { fullMoment, isoMoment, moment } from "./times.js";

const TONE = "[\\uFE0F\\p{Emoji_Modifier}]{0,2}";
const PICTURE = `(?:\\p{Emoji_Presentation}|\\p{Extended_Pictographic}\\uFE0F)${TONE}`;
const JOINED = `(?:\\u200D\\p{Extended_Pictographic}${TONE}){0,9}`;
const EMOJI = new RegExp(
  `\\p{Regional_Indicator}{2}|[0-9#*]\\uFE0F\\u20E3|${PICTURE}${JOINED}[\\u{E0020}-\\u{E007F}]{0,9}`,
  "gu",
);
const MOST_JUMBO = 27;
const LONGEST_JUMBO = 1000;
const COPIED_FOR = 2000;
const TAGS = { bold: "strong", italic: "em", underline: "u", strike: "s" };

/** What containers show, so that the next painting of one begins where it differs. */
const PAINTED = new WeakMap();

/**
 * Show a text in a container, keeping the nodes of all that stays as it is.
 *
 * `names` tells what ids are called and what pressing a mention does; everything is gone through
 * again when its `version` is another.
 */
export function paint(container, text, names, now = Date.now()) {
  const before = recall(container);
  const view = Object.assign(before.view, { names, now, still: false });
  const blocks = parse(cleaned(text).trimEnd());
  const pieces = spaced(blocks);
  const same = names.version === before.version ? leading(before.pieces, pieces) : 0;
  const kept = before.pieces.slice(0, same);
  let from = kept.reduce((sum, { nodes }) => sum + nodes.length, 0);
  const fresh = pieces.slice(same).map((piece) => ({ ...piece, nodes: painted(piece, view) }));
  const grafted = graft(container, from, fresh.flatMap(({ nodes }) => nodes));
  from = 0;
  for (const piece of fresh) piece.nodes = grafted.slice(from, (from += piece.nodes.length));
  PAINTED.set(container, { view, version: names.version, pieces: [...kept, ...fresh] });
  container.classList.toggle("jumbo", isJumbo(blocks));
}

/** Return the nodes of a text without blocks; `still` has no links and mentions that can be pressed. */
export function line(text, names, still = false) {
  return tokens(inline(cleaned(text).trim()), { names, now: Date.now(), still });
}

/** Bring the timestamps below an element up to date. */
export function refreshTimes(root, now = Date.now()) {
  for (const time of root.querySelectorAll("time.stamp[data-unix]")) {
    const words = moment(time.dataset.unix, time.dataset.style, now);
    if (time.textContent !== words) time.textContent = words;
  }
}

function recall(container) {
  const before = PAINTED.get(container);
  const nodes = before?.pieces.flatMap((piece) => piece.nodes) ?? [];
  const present = [...container.childNodes];
  const intact = nodes.length === present.length && nodes.every((node, at) => node === present[at]);
  if (before && intact) return before;
  container.replaceChildren();
  return { view: {}, pieces: [] };
}

/** Count the leading pieces that are the same; the blank lines after one are the next one's affair. */
function leading(old, fresh) {
  const at = fresh.findIndex((piece, index) => !old[index] || keyOf(old[index]) !== keyOf(piece));
  return at < 0 ? fresh.length : at;
}

function keyOf({ block, gap }) {
  const { kind, source } = block;
  let end = source.length;
  while (source[end - 1] === "\n") end -= 1;
  return `${gap} ${kind} ${block.closed} ${source.slice(0, end)}`;
}

/** Make an element's nodes from one on be like fresh ones, changing as few as can be; return them. */
function graft(parent, from, fresh) {
  const old = [...parent.childNodes].slice(from);
  for (const node of old.slice(fresh.length)) node.remove();
  return fresh.map((node, at) => merged(parent, old[at], node));
}

function merged(parent, old, fresh) {
  if (!old) return parent.appendChild(fresh);
  if (old.nodeType === Node.TEXT_NODE && fresh.nodeType === Node.TEXT_NODE) {
    // Text that is added leaves a selection in what was there alone.
    if (fresh.data.startsWith(old.data)) old.appendData(fresh.data.slice(old.data.length));
    else old.data = fresh.data;
    return old;
  }
  if (isOpenSpoiler(old) && fresh.matches?.(".spoiler")) reveal(fresh);
  if (alike(old, fresh)) graft(old, 0, [...fresh.childNodes]);
  else old.replaceWith(fresh);
  return old.parentNode === parent ? old : fresh;
}

function isOpenSpoiler(node) {
  return node.nodeType === Node.ELEMENT_NODE && node.matches(".spoiler[aria-expanded=true]");
}

function alike(old, fresh) {
  if (old.nodeName !== fresh.nodeName || old.attributes?.length !== fresh.attributes?.length) return false;
  return [...fresh.attributes].every(({ name, value }) => old.getAttribute(name) === value);
}

// Blocks

function painted({ block, gap }, view) {
  const blank = gap ? [el("p", { class: "gap", "aria-hidden": "true" }, breaks(gap))] : [];
  return [...blank, ...BLOCKS[block.kind](block, view)];
}

/** Return blocks with the blank lines before them; those that come first have nothing to part. */
function spaced(blocks) {
  const shown = blocks.filter(({ kind, inline: words }) => kind !== "paragraph" || words.length);
  return shown.map((block, at) => ({ block, gap: at ? shown[at - 1].gap : 0 }));
}

function within(blocks, view) {
  return spaced(blocks).flatMap((piece) => painted(piece, view));
}

const BLOCKS = {
  paragraph: (block, view) => [el("p", { dir: "auto" }, tokens(block.inline, view))],
  small: (block, view) => [el("p", { class: "small", dir: "auto" }, tokens(block.inline, view))],
  heading: ({ level, inline: words }, view) => [
    el(`h${level + 2}`, { class: `h${level}`, dir: "auto" }, tokens(words, view)),
  ],
  quote: ({ blocks }, view) => [el("blockquote", { dir: "auto" }, within(blocks, view))],
  list: ({ ordered, start, items }, view) => [
    el(ordered ? "ol" : "ul", ordered && start !== 1 ? { start } : {}, items.map((each) => item(each, view))),
  ],
  code: codeBlock,
};

function item({ blocks }, view) {
  const [first, ...rest] = blocks;
  const own = first?.kind === "paragraph";
  const gap = own && rest.length && first.gap ? el("p", { class: "gap", "aria-hidden": "true" }, breaks(first.gap)) : null;
  return el(
    "li",
    { dir: "auto" },
    own ? [tokens(first.inline, view), gap, within(rest, view)] : within(blocks, view),
  );
}

function codeBlock({ language, text }) {
  const inside = highlight(text, language).map((token) =>
    token.kind === "plain" ? token.text : el("span", { class: `tok-${token.kind}` }, token.text),
  );
  const reading = { role: "group", "aria-label": language ? `Code, ${language}` : "Code" };
  const code = el("code", {}, inside);
  const copying = { "aria-label": "Copy the code", on: { click: copyCode } };
  const copy = el("button", { type: "button", class: "copy", ...copying }, "Copy");
  const pre = el("pre", { class: "code", tabindex: "0", dir: "ltr", ...reading }, code);
  return [el("div", { class: "code-box" }, pre, copy)];
}

async function copyCode({ currentTarget: button }) {
  const say = (words, label) => {
    button.textContent = words;
    button.setAttribute("aria-label", label);
  };
  try {
    // From the page, not from when the button was made: the code may have grown since.
    await navigator.clipboard.writeText(button.parentNode.querySelector("code").textContent);
    say("Copied", "Copied");
  } catch {
    say("Not copied", "Not copied");
  }
  setTimeout(() => say("Copy", "Copy the code"), COPIED_FOR);
}

function breaks(count) {
  return Array.from({ length: count }, () => el("br"));
}

// Marks

function tokens(list, view) {
  return list.flatMap((token) => (TAGS[token.kind] ? nested(token, view) : TOKENS[token.kind](token, view)));
}

function nested(token, view) {
  return el(TAGS[token.kind], {}, tokens(token.inline, view));
}

const TOKENS = {
  text: ({ text }) => document.createTextNode(text),
  newline: ({ text }) => breaks(text.split("\n").length - 1),
  code: ({ text }) => el("code", {}, text),
  spoiler: spoiler,
  link: link,
  user: userMention,
  role: roleMention,
  channel: channelMention,
  command: commandMention,
  everyone: ({ text }) => el("span", { class: "mention" }, text),
  timestamp: timestamp,
  emoji: ({ name }) => el("span", { class: "emoji", title: `:${name}:` }, `:${name}:`),
};

function link({ url, label }, view) {
  const words = tokens(label, { ...view, still: true });
  if (view.still) return el("span", { class: "link" }, words);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow", title: url }, words);
}

function spoiler({ inline: words }, view) {
  // Inert, so that nothing inside is read out, found, tabbed to or pressed before it is shown.
  const inside = el("span", { "aria-hidden": "true", inert: true }, tokens(words, view));
  const press = (event) => {
    if (event.currentTarget.getAttribute("aria-expanded") === "true") return;
    event.preventDefault();
    reveal(event.currentTarget);
  };
  return el(
    "button",
    {
      type: "button",
      class: "spoiler",
      "aria-expanded": "false",
      "aria-label": "Spoiler, press to show",
      on: { click: press },
    },
    inside,
  );
}

function reveal(button) {
  button.setAttribute("aria-expanded", "true");
  button.removeAttribute("aria-label");
  for (const name of ["aria-hidden", "inert"]) button.firstElementChild.removeAttribute(name);
}

/** Return a mention: a button if pressing it does something here. */
function mention(words, data, view, method, press) {
  const active = method && !view.still && typeof view.names[method] === "function";
  if (!active) return el("span", { class: "mention", data }, words);
  return el("button", { type: "button", class: "mention", data, on: { click: press } }, words);
}

function userMention({ id }, view) {
  const name = view.names.user(id);
  const press = ({ currentTarget }) => view.names.openUser(id, currentTarget);
  const words = `@${name ?? "unknown-user"}`;
  return mention(words, { id }, view, name ? "openUser" : null, press);
}

function roleMention({ id }, view) {
  const role = view.names.role(id);
  const element = mention(`@${role?.name ?? "unknown-role"}`, { id }, view, null);
  if (role?.color) element.style.setProperty("--role", hex(role.color));
  return element;
}

function channelMention({ id }, view) {
  const channel = view.names.channel(id);
  const press = () => view.names.openChannel(id);
  const words = `#${channel?.name ?? "unknown"}`;
  return mention(words, { id }, view, channel ? "openChannel" : null, press);
}

function commandMention({ name }, view) {
  return mention(`/${name}`, { name }, view, "useCommand", () => view.names.useCommand(name));
}

function timestamp({ unix, style = "f" }, view) {
  const words = moment(unix, style, view.now);
  const iso = isoMoment(unix);
  if (!iso) return el("span", { class: "stamp" }, words);
  return el("time", { datetime: iso, title: fullMoment(unix), class: "stamp", data: { unix, style } }, words);
}

function isJumbo(blocks) {
  const words = blocks.flatMap(({ kind, inline: list }) => (kind === "paragraph" ? list : [{ kind }]));
  if (!words.every(({ kind }) => ["emoji", "text", "newline"].includes(kind))) return false;
  const text = words.map((token) => (token.kind === "text" ? token.text : " ")).join("");
  if (text.length > LONGEST_JUMBO) return false;
  let count = words.filter(({ kind }) => kind === "emoji").length;
  const rest = text.replace(EMOJI, () => {
    count += 1;
    return "";
  });
  return !rest.trim() && count > 0 && count <= MOST_JUMBO;
}
