/** Colours for code: one scanner and a table of what languages call words, strings and comments. */

const LONGEST = 30_000;
// Where a text ends, whatever the flags: what is still open there reaches up to it.
const END = "(?![^])";
const WORD = "[A-Za-z_$\\u0080-\\uffff][\\w$\\u0080-\\uffff]*";
const DASHED = "[A-Za-z_$@-][\\w$-]*";
const NUMBER = "\\d\\w*(?:\\.\\d\\w*)*";

const SLASHES = "\\/\\/[^\\n]*";
const STARRED = `\\/\\*[^]*?(?:\\*\\/|${END})`;
const HASH = "#[^\\n]*";
const SPACED_HASH = "(?<![^\\s;])#[^\\n]*";
const DASHES = "--[^\\n]*";
const DOUBLE = '"[^"\\\\\\n]*(?:\\\\[^][^"\\\\\\n]*)*"?';
const SINGLE = "'[^'\\\\\\n]*(?:\\\\[^][^'\\\\\\n]*)*'?";
const LONG_DOUBLE = '"[^"\\\\]*(?:\\\\[^][^"\\\\]*)*"?';
const LONG_SINGLE = "'[^'\\\\]*(?:\\\\[^][^'\\\\]*)*'?";
const LETTER = "'(?:\\\\[^][^'\\n]{0,10}|[^'\\\\\\n]{1,2})'";
const TICKED = "`[^`\\\\]*(?:\\\\[^][^`\\\\]*)*`?";
const TRIPLE = `"""[^]*?(?:"""|${END})`;
const PYTHON = `(?:\\b[rRbBfFuU]{1,2})?(?:"""[^]*?(?:"""|${END})|'''[^]*?(?:'''|${END})|${DOUBLE}|${SINGLE})`;

const C = `break case char const continue default do double else enum extern float for goto if inline int
  long return short signed sizeof static struct switch typedef union unsigned void volatile while NULL true
  false bool`;
const OBJECTS = `abstract break case catch class const continue default do else enum false final finally for
  if import in interface is new null package private protected public return static super switch this throw
  true try var void while`;
const SCRIPT = `as async await break case catch class const continue debugger default delete do else enum
  export extends false finally for from function get if implements import in instanceof interface let new
  null of private protected public readonly return satisfies set static super switch this throw true try
  type typeof undefined var void while with yield`;
const SHELL = `if then else elif fi for in do done case esac while until function return exit local export
  readonly set unset shift source echo cd true false`;

const LANGUAGES = new Map();
language("python py py3 pyi", [HASH], PYTHON, `and as assert async await break case class continue def del
  elif else except False finally for from global if import in is lambda match None nonlocal not or pass
  raise return self True try while with yield`);
language("javascript js jsx mjs cjs typescript ts tsx", [SLASHES, STARRED], any(DOUBLE, SINGLE, TICKED),
  SCRIPT);
language("json jsonl jsonc json5", [SLASHES, STARRED], DOUBLE, "true false null", { keys: ":" });
language("rust rs", [SLASHES, STARRED], any(LONG_DOUBLE, LETTER), `as async await break const continue crate
  dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static
  struct super trait true type unsafe use where while`);
language("go golang", [SLASHES, STARRED], any(DOUBLE, LETTER, "`[^`]*`?"), `break case chan const continue
  default defer else fallthrough false for func go goto if import interface iota map nil package range
  return select struct switch true type var`);
language("java", [SLASHES, STARRED], any(TRIPLE, DOUBLE, LETTER), `${OBJECTS} boolean byte char double
  extends float implements instanceof int long native record sealed short synchronized throws transient
  volatile yield`);
language("kotlin kt kts", [SLASHES, STARRED], any(TRIPLE, DOUBLE, LETTER), `${OBJECTS} as by companion data
  fun init inner internal it lateinit object open operator out override sealed suspend typealias val when
  where`);
language("c h", [SLASHES, STARRED], any(DOUBLE, LETTER), C, { more: "#[ \\t]*\\w+" });
language("c++ cpp cc cxx hpp", [SLASHES, STARRED], any(DOUBLE, LETTER), `${C} auto catch class concept
  constexpr delete explicit final friend mutable namespace new noexcept nullptr operator override private
  protected public requires template this throw try typename using virtual co_await co_return co_yield`, {
  more: "#[ \\t]*\\w+" });
language("c# cs csharp", [SLASHES, STARRED], any(TRIPLE, DOUBLE, LETTER), `${OBJECTS} as async await base
  bool byte char decimal delegate double event float foreach get int internal lock long namespace object out
  override params readonly record ref sealed set short string struct using virtual where yield`);
language("swift", [SLASHES, STARRED], any(TRIPLE, DOUBLE), `as async await associatedtype break case catch
  class continue default defer do else enum extension fallthrough false for func guard if import in init
  inout internal is let mutating nil open private protocol public repeat return self Self static struct
  subscript super switch throw throws true try typealias var where while`);
language("ruby rb", [HASH], any(DOUBLE, SINGLE), `alias and begin break case class def do else elsif end
  ensure false for if in module next nil not or redo require rescue retry return self super then true undef
  unless until when while yield`);
language("php", [SLASHES, HASH, STARRED], any(LONG_DOUBLE, LONG_SINGLE), `${OBJECTS} array as echo elseif
  extends fn foreach function global implements match namespace require trait use yield`);
language("sql postgresql postgres psql sqlite mysql", [DASHES, STARRED], any(LONG_DOUBLE, LONG_SINGLE), `add
  all alter and any as asc begin between by case cast check column commit constraint create cross cte
  default delete desc distinct drop else end except exists false foreign from full group having if in index
  inner insert intersect into is join key left like limit not null offset on or order outer over partition
  primary recursive references returning right rollback select set table then true union unique update using
  values view when where window with`, { anyCase: true });
language("bash sh shell zsh console", [SPACED_HASH], any(LONG_DOUBLE, "'[^']*'?"), SHELL, {
  more: "\\$(?:\\{[^}\\n]*\\}?|\\w+|[@#?*!$])", word: DASHED });
language("css scss less", [STARRED], any(DOUBLE, SINGLE), `@media @import @font-face @supports @keyframes
  @layer @container`, { keys: ":", word: DASHED });
language("yaml yml", [SPACED_HASH], any(DOUBLE, "(?<![^\\s,:[{(-])'[^'\\n]*'?"), `true false null yes no on
  off`, { keys: ":", word: DASHED });
language("toml", [HASH], any(TRIPLE, DOUBLE, "'[^'\\n]*'?"), "true false", { keys: "=", word: DASHED,
  tag: true });
language("ini cfg conf properties env", [SPACED_HASH, "^;[^\\n]*"], DOUBLE, "true false yes no on off", {
  keys: "=", word: DASHED, tag: true });
language("dockerfile docker", [SPACED_HASH], any(DOUBLE, SINGLE), `FROM AS RUN CMD LABEL EXPOSE ENV ADD COPY
  ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD STOPSIGNAL HEALTHCHECK SHELL`, {
  more: "\\$(?:\\{[^}\\n]*\\}?|\\w+)" });
scanned("diff patch", [
  ["comment", "^(?:diff |index |--- |\\+\\+\\+ )[^\\n]*"], ["name", "^@@[^\\n]*"],
  ["string", "^\\+[^\\n]*"], ["keyword", "^-[^\\n]*"],
]);
scanned("html xml svg htm vue xhtml", [
  ["comment", `<!--[^]*?(?:-->|${END})`], ["tag", "<[\\/!?]?[A-Za-z][\\w:.-]*|[\\/?]?>"],
  ["string", "(?<==)(?:\"[^\"]*\"?|'[^']*'?)"], ["attribute", "[A-Za-z_:@][\\w:.@-]*"],
], { markup: true });

function any(...patterns) {
  return patterns.join("|");
}

function language(names, comments, strings, keywords, { more, word = WORD, keys, anyCase, tag } = {}) {
  const rules = [["comment", any(...comments)], ["string", strings], ["number", NUMBER], ["word", word]];
  if (more) rules.splice(1, 0, ["name", more]);
  if (tag) rules.unshift(["tag", "^\\[[^\\]\\n]*\\]"]);
  scanned(names, rules, { keywords: new Set(keywords.split(/\s+/)), keys, anyCase });
}

function scanned(names, rules, extra = {}) {
  const source = rules.map(([kind, pattern]) => `(?<${kind}>${pattern})`).join("|");
  const known = { pattern: new RegExp(source, "gm"), keywords: new Set(), ...extra };
  for (const name of names.split(" ")) LANGUAGES.set(name, known);
}

/** Return code as `{kind, text}` tokens that together are the code, or one plain token. */
export function highlight(code, language) {
  const rules = LANGUAGES.get(String(language ?? "").toLowerCase());
  if (!rules || code.length > LONGEST) return [{ kind: "plain", text: code }];
  const tokens = [];
  const add = (kind, text) => {
    if (kind === "plain" && tokens.at(-1)?.kind === "plain") tokens.at(-1).text += text;
    else if (text) tokens.push({ kind, text });
  };
  let at = 0;
  let inTag = false;
  for (const found of code.matchAll(rules.pattern)) {
    const [kind] = Object.entries(found.groups).find(([, text]) => text !== undefined);
    const [text] = found;
    if (found.index > at) add("plain", code.slice(at, found.index));
    at = found.index + text.length;
    if (kind === "tag") inTag = !text.endsWith(">");
    // Between tags, quotes and words are just text.
    const outside = rules.markup && !inTag && kind !== "comment" && kind !== "tag";
    add(outside ? "plain" : kindOf(kind, text, code, at, rules), text);
  }
  add("plain", code.slice(at));
  return tokens;
}

function kindOf(kind, text, code, at, { keywords, keys, anyCase }) {
  if (keys && (kind === "word" || kind === "string") && nextSign(code, at) === keys) return "attribute";
  if (kind !== "word") return kind;
  if (keywords.has(anyCase ? text.toLowerCase() : text)) return "keyword";
  return code[at] === "(" || /^[A-Z]\w*[a-z]/.test(text) ? "name" : "plain";
}

function nextSign(code, at) {
  while (code[at] === " ") at += 1;
  return code[at];
}
