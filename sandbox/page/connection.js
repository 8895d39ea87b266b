/** The page's way to the sandbox: a socket that tells what there is, and requests that act. */

const LONGEST_PAUSE = 4000;
const GONE_AFTER = 8;

/** Keeps a live view open; `hear` gets what is told, `onState` gets "open", "lost", or "gone" after a while. */
export class Connection {
  constructor(address, { hear, onState }) {
    this.address = address;
    this.hear = hear;
    this.onState = onState;
    this.tries = 0;
    this.socket = null;
  }

  /** Connect, and again whenever the connection breaks. */
  open() {
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.addEventListener("open", () => {
      this.tries = 0;
      this.onState("open");
    });
    socket.addEventListener("message", (event) => this.hear(JSON.parse(event.data)));
    socket.addEventListener("close", () => this.#closed(socket));
  }

  /** Ask for a view: be somebody, look at a channel, see earlier messages. */
  ask(wish, id) {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify({ do: wish, id }));
    }
  }

  #closed(socket) {
    if (socket !== this.socket) return;
    this.tries += 1;
    this.onState(this.tries > GONE_AFTER ? "gone" : "lost");
    setTimeout(() => this.open(), Math.min(250 * 2 ** this.tries, LONGEST_PAUSE));
  }
}

/** Says why something could not be done, in words for the person who tried. */
export class Refused extends Error {}

/**
 * Do something as a person and return what came of it; raise Refused with the sandbox's words.
 * Files go along in the order in which the payload counts them.
 */
export async function act(action, payload, files = []) {
  let response;
  try {
    response = await fetch(`/drive/${action}`, { method: "POST", ...body(payload, files) });
  } catch {
    throw new Refused("The sandbox can't be reached: the demo has ended, or it is being restarted.");
  }
  const answer = await response.json().catch(() => ({ error: `The sandbox answered ${response.status}.` }));
  if (answer.error) throw new Refused(answer.error);
  return answer;
}

function body(payload, files) {
  if (!files.length) {
    return { body: JSON.stringify(payload), headers: { "Content-Type": "application/json" } };
  }
  const form = new FormData();
  form.append("payload_json", JSON.stringify(payload));
  files.forEach((file, index) => form.append(`files[${index}]`, file, file.name));
  return { body: form };
}
