"use strict";
/* Search over what the page knows and, where there is a server, over the whole graph. */
const Search = (() => {
  const MOST = 10;
  const PAUSE = 200; // Milliseconds without a key before the server is asked.
  let hits = [];
  let at = -1;
  let asked = 0;

  const folded = (text) => String(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const input = () => Dom.byId("search");
  const list = () => Dom.byId("hits");

  function build(act) {
    input().addEventListener("input", () => find(act));
    input().addEventListener("blur", close);
    input().addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        mark(Math.max(0, Math.min(hits.length - 1, at + (event.key === "ArrowDown" ? 1 : -1))));
      } else if (event.key === "Enter") {
        event.preventDefault();
        pick(at, act);
      } else if (event.key === "Escape") {
        input().value = "";
        close();
      }
    });
  }

  function find(act) {
    const words = folded(input().value.trim());
    const turn = ++asked;
    if (!words) return close();
    const place = (entity) => folded(entity.name).indexOf(words);
    const here = [...View.entities.values()].filter((entity) => place(entity) >= 0 || entity.id === words)
      .sort((one, other) => place(one) - place(other) || View.linesOf.get(other.id).length - View.linesOf.get(one.id).length)
      .slice(0, MOST).map((entity) => ({ id: entity.id, words: `${entity.name} · ${entity.kind}` }));
    show(here, act);
    if (View.api) setTimeout(() => { if (turn === asked) elsewhere(turn, here, act); }, PAUSE);
    return undefined;
  }

  async function elsewhere(turn, here, act) {
    try {
      const { items } = await Server.ask(`/entities?${new URLSearchParams({ q: input().value.trim().slice(0, 200), limit: String(MOST) })}`);
      if (turn !== asked) return;
      const seen = new Set(here.map((hit) => hit.id));
      const found = items.filter((item) => !seen.has(item.id) && View.kinds.has(item.label))
        .map((item) => ({ id: item.id, words: `${item.name ?? item.id} · ${item.label} · ${View.entities.has(item.id) ? "in this view" : "in the graph"}` }));
      show([...here, ...found], act);
    } catch {
      if (turn === asked) Dom.announce("The server cannot be asked; only this view was searched.");
    }
  }

  function show(found, act) {
    hits = found;
    Dom.fill(list(), found.length ? found.map((hit, number) => Dom.el("li", {
      role: "option", id: `hit-${number}`, "aria-selected": "false", "data-id": hit.id,
      mousedown: (event) => { event.preventDefault(); pick(number, act); },
    }, hit.words)) : [Dom.el("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Not found in what is loaded")]);
    list().hidden = false;
    input().setAttribute("aria-expanded", "true");
    mark(found.length ? 0 : -1);
  }

  function mark(number) {
    at = number;
    [...list().children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    if (at < 0) return input().removeAttribute("aria-activedescendant");
    list().children[at].scrollIntoView({ block: "nearest" });
    return input().setAttribute("aria-activedescendant", `hit-${at}`);
  }

  function close() {
    asked += 1;
    hits = [];
    list().hidden = true;
    input().setAttribute("aria-expanded", "false");
    input().removeAttribute("aria-activedescendant");
  }

  async function pick(number, act) {
    const hit = hits[number];
    if (!hit) return;
    close();
    await act.find(hit.id);
    Dom.byId("canvas").focus();
  }

  return { build };
})();
