/** Puts the page together: what is known, what can be done, and the parts that show it. */
import { Actions } from "./actions.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { Drawers } from "./drawers.js";
import { Heading } from "./heading.js";
import { Members } from "./members.js";
import { Names } from "./names.js";
import { Panel } from "./panel.js";
import { Who } from "./people.js";
import { Sidebar } from "./sidebar.js";
import { CHANNEL, State } from "./state.js";
import { keepTheme } from "./theme.js";
import { Timeline } from "./timeline.js";
import { welcome } from "./welcome.js";

const at = (id) => document.getElementById(id);
const DM = "dm";
const GONE = "The demo has ended. Start it again, and this page goes on.";
const STARTING = "Threadlight is starting: its commands will be here in a moment.";

const state = new State();
const connection = new Connection(`ws://${location.host}/drive/live`, { hear: (told) => state.hear(told), onState: connected });
const actions = new Actions(state, connection);
const names = new Names(state, actions);
const context = { state, names, actions, become };
const drawers = new Drawers();
const who = new Who(at("who"), state, become);
const sidebar = new Sidebar(at("places"), state, actions);
const timeline = new Timeline(at("timeline"), context, { welcome: () => welcome(context), earlier });
const composer = new Composer(at("composer"), context);
new Heading(at("heading"), context);
new Members(at("members"), context);
new Panel(at("panel"), state);
actions.parts = { context, composer, drawers, timeline };
keepTheme(at("theme"));

let wanted = location.hash.slice(1);
let trouble = "";

state.addEventListener("world", () => connection.ask("be", who.remembered));
state.addEventListener("places", arrive);
state.addEventListener("channel", opened);
state.addEventListener("channel", focus);
state.addEventListener("lost", () => {
  state.place = null;
  arrive();
});
for (const event of ["figures", "channel"]) state.addEventListener(event, tell);
window.addEventListener("hashchange", () => {
  const id = location.hash.slice(1);
  if (id && id !== state.place && state.channel(id)) actions.open(id);
});
connection.open();

/** Be somebody else, in the same place where they see it too. */
function become(id) {
  wanted = state.channel(state.place)?.type === CHANNEL.DM ? DM : (state.place ?? wanted);
  who.remember(id);
  state.forget();
  connection.ask("be", id);
}

/** Go where one wants to be, or else to the first channel that one sees. */
function arrive() {
  if (state.place && state.channel(state.place)) return;
  if (wanted === DM) {
    actions.openDm();
    return;
  }
  const first = state.servers.flatMap((server) => server.channels.filter((each) => each.type === CHANNEL.TEXT))[0];
  const target = state.channel(wanted) ? wanted : (first?.id ?? state.dms[0]?.id);
  if (target) connection.ask("look", target);
}

function opened() {
  wanted = state.place;
  sidebar.browse(state.server?.id ?? "dms");
  const before = location.hash.slice(1);
  if (!before) history.replaceState(null, "", `#${state.place}`);
  else if (before !== state.place) history.pushState(null, "", `#${state.place}`);
}

/** Let one write at once, unless one is going through the people, or by touch, where keys cover the page. */
function focus() {
  const choosing = at("who").contains(document.activeElement);
  if (!choosing && matchMedia("(hover: hover)").matches) composer.focus();
}

function earlier() {
  const first = state.timeline[0];
  if (first) connection.ask("earlier", first.id);
}

function connected(how) {
  trouble = { open: "", lost: "The connection to the demo is lost; trying again …", gone: GONE }[how];
  if (how === "open") state.place = null;
  tell();
}

/** Say above everything what is wrong, if anything is. */
function tell() {
  const offline = state.figures && !state.figures.discord.online;
  const words = trouble || (offline ? STARTING : "");
  const banner = at("banner");
  banner.hidden = !words;
  banner.classList.toggle("bad", Boolean(trouble));
  if (banner.textContent !== words) banner.textContent = words;
}
