/** Attachments as Discord shows them: pictures, sound, text with a preview, and other files. */
import { cleaned, el, fill, icon } from "./dom.js";
import { highlight } from "./highlight.js";

const PREVIEWED = 100_000;
const LINES = 8;

/** The bytes of the largest file that Discord takes. */
export const LARGEST = 10 * 1024 * 1024;

/** Return a size in words: "12 kB". */
export function sizeOf(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 999_500 ? `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Return the path of a file that this sandbox serves, or null for an address elsewhere. */
export function localPath(address) {
  // The name comes from whoever sent the file: it must not lead to another one, or out of the folder.
  const found = /^(http:\/\/[^/?#\\]+)\/attachments\/(\d+)\/(\d+)\/(.+)$/is.exec(String(address ?? ""));
  if (!found || !URL.canParse(found[1])) return null;
  const { hostname, port, username, password } = new URL(found[1]);
  const local = ["127.0.0.1", "localhost", "[::1]"].includes(hostname) && port === location.port;
  if (!local || username || password) return null;
  const name = /^\.+$/.test(found[4]) ? "file" : encodeURIComponent(found[4].toWellFormed());
  return `/attachments/${found[2]}/${found[3]}/${name}`;
}

/** Return an attachment as it is shown below a message. */
export function attachment(file) {
  const type = file.content_type ?? "";
  const path = localPath(file.url);
  if (!path) return elsewhere(file.url, "A file");
  if (type.startsWith("image/")) return picture(path, file.description || file.filename);
  if (type.startsWith("video/")) return el("video", { class: "media", src: path, controls: true });
  if (type.startsWith("audio/")) return el("audio", { src: path, controls: true });
  const card = fileCard(file.filename, file.size, path);
  if (isText(type) && file.size <= PREVIEWED) return el("div", { class: "file-box" }, preview(path, file.filename), card);
  return card;
}

/** Return a picture that opens in a tab of its own. */
export function picture(path, words) {
  const image = el("img", { src: path, alt: words || "A picture", loading: "lazy" });
  return el("a", { class: "media", href: path, target: "_blank", rel: "noopener" }, image);
}

/** Return a picture, or what plays a film, by its type. */
export function shownMedia(path, type, words) {
  if (type.startsWith("video/")) return el("video", { class: "media", src: path, controls: true, "aria-label": words || "A film" });
  return picture(path, words);
}

/** Return what stands for media that the page does not load, as they lie elsewhere. */
export function elsewhere(address, what) {
  return el("span", { class: "elsewhere" }, icon("eye"), ` ${what} from elsewhere, not loaded: ${address}`);
}

/** Return a card that names a file, tells its size and offers it. */
export function fileCard(written, size, path) {
  const name = cleaned(written);
  return el(
    "div",
    { class: "file" },
    icon("file"),
    el("a", { href: path, download: name, dir: "auto" }, name),
    el("span", { class: "size" }, sizeOf(size)),
  );
}

function isText(type) {
  return type.startsWith("text/") || type.startsWith("application/json");
}

function preview(path, name) {
  const code = el("code", {}, "…");
  const more = el("button", { type: "button", class: "link", hidden: true }, "Show all of it");
  const box = el("pre", { class: "code preview", tabindex: "0", role: "group", "aria-label": `The text of ${name}` }, code);
  load(path, name, code, more);
  return [box, more];
}

async function load(path, name, code, more) {
  const response = await fetch(path).catch(() => null);
  if (!response?.ok) {
    code.textContent = "This file is gone.";
    return;
  }
  const text = await response.text();
  const lines = text.split("\n");
  const show = (shown) => fill(code, highlight(shown, name.split(".").pop() ?? "").map(token));
  show(lines.slice(0, LINES).join("\n"));
  if (lines.length <= LINES) return;
  more.hidden = false;
  more.addEventListener("click", () => {
    show(text);
    more.remove();
  });
}

function token({ kind, text }) {
  return kind === "plain" ? text : el("span", { class: `tok-${kind}` }, text);
}
