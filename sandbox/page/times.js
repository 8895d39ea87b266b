/** Moments in words, as Discord shows them, in the visitor's own time zone. */

const DAY = 86_400;
const UNKNOWN = "some time";
const UNITS = [
  ["second", 1, 60],
  ["minute", 60, 60],
  ["hour", 3600, 24],
  ["day", DAY, 30],
  ["month", 30.4375 * DAY, 12],
  ["year", 365.25 * DAY, Infinity],
];
const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "always" });
const FORMATS = new Map(
  Object.entries({
    t: { timeStyle: "short" },
    T: { timeStyle: "medium" },
    d: { dateStyle: "short" },
    D: { dateStyle: "long" },
    f: { dateStyle: "long", timeStyle: "short" },
    F: { dateStyle: "full", timeStyle: "short" },
    beside: { dateStyle: "short", timeStyle: "short" },
  }).map(([style, options]) => [style, new Intl.DateTimeFormat("en-GB", options)]),
);

/** Return a Unix time (seconds) in words, in one of Discord's styles; `now` is in milliseconds. */
export function moment(unix, style, now = Date.now()) {
  const date = dateOf(unix);
  if (!date) return UNKNOWN;
  if (style === "R") return relative(Number(unix) - now / 1000);
  return (FORMATS.get(style) ?? FORMATS.get("f")).format(date);
}

/** Return the time that stands beside a message: its day is left out today and named yesterday. */
export function stamp(unixSeconds, now = Date.now()) {
  const date = dateOf(unixSeconds);
  if (!date) return UNKNOWN;
  const today = new Date(now);
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  const clock = FORMATS.get("t").format(date);
  if (date.toDateString() === today.toDateString()) return clock;
  if (date.toDateString() === yesterday.toDateString()) return `Yesterday at ${clock}`;
  return FORMATS.get("beside").format(date);
}

/** Return a Unix time in full, for a tooltip. */
export function fullMoment(unix) {
  return moment(unix, "F");
}

/** Return a Unix time as HTML wants it, or null if there is no such time. */
export function isoMoment(unix) {
  return dateOf(unix)?.toISOString() ?? null;
}

function dateOf(unix) {
  const date = new Date(Number(unix ?? NaN) * 1000);
  return Number.isNaN(date.getTime()) ? null : date;
}

function relative(seconds) {
  for (const [unit, size, limit] of UNITS) {
    const count = Math.round(seconds / size);
    if (Math.abs(count) < limit) return count ? RELATIVE.format(count, unit) : "now";
  }
  return UNKNOWN;
}
