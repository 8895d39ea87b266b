/** Elements, made without ever reading text as markup. */

// What could disguise a text: control characters, and marks that turn its direction around.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const READ = new Set(["title", "alt", "placeholder", "aria-label", "aria-description"]);
const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "open", "selected", "tabIndex"]);

/**
 * Return a new element with attributes, listeners (`on`), data (`data`) and children.
 * Strings become text, `cleaned`; null, undefined and false are left out; lists are flattened.
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") listen(element, value);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : READ.has(name) ? cleaned(value) : String(value));
  }
  element.append(...nodes(children));
  return element;
}

/** Return a text without what would make it look like another one. */
export function cleaned(text) {
  return String(text ?? "").replace(UNSEEN, "");
}

/** Return a colour as CSS writes it, from the number in which Discord counts it. */
export function hex(colour) {
  return `#${colour.toString(16).padStart(6, "0")}`;
}

/** Replace all that is in an element. */
export function fill(element, ...children) {
  element.replaceChildren(...nodes(children));
  return element;
}

/**
 * Make an element hold these, changing only what differs: what stays keeps its focus, and a press
 * that has begun on it. Elements are told apart by `data-key`; one that stays keeps its listeners,
 * so these must do the same for the same key.
 */
export function morph(element, ...children) {
  const keyed = new Map([...element.children].filter(keyOf).map((each) => [keyOf(each), each]));
  let at = element.firstChild;
  for (const fresh of nodes(children)) {
    const known = keyOf(fresh) ? keyed.get(keyOf(fresh)) : at;
    if (known && isSame(known, fresh)) {
      if (known === at) at = at.nextSibling;
      else element.insertBefore(known, at);
      patch(known, fresh);
    } else element.insertBefore(fresh, at);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
  return element;
}

function keyOf(node) {
  return node?.dataset?.key ?? null;
}

function isSame(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName && keyOf(one) === keyOf(other);
}

function patch(known, fresh) {
  if (known.nodeType !== Node.ELEMENT_NODE) {
    if (known.data !== fresh.data) known.data = fresh.data;
    return;
  }
  for (const { name } of [...known.attributes]) if (!fresh.hasAttribute(name)) known.removeAttribute(name);
  for (const { name, value } of fresh.attributes) {
    // The page's policy allows styles set by property, and none by attribute.
    if (name === "style") known.style.cssText = value;
    else if (known.getAttribute(name) !== value) known.setAttribute(name, value);
  }
  for (const name of ["checked", "disabled"]) if (name in known && known[name] !== fresh[name]) known[name] = fresh[name];
  morph(known, ...fresh.childNodes);
}

/** Return an icon from the page's own set, hidden from screen readers. */
export function icon(name) {
  const SVG = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

function listen(element, listeners) {
  for (const [event, listener] of Object.entries(listeners)) {
    element.addEventListener(event, listener);
  }
}

function nodes(children) {
  return children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : document.createTextNode(cleaned(child))));
}
