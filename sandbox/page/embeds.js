/** Embeds: the cards with a coloured edge that bots sent before components. */
import { el, hex } from "./dom.js";
import { elsewhere, localPath, picture } from "./files.js";
import { webUrl } from "./markdown.js";
import { line, paint } from "./marks.js";
import { stamp } from "./times.js";

/** Return an embed as a card. */
export function embed(card, names) {
  const box = el(
    "div",
    { class: `embed${card.thumbnail ? " with-thumbnail" : ""}`, role: "group", "aria-label": "Embed" },
    card.author ? el("div", { class: "embed-author", dir: "auto" }, small(card.author.icon_url), linked(card.author.name, card.author.url)) : null,
    card.title ? el("div", { class: "embed-title", dir: "auto" }, linked(line(card.title, names, Boolean(card.url)), card.url)) : null,
    card.description ? marked(card.description, names) : null,
    card.fields?.length ? el("div", { class: "embed-fields" }, card.fields.map((each) => field(each, names))) : null,
    media(card.image, "The embed's picture"),
    card.thumbnail ? el("div", { class: "embed-thumbnail" }, media(card.thumbnail, "The embed's small picture")) : null,
    footer(card),
  );
  if (card.color) box.style.setProperty("--edge", hex(card.color));
  return box;
}

function field({ name, value, inline }, names) {
  return el(
    "div",
    { class: `embed-field${inline ? " inline" : ""}` },
    el("div", { class: "embed-name", dir: "auto" }, line(name, names)),
    marked(value, names),
  );
}

function footer(card) {
  const time = card.timestamp ? stamp(Date.parse(card.timestamp) / 1000, Date.now()) : "";
  const words = [card.footer?.text, time].filter(Boolean).join(" • ");
  return words ? el("div", { class: "embed-footer", dir: "auto" }, small(card.footer?.icon_url), words) : null;
}

function small(address) {
  const path = localPath(address);
  return path ? el("img", { class: "embed-icon", src: path, alt: "" }) : null;
}

function media(source, words) {
  if (!source?.url) return null;
  const path = localPath(source.url);
  return path ? picture(path, words) : elsewhere(source.url, "A picture");
}

function marked(text, names) {
  const box = el("div", { class: "marks" });
  paint(box, text, names);
  return box;
}

function linked(content, address) {
  const url = webUrl(address);
  if (!url) return content;
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer nofollow" }, content);
}
