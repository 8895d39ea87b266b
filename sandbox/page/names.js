/** What marks in a text stand for, to the person who looks: people, roles, channels, commands. */
import { isThread, titleOfPlace } from "./state.js";

/** Looks names up in the state; `version` changes whenever what is found may have. */
export class Names {
  #key = "";

  constructor(state, actions) {
    this.state = state;
    this.actions = actions;
    this.version = 0;
    for (const event of ["places", "channel"]) state.addEventListener(event, () => this.#renew());
  }

  #renew() {
    const { servers, dms, me, server } = this.state;
    const key = JSON.stringify([
      me,
      server?.id,
      servers.map(({ roles, members, channels }) => [
        roles.map(({ id, name, color }) => [id, name, color]),
        members.map(({ user, nick, roles: held }) => [user.id, user.global_name, nick, held]),
        channels.map(({ id, name }) => [id, name]),
      ]),
      dms.map(({ id }) => id),
    ]);
    if (key === this.#key) return;
    this.#key = key;
    this.version += 1;
  }

  /** Return the name shown for a user, or null. */
  user(id) {
    return this.state.nameOf(id);
  }

  /** Return a role's name and colour, or null. */
  role(id) {
    for (const server of this.state.servers) {
      const role = server.roles.find((each) => each.id === id);
      if (role) return { name: role.name.replace(/^@/, ""), color: role.color };
    }
    return null;
  }

  /** Return a channel's name, or null where one does not see it. */
  channel(id) {
    const channel = this.state.channel(id);
    return channel ? { name: titleOfPlace(channel).replace(/^#/, ""), thread: isThread(channel) } : null;
  }

  /** Return a place's name with its mark, for headings and labels. */
  place(id) {
    return titleOfPlace(this.state.channel(id));
  }

  /** Go to a channel. */
  openChannel(id) {
    this.actions.open(id);
  }

  /** Show what can be done about somebody. */
  openUser(id, element) {
    this.actions.openUser(id, element);
  }

  /** Begin to use a command. */
  useCommand(name) {
    this.actions.command(name);
  }
}
