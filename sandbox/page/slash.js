/** Slash commands as the bot registered them: found by what is typed, and read from a line. */

const GROUPS = [1, 2];
const FILE = 11;

/** Return every command that can be used, subcommands by their full path, in alphabetical order. */
export function paths(commands) {
  const found = [];
  const walk = (path, definition, command) => {
    const options = definition.options ?? [];
    if (options.some((each) => GROUPS.includes(each.type))) {
      for (const inner of options) walk(`${path} ${inner.name}`, inner, command);
    } else found.push({ path, description: definition.description, options, command });
  };
  for (const command of commands.filter((each) => each.type === 1)) walk(command.name, command, command);
  return found.sort((one, other) => one.path.localeCompare(other.path));
}

/** Return the commands that fit what is typed after the slash, the likeliest first. */
export function matching(known, typed) {
  const wanted = typed.toLowerCase().trimStart();
  const begun = known.filter((each) => each.path.startsWith(wanted));
  const held = known.filter((each) => !each.path.startsWith(wanted) && each.path.split(" ").some((word) => wanted.trim() && word.startsWith(wanted.trim())));
  return [...begun, ...held];
}

/**
 * Read a line such as "/quota set meter:requests amount:3": return its command and what stands
 * after it, or null while no whole command stands there.
 */
export function read(known, line) {
  const text = line.replace(/^\//, "");
  const longest = [...known].sort((one, other) => other.path.length - one.path.length);
  const found = longest.find((each) => text === each.path || text.startsWith(`${each.path} `));
  if (!found || !text.startsWith(`${found.path} `)) return null;
  return { found, values: valuesOf(found.options, text.slice(found.path.length + 1)) };
}

/** Return the options that a text names ("amount:3"); what stands before goes to the first one. */
function valuesOf(options, text) {
  // A file can't be typed: "file:" is a word like any other.
  const names = options.filter((each) => each.type !== FILE).map((each) => each.name);
  const marks = [];
  for (const name of names) {
    const at = new RegExp(`(?:^|\\s)${name}:`).exec(text);
    if (at) marks.push({ name, from: at.index, to: at.index + at[0].length });
  }
  marks.sort((one, other) => one.from - other.from);
  const values = {};
  // Whoever is typing may go on after a space.
  const between = (from, to) => (to === undefined ? text.slice(from).trimStart() : text.slice(from, to).trim());
  const first = between(0, marks[0]?.from);
  if (first && options.length) values[options[0].name] = first;
  marks.forEach(({ name, to }, index) => {
    values[name] = between(to, marks[index + 1]?.from);
  });
  return values;
}
