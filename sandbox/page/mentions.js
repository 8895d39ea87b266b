/** Names in a message that is being written: proposed after @ and #, and sent as Discord's marks. */
import { fitting } from "./combo.js";
import { channels, members, roles } from "./selects.js";

/** Return what is being named at the cursor: {mark, query, from}, or null. */
export function beingNamed(text, cursor) {
  const found = /(?:^|\s)([@#])([^\s@#]{0,32})$/.exec(text.slice(0, cursor));
  return found ? { mark: found[1], query: found[2], from: cursor - found[2].length - 1 } : null;
}

/** Return the names to propose for what is being named. */
export function proposals({ mark, query }, state) {
  const offered = mark === "@" ? [...members(state), ...roles(state).filter((each) => each.also !== "@everyone")] : channels(state);
  return fitting(offered, query).slice(0, 8);
}

/** Return a text with its @names and #names as the marks that Discord sends. */
export function marked(text, state) {
  return text
    .split(/(```[\s\S]*?```|`[^`\n]*`)/)
    .map((part, index) => (index % 2 ? part : replaced(part, state)))
    .join("");
}

/** Return a text with Discord's marks as the names that one types. */
export function unmarked(text, state) {
  return text.replace(/<(@!?|@&|#)(\d+)>/g, (whole, kind, id) => {
    if (kind === "#") return state.channel(id) ? `#${state.channel(id).name}` : whole;
    if (kind === "@&") return roles(state).find((each) => each.value === id)?.label ?? whole;
    const name = state.nameOf(id);
    return name ? `@${name}` : whole;
  });
}

function replaced(text, state) {
  const known = [
    ...members(state).flatMap(({ value, label, also }) => [[`@${label}`, `<@${value}>`], [`@${also}`, `<@${value}>`]]),
    ...roles(state).filter(({ also }) => also !== "@everyone").map(({ value, label }) => [label, `<@&${value}>`]),
    ...channels(state).map(({ value, label }) => [label, `<#${value}>`]),
  ].sort(([one], [other]) => other.length - one.length);
  let result = "";
  for (let at = 0; at < text.length; ) {
    const begins = (text[at] === "@" || text[at] === "#") && (at === 0 || /[\s(]/.test(text[at - 1]));
    const hit = begins && known.find(([name]) => matches(text, at, name));
    result += hit ? hit[1] : text[at];
    at += hit ? hit[0].length : 1;
  }
  return result;
}

function matches(text, at, name) {
  const there = text.slice(at, at + name.length);
  return there.toLowerCase() === name.toLowerCase() && !/[\p{L}\p{N}_]/u.test(text[at + name.length] ?? "");
}
