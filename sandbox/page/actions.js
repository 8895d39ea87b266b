/** What one can do, from wherever on the page one does it. */
import { toast } from "./announcer.js";
import { act } from "./connection.js";
import { memberMenu } from "./menus.js";
import { wordsOf } from "./message.js";
import { askForText, openModal } from "./modals.js";

const COMPONENT_FAILED = "This interaction failed";

/** Carries out what the parts of the page ask for. `parts` get known once they are there. */
export class Actions {
  constructor(state, connection) {
    this.state = state;
    this.connection = connection;
    this.parts = null;
  }

  /** Look at a channel, thread or DM. */
  open(id) {
    if (id === this.state.place) this.parts.timeline.stick();
    this.connection.ask("look", id);
    this.parts.drawers.close();
  }

  /** Look at the DM with the bot, made if there was none. */
  async openDm() {
    const answer = await this.#try("dm", {});
    if (answer) this.open(answer.channel);
  }

  /** Show what can be done about somebody, at an element. */
  openUser(id, element) {
    memberMenu(element, id, this.context);
  }

  /** Return what the menus and messages work with. */
  get context() {
    return this.parts.context;
  }

  reply(message) {
    this.parts.composer.reply(message);
  }

  edit(message) {
    this.parts.composer.edit(message);
  }

  mention(id) {
    this.parts.composer.mention(id);
    this.parts.drawers.close();
  }

  command(path, values) {
    this.parts.composer.command(path, values);
  }

  write(text) {
    this.parts.composer.write(text);
  }

  dismiss(id) {
    this.parts.timeline.dismiss(id);
  }

  toNewest() {
    this.parts.timeline.stick();
  }

  /** Go to a message, or say that it is not here. */
  jump(id) {
    if (!this.parts.timeline.show(id)) toast("That message is further up, or in another channel.");
  }

  /** Copy a message's words. */
  copy(message) {
    this.copyText(wordsOf(message));
  }

  /** Copy a text. */
  async copyText(text) {
    try {
      await navigator.clipboard.writeText(text);
      toast("Copied.");
    } catch {
      toast("The browser does not let this page copy.");
    }
  }

  async remove(message) {
    await this.#try("delete", { message: message.id });
  }

  async archive() {
    await this.#try("archive", {});
  }

  /** Ask for another name for this thread. */
  renameThread(channel) {
    askForText({ title: "Rename the thread", label: "Thread name", value: channel.name, verb: "Rename" }, async (name) => {
      try {
        await act("rename", { ...this.#here(), name });
        return null;
      } catch (refused) {
        return refused.message;
      }
    });
  }

  async lockThread(locked) {
    await this.#try("lock", { locked });
  }

  async deleteThread(channel) {
    if (await this.#try("delete_thread", {})) this.open(channel.parent_id);
  }

  /** Ask for a name and begin a thread, on a message or on its own. */
  createThread(message) {
    const value = message ? wordsOf(message).split("\n")[0].slice(0, 60) : "";
    askForText({ title: "Create a thread", label: "Thread name", value, verb: "Create thread" }, async (name) => {
      const payload = { ...this.#here(), name, ...(message ? { message: message.id } : {}) };
      try {
        this.open((await act("thread", payload)).channel);
        return null;
      } catch (refused) {
        return refused.message;
      }
    });
  }

  /** Use a slash command; return why it can't be used, or null. What becomes of it shows below. */
  async slash(path, options, files) {
    const here = this.#here();
    const words = { used: `/${path}`, says: "Sending command…" };
    const done = this.parts.timeline.note({ words, userId: here.as, busy: true });
    try {
      this.#follow(await act("slash", { ...here, path, options }, files), `/${path}`, here);
      return null;
    } catch (refused) {
      return refused.message;
    } finally {
      done();
    }
  }

  /** Use an entry of a message's or a member's menu. */
  async useMenu(name, target) {
    const here = this.#here();
    const answer = await this.#try("menu", { name, ...target });
    if (answer) this.#follow(answer, name, here);
  }

  /** Press a button or choose from a select; return why that failed, or null. */
  async use(message, component, values) {
    const here = this.#here();
    const payload = { ...here, channel: message.channel_id, message: message.id, custom_id: component.custom_id };
    try {
      const answer = values ? await act("choose", { ...payload, values }) : await act("click", payload);
      if (answer.failed) return COMPONENT_FAILED;
      this.#follow(answer, "a button", here);
      return null;
    } catch (refused) {
      return refused.message;
    }
  }

  /** Show what came of something: a form, or that nothing came; not to somebody else, or elsewhere. */
  #follow({ modal, failed }, used, here) {
    if (this.state.me !== here.as) return;
    if (modal) openModal(modal, this.context, (answer) => this.#follow(answer, "a form", here));
    if (failed && this.state.place === here.channel) {
      this.parts.timeline.note({ words: { used, says: failed }, userId: here.as, failed: true });
    }
  }

  #here() {
    return { as: this.state.me, channel: this.state.place };
  }

  async #try(action, payload) {
    try {
      return await act(action, { ...this.#here(), ...payload });
    } catch (refused) {
      toast(refused.message);
      return null;
    }
  }
}
