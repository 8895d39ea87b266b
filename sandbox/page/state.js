/** What the page knows: who one is, which places there are, and what is said where one looks. */

/** Compare two ids, which are numbers too large for a number. */
export function compareIds(one, other) {
  return one.length - other.length || (one < other ? -1 : one > other ? 1 : 0);
}

export const CHANNEL = { TEXT: 0, DM: 1, CATEGORY: 4, PUBLIC_THREAD: 11, PRIVATE_THREAD: 12 };

const NO_COLOUR = { name: "", color: 0 };

/** Holds it all and tells of changes by events named after what changed. */
export class State extends EventTarget {
  constructor() {
    super();
    this.people = [];
    this.bot = null;
    this.about = {};
    this.me = null;
    this.servers = [];
    this.dms = [];
    this.place = null;
    this.messages = new Map();
    this.earlier = false;
    this.may = {};
    this.commands = [];
    this.unread = new Map();
    this.figures = null;
    this.switches = [];
  }

  /** Take in what the sandbox tells; `what` names it. */
  hear({ what, ...told }) {
    const take = this[`_${what}`];
    if (take) take.call(this, told);
    this.#tell(what, told);
  }

  #tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  _world({ people, bot, first, ...about }) {
    Object.assign(this, { people, bot, first, about });
  }

  _places({ me, servers, dms }) {
    // What was told just before one became somebody else was for the one before.
    if (me !== this.me) this.forget();
    Object.assign(this, { me, servers, dms });
  }

  _channel({ channel, messages, earlier, may, commands }) {
    Object.assign(this, { place: channel, earlier, may, commands });
    this.messages = new Map(messages.map((message) => [message.id, message]));
    this.unread.delete(channel);
  }

  _earlier({ channel, messages, earlier }) {
    if (channel !== this.place) return;
    this.earlier = earlier;
    for (const message of messages) this.messages.set(message.id, message);
  }

  _doors({ channel, may, commands }) {
    if (channel === this.place) Object.assign(this, { may, commands });
  }

  _message({ message, gone }) {
    if (gone) this.messages.delete(gone);
    else if (message.channel_id === this.place && !this.#isFurtherUp(message)) this.messages.set(message.id, message);
  }

  /** Tell whether a message is above those that are loaded: it comes with them, on request. */
  #isFurtherUp(message) {
    const first = this.timeline[0];
    return this.earlier && Boolean(first) && compareIds(message.id, first.id) < 0;
  }

  /** Return the ids of the replies to a message that changed or went, which now quote it so. */
  repliesTo({ message = null, gone = null }) {
    const id = gone ?? message.id;
    const replies = this.timeline.filter((each) => each.message_reference?.message_id === id);
    for (const reply of replies) reply.referenced_message = message;
    return replies.map((each) => each.id);
  }

  _news({ channel, author, pinged }) {
    if (author === this.me) return;
    const before = this.unread.get(channel) ?? { count: 0, pings: 0 };
    this.unread.set(channel, { count: before.count + 1, pings: before.pings + (pinged ? 1 : 0) });
  }

  _figures({ discord, openrouter }) {
    this.figures = { discord, openrouter };
  }

  _switches({ switches }) {
    this.switches = switches;
  }

  /** Begin anew as somebody else: nothing of what the one before saw stays. */
  forget() {
    this.messages.clear();
    this.unread.clear();
    Object.assign(this, { place: null, commands: [], may: {}, earlier: false });
  }

  // Finding

  /** Return a channel, thread or DM that is seen, or null. */
  channel(id) {
    const dm = this.dms.find((each) => each.id === id);
    if (dm) return dm;
    for (const server of this.servers) {
      const found = server.channels.find((each) => each.id === id);
      if (found) return found;
    }
    return null;
  }

  /** Return the server that a channel belongs to, or null for a DM. */
  serverOf(id) {
    return this.servers.find((server) => server.channels.some((each) => each.id === id)) ?? null;
  }

  /** Return the server where one is now, or null. */
  get server() {
    return this.place ? this.serverOf(this.place) : null;
  }

  /** Return a user by id: one of the people, the bot, or a member of a server. */
  user(id) {
    if (this.bot?.id === id) return this.bot;
    return this.people.find((each) => each.id === id) ?? this.member(id)?.user ?? null;
  }

  /** Return somebody as a member of the server where one is (or of another one), or null. */
  member(id, server = this.server) {
    const servers = server ? [server] : this.servers;
    for (const each of servers) {
      const found = each.members.find((member) => member.user.id === id);
      if (found) return found;
    }
    return null;
  }

  /** Return the name that is shown for somebody here; `user` is what a message says of its author. */
  nameOf(id, user = null) {
    const known = user ?? this.user(id);
    return this.member(id)?.nick || known?.global_name || known?.username || null;
  }

  /** Return a member's roles in a server, the highest first, without everyone's. */
  rolesOf(id, server = this.server) {
    const member = server && this.member(id, server);
    if (!member) return [];
    return server.roles
      .filter((role) => member.roles.includes(role.id))
      .sort((one, other) => other.position - one.position);
  }

  /** Return the colour of somebody's name here, 0 for none of its own. */
  colourOf(id) {
    return (this.rolesOf(id).find((role) => role.color) ?? NO_COLOUR).color;
  }

  /** Return what somebody is in a server, in a word: "owner", a role, or "member". */
  titleOf(id, server = this.server ?? this.servers[0]) {
    if (!server || !this.member(id, server)) return "guest";
    if (server.owner_id === id) return "owner";
    const role = this.rolesOf(id, server).find((each) => !each.managed);
    return role ? role.name.toLowerCase().replace(/s$/, "") : "member";
  }

  /** Return the messages here, oldest first. */
  get timeline() {
    return [...this.messages.values()].sort((one, other) => compareIds(one.id, other.id));
  }

  /** Return the channels of a server that one can open: text channels and threads. */
  open(server) {
    return server.channels.filter((each) => each.type !== CHANNEL.CATEGORY);
  }
}

/** Return a channel's name with its mark: "#general", a thread's bare name, a DM's partner. */
export function titleOfPlace(channel) {
  if (!channel) return "";
  if (channel.type === CHANNEL.DM) {
    const other = channel.recipients?.[0];
    return `@${other?.global_name || other?.username || "somebody"}`;
  }
  return isThread(channel) ? channel.name : `#${channel.name}`;
}

/** Tell whether a channel is a thread. */
export function isThread(channel) {
  return channel?.type === CHANNEL.PUBLIC_THREAD || channel?.type === CHANNEL.PRIVATE_THREAD;
}
