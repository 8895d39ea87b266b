/** What Discord and OpenRouter see of the bot, and switches for trouble. */
import { toast } from "./announcer.js";
import { act } from "./connection.js";
import { el, fill, morph } from "./dom.js";

const KEPT = 60;
const BUCKETS = {
  everything: "the whole bot",
  callback: "acknowledging a command",
  "interaction token": "one command's answer",
  "POST /channels/:id/messages": "new messages",
  "PATCH /channels/:id/messages/:id": "edits of messages",
  "POST /channels/:id/typing": "typing",
};
const SVG = "http://www.w3.org/2000/svg";

/** Shows the figures as they come, and turns trouble on and off. */
export class Panel {
  constructor(root, state) {
    this.state = state;
    this.requests = [];
    this.tokens = [];
    this.last = null;
    this.figures = el("div");
    this.switches = el("div", { class: "switches" });
    fill(root, el("h2", {}, "Under the hood"), this.figures, el("h3", {}, "Make trouble"), this.switches);
    state.addEventListener("figures", () => this.#count());
    state.addEventListener("switches", () => this.#offer());
  }

  #count() {
    const { discord, openrouter } = this.state.figures;
    keep(this.requests, discord.requests_a_second);
    keep(this.tokens, this.#tokensASecond(openrouter));
    morph(this.figures, this.#ofDiscord(discord), this.#ofOpenRouter(openrouter));
  }

  #tokensASecond(now) {
    const before = this.last;
    this.last = now;
    if (!now || !before || now.at <= before.at) return 0;
    return Math.max(0, Math.round((now.tokens - before.tokens) / (now.at - before.at)));
  }

  #ofDiscord(seen) {
    return [
      el("h3", {}, "Discord"),
      el(
        "dl",
        { class: "figures" },
        row("Bot", seen.online ? "connected" : "not connected", !seen.online),
        row("Connections (resumed)", `${seen.connections} (${seen.resumes})`),
        row("Requests a second", `${seen.requests_a_second} of ${seen.most_a_second}`),
        row("Requests in all", seen.requests),
        row("Refused (429)", seen.too_many_requests, seen.too_many_requests > 0),
        row("Discord failed (5xx)", seen.server_errors, seen.server_errors > 0),
      ),
      spark(this.requests, "Requests a second, the last minute"),
      seen.limits.length ? el("ul", { class: "limits", "aria-label": "Rate limits in use" }, seen.limits.map(limit)) : el("p", { class: "note" }, "No rate limit is in use."),
    ];
  }

  #ofOpenRouter(seen) {
    if (!seen) return [el("h3", {}, "OpenRouter"), el("p", { class: "note" }, "The answers come from the real OpenRouter, which tells this page nothing.")];
    return [
      el("h3", {}, "OpenRouter"),
      el(
        "dl",
        { class: "figures" },
        row("Answers being written", seen.streaming),
        row("Tokens a second", this.tokens.at(-1)),
        row("Requests in all", seen.requests),
        row("Refused (429)", seen.too_many_requests, seen.too_many_requests > 0),
        row("Cost in all", `$${(seen.cost_micros / 1e6).toFixed(4)}`),
      ),
      spark(this.tokens, "Tokens a second, the last minute"),
    ];
  }

  #offer() {
    morph(this.switches, this.state.switches.map((each) => (each.moment ? this.#button(each) : this.#switch(each))));
  }

  #switch({ name, label, explains, on, possible }) {
    return el(
      "button",
      {
        type: "button",
        role: "switch",
        data: { key: name },
        class: "switch",
        "aria-checked": String(on),
        "aria-label": label,
        "aria-describedby": `about-${name}`,
        disabled: !possible,
        on: { click: () => this.#turn(name) },
      },
      el("span", { class: "knob", "aria-hidden": "true" }),
      el("span", {}, el("b", {}, label), el("small", { id: `about-${name}` }, possible ? explains : "The real OpenRouter can't be troubled from here.")),
    );
  }

  #button({ name, label, explains }) {
    const press = el("button", { type: "button", class: "button danger", on: { click: () => this.#turn(name) } }, label);
    return el("div", { class: "moment", data: { key: name } }, press, el("small", {}, explains));
  }

  async #turn(name) {
    const on = !this.state.switches.find((each) => each.name === name).on;
    await act("switch", { as: this.state.me, name, on }).catch((refused) => toast(refused.message));
  }
}

function keep(values, value) {
  values.push(value);
  if (values.length > KEPT) values.shift();
}

function row(name, value, bad = false) {
  return [el("dt", {}, name), el("dd", { class: bad ? "bad" : "" }, value)];
}

function limit({ what, where, used, limit: most, resets_in: seconds }) {
  const name = `${BUCKETS[what] ?? what}${where ? ` in ${where}` : ""}`;
  return el(
    "li",
    {},
    el("span", {}, name),
    el("span", { class: "spent" }, `${used} of ${most} · ${seconds.toFixed(1)} s`),
    el("meter", { min: 0, max: most, value: used, high: most * 0.9, "aria-label": `Spent of the limit on ${name}` }),
  );
}

function spark(values, label) {
  const most = Math.max(...values, 1);
  const points = values.map((value, index) => `${KEPT - values.length + index},${30 - (value / most) * 28}`).join(" ");
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "spark");
  svg.setAttribute("viewBox", `0 0 ${KEPT - 1} 32`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${label}: at most ${most}`);
  const curve = document.createElementNS(SVG, "polyline");
  curve.setAttribute("points", points);
  svg.append(curve);
  return svg;
}
