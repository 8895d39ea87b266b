/** Discord's Markdown read into plain objects: blocks of lines, and the marks inside them. */

const [DEEPEST_MARKS, DEEPEST_LISTS, LONGEST_URL] = [8, 10, 2048];
const [SPACE, WORD] = [/\s/, /[\p{L}\p{N}_]/u];
// Sticky: each is tried at one place only, so that a hostile text can't make it search.
const LINE = /[^\n]*\n?/y;
const BLANKS = /(?:[ \t\r]*\n)*/y;
const REST_OF_LINE = /[ \t\r]*(?:\n|$)/y;
const TICKS = /([ \t]*)(`{3,})/y;
const HEADING = /(#{1,3}|-#)[ \t]+(\S[^\n]*)(?:\n|$)/y;
const QUOTE = />(?: ([^\n]*))?(?:\n|$)/y;
const ITEM = /([ \t]*)([-*+]|(\d{1,9})\.)[ \t]+(?=\S)/y;

/**
 * Return a text's blocks, each `{kind, source, gap}` and what its kind holds.
 *
 * The sources put together are the text; `gap` is how many blank lines follow the block.
 */
export function parse(text) {
  return blocks(text, { lists: 0, quoted: false });
}

function blocks(text, nest) {
  const found = [];
  let at = 0;
  const add = ({ end, ...block }) => {
    match(BLANKS, text, end);
    const after = BLANKS.lastIndex;
    const gap = text.slice(end, after).split("\n").length - 1;
    found.push({ ...block, source: text.slice(at, after), gap });
    at = after;
  };
  match(BLANKS, text, 0);
  if (BLANKS.lastIndex) add({ kind: "paragraph", inline: [], end: 0 });
  while (at < text.length) [(readerAt(text, at, nest) ?? paragraphs)(text, at, nest)].flat().forEach(add);
  return found;
}

function match(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Return what reads the block that begins here, or null where a paragraph begins or goes on. */
function readerAt(text, at, nest) {
  const atStart = at === 0 || text[at - 1] === "\n";
  const ticks = match(TICKS, text, at);
  // In the middle of a line only closed code counts: until then, ticks may be nothing but ticks.
  if (ticks && (atStart || text.includes(ticks[2], TICKS.lastIndex))) return code;
  if (!atStart) return null;
  if (match(HEADING, text, at)) return heading;
  if (!nest.quoted && (text.startsWith("> ", at) || text.startsWith(">>> ", at))) return quote;
  return nest.lists < DEEPEST_LISTS && match(ITEM, text, at) ? list : null;
}

function heading(text, at) {
  const [all, marks, words] = match(HEADING, text, at);
  const kind = marks === "-#" ? { kind: "small" } : { kind: "heading", level: marks.length };
  return { ...kind, inline: inline(words), end: at + all.length };
}

function code(text, at) {
  const [all, indent, ticks] = match(TICKS, text, at);
  const from = at + all.length;
  const close = text.indexOf(ticks, from);
  const inside = text.slice(from, close < 0 ? text.length : close);
  const [first, language] = /^([\w+#.-]{0,40})[ \t\r]*\n/.exec(inside) ?? ["", ""];
  const lines = inside.slice(first.length).replace(/^\n+/, "").trimEnd().split("\n");
  const inner = lines.map((line) => dedent(line, columns(indent))).join("\n");
  let end = close < 0 ? text.length : close + ticks.length;
  if (match(REST_OF_LINE, text, end)) end = REST_OF_LINE.lastIndex;
  return { kind: "code", language, text: inner, closed: close >= 0, end };
}

function quote(text, at, nest) {
  const toTheEnd = text.startsWith(">>> ", at);
  const lines = toTheEnd ? [text.slice(at + 4)] : [];
  let end = toTheEnd ? text.length : at;
  for (let line; (line = match(QUOTE, text, end)); end += line[0].length) lines.push(line[1] ?? "");
  return { kind: "quote", blocks: blocks(lines.join("\n"), { ...nest, quoted: true }), end };
}

function list(text, at, nest) {
  const [, indent, , number] = match(ITEM, text, at);
  const base = columns(indent);
  const items = [];
  let [end, blanks, offset, fenced] = [at, 0, 0, false];
  for (let next = at; next < text.length; ) {
    const [line] = match(LINE, text, next);
    const item = !fenced && columns(line) === base ? match(ITEM, text, next) : null;
    next += line.length;
    if (!fenced && !line.trim()) {
      blanks += 1;
      continue;
    }
    if (item && Boolean(item[3]) === Boolean(number)) {
      offset = base + item[2].length + 1;
      items.push([line.slice(item[0].length).replace("\n", "")]);
    } else if (fenced || columns(line) > base) {
      items.at(-1).push(...Array(blanks).fill(""), dedent(line, offset).replace("\n", ""));
    } else break;
    // What is in an item's code needn't be indented.
    fenced = fenced ? !line.includes("```") : /^[ \t]*```(?!.*```)/.test(items.at(-1).at(-1));
    [end, blanks] = [next, 0];
  }
  const deeper = { ...nest, lists: nest.lists + 1 };
  const read = items.map((lines) => ({ blocks: blocks(lines.join("\n"), deeper) }));
  return { kind: "list", ordered: Boolean(number), start: Number(number ?? 1), items: read, end };
}

function columns(line) {
  return /^[ \t]*/.exec(line)[0].replaceAll("\t", "    ").length;
}

function dedent(line, most) {
  let [at, left] = [0, most];
  for (; left > 0 && " \t".includes(line[at] ?? "."); at += 1) left -= line[at] === "\t" ? 4 : 1;
  return " ".repeat(Math.max(0, -left)) + line.slice(at);
}

/** Read lines up to the next other block; marks may reach over blank lines, which else part paragraphs. */
function paragraphs(text, at, nest) {
  let end = at;
  do {
    const [line] = match(LINE, text, end);
    const ticks = line.indexOf("```");
    const cut = ticks > 0 && line[ticks - 1] !== "\\" && readerAt(text, end + ticks, nest) === code;
    end += cut ? ticks : line.length;
  } while (end < text.length && !readerAt(text, end, nest));
  const found = [];
  let tokens = [];
  for (const token of inline(text.slice(at, end))) {
    if (token.kind === "newline" && token.text.indexOf("\n") < token.text.lastIndexOf("\n")) {
      found.push({ kind: "paragraph", inline: tokens, end: at + token.at + 1 });
      tokens = [];
    } else tokens.push(token);
  }
  if (!tokens.length) return found;
  if (tokens.at(-1).kind === "newline") tokens.pop();
  return [...found, { kind: "paragraph", inline: tokens, end }];
}

const SPECIAL = /[\\`*_~|<[@\n]|https?:\/\//gi;
const RUN = /([`*_~|])\1*/y;
const BARE_URL = /https?:\/\/[^\s<>"`]{1,2048}/iy;
const ANGLE_URL = /<(https?:\/\/[^\s<>]{1,2048})>/iy;
const LABEL = /\[((?:[^[\]\\\n]|\\.|\[[^[\]\n]*\])+)\](?=\()/y;
const TARGET =
  /^\((?:<(https?:\/\/[^\s<>]+)>|(https?:\/\/(?:[^\s()<>]|\([^\s()<>]*\))+))(?:\s+("|').*?\3)?\s*\)/i;
const MARKS = { "*": "italic", _: "italic", "**": "bold", __: "underline", "~~": "strike", "||": "spoiler" };
// What holds no other marks: a token has the groups of its pattern.
const LEAVES = [
  ["text", /\\(?<text>[!-/:-@[-`{-~])/y],
  ["newline", /(?<text>\n(?:[ \t\r]*\n)*)/y],
  ["everyone", /(?<![\p{L}\p{N}_])(?<text>@(?:everyone|here))(?![\p{L}\p{N}_])/uy],
  ["user", /<@!?(?<id>\d{1,20})>/y],
  ["role", /<@&(?<id>\d{1,20})>/y],
  ["channel", /<#(?<id>\d{1,20})>/y],
  ["command", /<\/(?<name>[-_'\p{L}\p{N}]{1,32}(?: [-_'\p{L}\p{N}]{1,32}){0,2}):(?<id>\d{1,20})>/uy],
  ["timestamp", /<t:(?<unix>-?\d{1,17})(?::(?<style>[tTdDfFR]))?>/y],
  ["emoji", /<a?:(?<name>\w{2,32}):(?<id>\d{1,20})>/y],
];
// Each keeps what begins at the place the scan is at and returns how long that was; 0: plain text.
const READ = { "`": codeSpan, "[": link, "<": address, h: address, "*": mark, _: mark, "~": mark, "|": mark };

/** Return the tokens of a text without blocks; `linked` leaves out links, for what is inside one. */
export function inline(text, linked = false) {
  const open = Object.fromEntries(Object.keys(MARKS).map((marks) => [marks, 0]));
  const scan = { text, linked, at: 0, frames: [{ children: [], depth: 0 }], open, lone: new Set() };
  while (scan.at < text.length) {
    const next = match(SPECIAL, text, scan.at)?.index ?? text.length;
    if (next > scan.at) say(scan, text.slice(scan.at, next));
    scan.at = next;
    const char = text[next];
    if (char) scan.at += leaf(scan) || READ[char.toLowerCase()]?.(scan) || say(scan, char);
  }
  fold(scan, 0);
  return scan.frames[0].children;
}

function keep(scan, token, length) {
  const frame = scan.frames.at(-1);
  const { children } = frame;
  frame.depth = Math.max(frame.depth, token.depth ?? 0);
  if (token.kind === "text" && children.at(-1)?.kind === "text") children.at(-1).text += token.text;
  else children.push(token);
  return length;
}

function say(scan, text) {
  return keep(scan, { kind: "text", text }, text.length);
}

function leaf(scan) {
  for (const [kind, pattern] of LEAVES) {
    const found = match(pattern, scan.text, scan.at);
    if (found) return keep(scan, { kind, at: scan.at, ...found.groups }, found[0].length);
  }
  return 0;
}

function codeSpan(scan) {
  const [ticks] = match(RUN, scan.text, scan.at);
  const from = scan.at + ticks.length;
  // A length that has no partner once has none further on either: it isn't sought again.
  const close = !scan.lone.has(ticks) && match(new RegExp(`(?<!\`)${ticks}(?!\`)`, "g"), scan.text, from);
  if (!close) return scan.lone.add(ticks) && say(scan, ticks);
  const text = scan.text.slice(from, close.index).replace(/^ (?=`)/, "").replace(/(?<=`) $/, "");
  return keep(scan, { kind: "code", text }, close.index - scan.at + ticks.length);
}

function link(scan) {
  const [all, label] = match(LABEL, scan.text, scan.at) ?? [];
  // As in Discord: a label that is itself an address must not lead to another one.
  if (scan.linked || !label?.trim() || /https?:\/\//i.test(label)) return 0;
  const after = scan.at + all.length;
  const target = TARGET.exec(scan.text.slice(after, after + LONGEST_URL));
  const url = target && webUrl(target[1] ?? target[2]);
  return url && keep(scan, { kind: "link", url, label: inline(label, true) }, all.length + target[0].length);
}

function address(scan) {
  const angle = match(ANGLE_URL, scan.text, scan.at);
  const [bare] = match(BARE_URL, scan.text, scan.at) ?? [""];
  const written = angle?.[1] ?? trimmed(bare, scan.open);
  const url = !scan.linked && bare.length < LONGEST_URL && webUrl(written);
  const label = [{ kind: "text", text: written }];
  return url && keep(scan, { kind: "link", url, label }, angle ? angle[0].length : written.length);
}

/** Return an address in the web, as browsers understand it, or null for any other. */
export function webUrl(written) {
  const url = URL.canParse(written) ? new URL(written) : null;
  return ["http:", "https:"].includes(url?.protocol) ? url.href : null;
}

/** Return an address without what belongs to the sentence around it. */
function trimmed(found, open) {
  const ends = ["**", "||", "~~", "__"].filter((marks) => open[marks]);
  const cuts = ["](", ...ends].map((marks) => found.indexOf(marks, 8)).filter((cut) => cut > 0);
  const url = found.slice(0, Math.min(found.length, ...cuts));
  const spare = (closing, opening) => url.split(closing).length - url.split(opening).length;
  const left = { ")": spare(")", "("), "]": spare("]", "[") };
  let end = url.length;
  while (".,:;!?'*_~|\\".includes(url[end - 1] ?? "-") || left[url[end - 1]]-- > 0) end -= 1;
  return url.slice(0, end);
}

function mark(scan) {
  const { text, at, open, frames } = scan;
  const char = text[at];
  const run = match(RUN, text, at)[0].length;
  const size = char === "|" && run === 4 && open["||"] ? 2 : run;
  if (size > 3 || ("~|".includes(char) && size !== 2)) return say(scan, char.repeat(size));
  const [before, after] = [text[at - 1] ?? " ", text[at + size] ?? " "];
  const apart = (side) => char !== "_" || !WORD.test(side);
  const single = !SPACE.test(before) && apart(after);
  let left = size;
  for (let marks; (marks = left && ended(scan, char, left, single)); left -= marks.length) close(scan, marks);
  if (!left) return size;
  if (left !== 2 && (SPACE.test(after) || !apart(before))) return say(scan, char.repeat(left)) && size;
  for (const marks of [[], [char], [char + char], [char, char + char]][left]) {
    frames.push({ marks, children: [], depth: 0 });
    open[marks] += 1;
  }
  return size;
}

/** Return the mark that the rest of a run ends: the innermost one that is open, if any. */
function ended({ frames, open }, char, left, single) {
  const one = left !== 2 && single && open[char] > 0;
  const two = left > 1 && open[char + char] > 0;
  if (!one && !two) return "";
  return frames.findLast(({ marks }) => (one && marks === char) || (two && marks === char + char)).marks;
}

function close(scan, marks) {
  const level = scan.frames.findLastIndex((frame) => frame.marks === marks);
  fold(scan, level);
  const { children, depth } = scan.frames[level];
  if (depth >= DEEPEST_MARKS) {
    fold(scan, level - 1);
    say(scan, marks);
  } else {
    scan.frames.pop();
    scan.open[marks] -= 1;
    keep(scan, { kind: MARKS[marks], depth: depth + 1, inline: children });
  }
}

/** Make text of the marks above a level, which nothing ends, and keep what was inside. */
function fold(scan, level) {
  for (const { marks, children } of scan.frames.splice(level + 1)) {
    scan.open[marks] -= 1;
    say(scan, marks);
    for (const child of children) keep(scan, child);
  }
}
