/** The beginning of a channel: where one is, and a few things to try. */
import { el, icon } from "./dom.js";
import { CHANNEL, isThread, titleOfPlace } from "./state.js";

/** Return what stands above the first message of the place where one is. */
export function welcome({ state, actions, become }) {
  const channel = state.channel(state.place);
  if (!channel) return null;
  return el(
    "div",
    { class: "welcome" },
    el("h2", {}, isThread(channel) ? `Here “${titleOfPlace(channel)}” begins` : `Welcome to ${titleOfPlace(channel)}!`),
    el("p", {}, aboutPlace(channel, state)),
    el("div", { class: "tries" }, tries(channel, state, actions, become)),
  );
}

function aboutPlace(channel, state) {
  const bot = state.nameOf(state.bot.id);
  if (channel.type === CHANNEL.DM) return `Whatever you write here, ${bot} answers.`;
  if (isThread(channel)) return `In a thread that ${bot} opened every message is answered; no mention is needed.`;
  const { scripted, model } = state.about;
  const where = scripted ? "Everything on this page runs on your machine." : `The answers come from ${model}, through OpenRouter.`;
  return `${bot} answers commands and mentions here. ${where}`;
}

function tries(channel, state, actions, become) {
  if (channel.type === CHANNEL.DM || isThread(channel)) {
    return [attempt("What can you do?", () => actions.write("What can you do?"))];
  }
  const has = (path) => state.commands.some((each) => each.name === path.split(" ")[0]);
  const manager = state.people.find((each) => each.id === state.server?.owner_id);
  return [
    has("ask") && attempt("Ask something", () => actions.command("ask", { prompt: "What shall we call the lighthouse cat?" })),
    has("ask") && attempt("Some code", () => actions.command("ask", { prompt: "How do I find the duplicate lines in a huge file?" })),
    has("ask") && attempt("A long answer", () => actions.command("ask", { prompt: "Write a long guide, please" })),
    has("chat") && attempt("Open a thread", () => actions.command("chat", { prompt: "Plan a Saturday at the coast for Ben and me. I can't leave before 10." })),
    attempt("Mention the bot", () => actions.mention(state.bot.id)),
    has("quota") && attempt("Set a limit", () => actions.command("quota set", { meter: "requests", window: "day", amount: "3" })),
    !has("quota") && has("ask") && manager && manager.id !== state.me && attempt(`Be ${manager.global_name || manager.username}, the owner`, () => become(manager.id)),
  ];
}

function attempt(words, work) {
  return el("button", { type: "button", class: "try", on: { click: work } }, icon("plus"), words);
}
