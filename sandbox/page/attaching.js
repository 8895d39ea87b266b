/** Files on their way into a message: by button, by dropping them, by pasting. */
import { toast } from "./announcer.js";
import { el, fill, icon } from "./dom.js";
import { LARGEST, sizeOf } from "./files.js";

const MOST = 10;

/** Holds the files that go with the next message, and shows them. */
export class Attaching {
  constructor(mayAttach) {
    this.mayAttach = mayAttach;
    this.files = [];
    this.tray = el("ul", { class: "tray", "aria-label": "Files to send", hidden: true });
    this.input = el("input", { type: "file", multiple: true, class: "hidden", tabindex: "-1", "aria-label": "Files to attach" });
    this.button = el(
      "button",
      { type: "button", class: "quiet", "aria-label": "Attach files", title: "Attach files", on: { click: () => this.input.click() } },
      icon("plus"),
    );
    this.input.addEventListener("change", () => {
      this.add([...this.input.files]);
      this.input.value = "";
    });
  }

  /** Take files dropped anywhere on an element, and pasted into a field. */
  listen(area, field) {
    const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    let depth = 0;
    const mark = (change) => {
      depth = Math.max(0, depth + change);
      area.classList.toggle("dropping", depth > 0);
    };
    area.addEventListener("dragenter", (event) => holdsFiles(event) && mark(1));
    area.addEventListener("dragleave", (event) => holdsFiles(event) && mark(-1));
    area.addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault());
    area.addEventListener("drop", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      mark(-depth);
      this.add([...event.dataTransfer.files]);
    });
    field.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (!files.length) return;
      event.preventDefault();
      this.add(files);
    });
  }

  /** Add files, and say which can't be added and why. */
  add(files) {
    if (!this.mayAttach()) {
      toast("You may not attach files here.");
      return;
    }
    const large = files.filter((each) => each.size > LARGEST);
    const fitting = files.filter((each) => each.size <= LARGEST);
    const room = MOST - this.files.length;
    const words = large.map((each) => `${each.name} is larger than the 10 MiB that Discord takes.`);
    if (fitting.length > room) words.push(`A message takes ${MOST} files: ${fitting.length - room} left out.`);
    if (words.length) toast(words.join(" "));
    this.files.push(...fitting.slice(0, Math.max(0, room)));
    this.#show();
  }

  /** Hold these files, and no others. */
  put(files) {
    this.files = [...files];
    this.#show();
  }

  #show() {
    this.tray.hidden = !this.files.length;
    for (const image of this.tray.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    fill(this.tray, this.files.map((file, index) => this.#chip(file, index)));
  }

  #chip(file, index) {
    const remove = () => {
      this.files.splice(index, 1);
      this.#show();
    };
    const shown = file.type.startsWith("image/") ? el("img", { src: URL.createObjectURL(file), alt: "" }) : icon("file");
    return el(
      "li",
      {},
      shown,
      el("span", { class: "name", dir: "auto" }, file.name),
      el("span", { class: "size" }, sizeOf(file.size)),
      el("button", { type: "button", class: "quiet", "aria-label": `Remove ${file.name}`, on: { click: remove } }, icon("close")),
    );
  }
}
