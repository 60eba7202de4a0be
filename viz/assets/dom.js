"use strict";
/* Elements are made here, and text only ever becomes text: nothing in these pages parses HTML. */
const Dom = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  function byId(id) {
    return document.getElementById(id);
  }

  function set(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (typeof value === "function") element.addEventListener(name, value);
      else element.setAttribute(name, value === true ? "" : String(value));
    }
    return element;
  }

  function append(element, children) {
    element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
    return element;
  }

  function el(tag, attributes = {}, ...children) {
    return append(set(document.createElement(tag), attributes), children);
  }

  function svg(tag, attributes = {}, ...children) {
    return append(set(document.createElementNS(SVG, tag), attributes), children);
  }

  function fill(element, ...children) {
    element.replaceChildren();
    return append(element, children);
  }

  /* A link only where the address is one of the web. */
  function link(address, text) {
    const safe = webAddress(address);
    if (safe === null) return el("span", {}, text);
    return el("a", { href: safe, rel: "noopener noreferrer", target: "_blank" }, text);
  }

  function webAddress(address) {
    try {
      const parsed = new URL(String(address));
      return /^https?:$/.test(parsed.protocol) ? parsed.href : null;
    } catch {
      return null;
    }
  }

  let last = 0;
  function announce(text) {
    const place = byId("live");
    // The same text twice is told twice.
    place.textContent = text + (++last % 2 ? "\u00a0" : "");
  }

  function save(blob, name) {
    const anchor = el("a", { href: URL.createObjectURL(blob), download: name });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 5000);
  }

  const count = (number) => number.toLocaleString("en-GB");
  const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

  return { announce, byId, count, el, fill, link, plural, save, svg };
})();
