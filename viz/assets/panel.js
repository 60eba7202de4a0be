"use strict";
/* The panel: what documents say of what is selected, and where they say it. */
const Panel = (() => {
  const OPEN = 30; // With more relationships than this, each sort of them is folded up.
  const place = () => Dom.byId("panel");

  function update(shown, state, act) {
    const { selected, path } = state;
    if (path) Dom.fill(place(), ofPath(shown, path, act));
    else if (View.lines.has(selected)) Dom.fill(place(), ofLine(View.lines.get(selected), act));
    else if (View.entities.has(selected)) Dom.fill(place(), ofEntity(View.entities.get(selected), shown, state, act));
    else if (Story.step(state)) Dom.fill(place(), ofStep(Story.step(state), act));
    else Dom.fill(place(), Dom.el("h2", {}, "What documents say"), ...about(shown, state));
  }

  function about(shown, state) {
    const { chosen, limit, total, truncated, times, left_out: { unchecked: left } } = View.about;
    const known = [["known_at", "Only what was public by"], ["recorded_at", "As this graph said it at"]];
    return [
      Dom.el("p", {}, "Choose an entity or a line to see what is said of it, by which document and where."),
      state.preset && !shown.lines.size && Dom.el("p", {}, "Nothing that is loaded belongs to this perspective here."),
      chosen && Dom.el("p", { class: "quiet" }, chosen),
      truncated && View.api && !View.groups.size && !View.story && Dom.el("p", {}, Dom.el("a", { href: overview() }, "Overview of all of it")),
      truncated && Dom.el("p", { class: "quiet" }, `${Dom.plural(total, "entity was a candidate", "entities were candidates")}; the view has room for ${Dom.count(limit)}.`),
      left > 0 && Dom.el("p", { class: "quiet" }, `${Dom.plural(left, "claim")} that nobody has checked ${left === 1 ? "is" : "are"} left out.`),
      ...known.filter(([name]) => times[name]).map(([name, words]) => Dom.el("p", { class: "quiet" }, `${words} ${times[name]}.`)),
      Dom.el("p", { class: "quiet" }, "Not found in what is loaded does not mean that it did not happen."),
    ].filter(Boolean);
  }

  function overview() {
    const [seed] = View.about.seeds;
    return `/explore?${new URLSearchParams({ ...(seed ? { entity: seed } : {}), overview: "true" })}`;
  }

  const ofGroup = (group) => `${View.nameOf(group.of)} ${group.words}: ${Dom.count(group.count)}, most of the kind ${group.kind}`;

  /* What stands for many, to be opened without a mouse too. */
  function groupsOf(entity, shown, act) {
    const groups = [...shown.groups].map((id) => View.groups.get(id)).filter((group) => group.of === entity.id);
    if (!groups.length) return [];
    return [Dom.el("h3", {}, "Groups"), Dom.el("ul", { class: "related" }, groups.map((group) => Dom.el("li", {},
      Dom.el("button", { type: "button", class: "link", disabled: View.api === null, click: () => act.openGroup(group.id) }, `${group.words}: ${Dom.count(group.count)}`))))];
  }

  function ofEntity(entity, shown, state, act) {
    const lines = (shown.near.get(entity.id) ?? []).map(([, id]) => View.lines.get(id));
    const hidden = View.hiddenOf(entity.id);
    return [
      Dom.el("h2", {}, entity.name),
      Dom.el("p", {}, Look.icon(entity.kind), ` ${entity.sub_kind ?? entity.kind} `, Dom.el("span", { class: "quiet" }, entity.id)),
      entity.unchecked && Dom.el("p", {}, flag("unchecked"), "No document that was seen speaks of it."),
      acts(entity, state, act),
      entity.summary && Dom.el("p", {}, entity.summary),
      ...properties(entity),
      ...groupsOf(entity, shown, act),
      Dom.el("h3", {}, `${Dom.plural(lines.length, "relationship")} shown`),
      hidden > 0 && Dom.el("p", { class: "quiet" }, `+${Dom.count(hidden)} more in the graph that are not in this view.`),
      ...leftOut(entity.id, state),
      ...byType(entity.id, lines, act),
    ].filter(Boolean);
  }

  function acts(entity, state, act) {
    const button = (id, words, key, run, more = {}) => Dom.el("button", { id, type: "button", "aria-keyshortcuts": key, title: `Key ${key}`, click: run, ...more }, words);
    return Dom.el("div", { class: "acts" },
      button("expand", "Expand", "E", () => act.expand(entity.id), { disabled: View.api === null }),
      button("pin", state.pins[entity.id] ? "Unpin" : "Pin", "P", () => act.pin(entity.id), { disabled: state.layout === "time" }),
      button("way", act.start === entity.id ? "Choose the other end" : act.start ? "Path to here" : "Path from here", "S", () => act.way(entity.id)),
      View.api && Dom.el("a", { href: `/entities/${encodeURIComponent(entity.id)}` }, "All that is said"),
      View.api === null && Dom.el("p", { class: "quiet" }, "This is a saved file: it shows what it came with, and cannot ask for more."));
  }

  function properties(entity) {
    const values = entity.values.filter((claim) => claim.predicate !== "name" || claim.value !== entity.name || claim.rivals);
    if (!values.length) return [];
    const names = [...new Set(values.map((claim) => claim.predicate))];
    const rows = names.flatMap((name) => [Dom.el("dt", {}, name.replaceAll("_", " ")), Dom.el("dd", {}, byValue(values.filter((claim) => claim.predicate === name)))]);
    return [Dom.el("h3", {}, "Properties"), Dom.el("dl", {}, ...rows)];
  }

  /* Each value once, with all that give it; values that contradict each other stand below one another. */
  function byValue(claims) {
    return [...new Set(claims.map((claim) => claim.value))].map((value) => {
      const alike = claims.filter((claim) => claim.value === value);
      return Dom.el("div", {}, alike.some((claim) => claim.rivals) && flag("disputed"),
        alike[0].predicate === "url" ? Dom.link(value, value) : value,
        Dom.el("details", {}, Dom.el("summary", {}, sources(alike)), alike.map(evidence)));
    });
  }

  const sources = (claims) => Dom.plural(new Set(claims.flatMap((claim) => claim.places.map((one) => one.document))).size, "document");

  function leftOut(id, state) {
    const left = Expansion.leftOf(id, state.more).filter((one) => one.left_out > 0);
    if (!left.length) return [];
    return [Dom.el("p", { class: "quiet" }, `Left out: ${left.map((one) => `${one.words} ${Dom.count(one.left_out)} of ${Dom.count(one.total)}`).join("; ")}.`)];
  }

  function byType(id, lines, act) {
    const groups = new Map();
    for (const line of lines) {
      const words = View.wordsOf(line, id);
      (groups.get(words) ?? groups.set(words, []).get(words)).push(line);
    }
    return [...groups].map(([words, group]) => Dom.el("details", { open: lines.length <= OPEN },
      Dom.el("summary", {}, `${words} (${group.length})`),
      Dom.el("ul", { class: "related" }, group.map((line) => Dom.el("li", {}, other(View.otherEnd(line, id), act), flags(line), says(line), line.claims.map(evidence), contradictions(line))))));
  }

  const other = (id, act) => Dom.el("button", { type: "button", class: "link", "data-select": id, click: () => act.select(id) }, View.nameOf(id));
  const flag = (words) => Dom.el("span", { class: "flag" }, words);

  function flags(line) {
    const words = [line.disputed && "disputed", line.unchecked && "unchecked", line.reading && "a reading"].filter(Boolean);
    return Dom.el("p", {}, words.map(flag), Dom.el("span", { class: "quiet" }, line.documents === 1 ? "one document says so" : `${line.documents} documents say so`));
  }

  function says(line) {
    const said = [...new Set(line.claims.map(words).filter(Boolean))];
    return said.length ? Dom.el("p", {}, said.join(" / ")) : null;
  }

  const words = (claim) => [...Object.entries(claim.qualifiers ?? {}).map(([name, one]) => `${name.replaceAll("_", " ")}: ${String(one).replaceAll("_", " ")}`), claim.dates].filter(Boolean).join("; ");

  /* One claim: who says it, where, when it was so, by when that was public, since when this graph says it. */
  function evidence(claim) {
    const how = [claim.method === "reading" && "a reading of it", claim.review === "unchecked" && "not checked"].filter(Boolean).join(", ");
    return Dom.el("div", { class: "cite" },
      claim.places.map((one) => Dom.el("p", {},
        Dom.link(View.documents.get(one.document)?.url, View.documents.get(one.document)?.title ?? one.document),
        one.locator ? `, ${one.locator}` : ", no place seen",
        one.anchor ? Dom.el("span", {}, ": ", Dom.el("q", {}, one.anchor)) : null)),
      claim.by && Dom.el("p", {}, `As said by ${View.nameOf(claim.by)}.`),
      Dom.el("p", { class: "quiet" }, [how, ...times(claim)].filter(Boolean).join(" · ")));
  }

  function times(claim) {
    return [
      claim.dates ? `so ${claim.dates}` : null,
      claim.of_register ? "a register, whatever its date" : claim.known ? `public by ${claim.known}` : null,
      `in this graph since ${claim.recorded.slice(0, 10)}`,
    ];
  }

  /* What contradicts it, beside it: no side is taken. */
  function contradictions(line) {
    const ids = [...new Set(line.claims.flatMap((claim) => claim.rivals ?? []))];
    const inside = new Map(View.lines.get(line.id).claims.map((claim) => [claim.id, claim]));
    const found = ids.map((id) => View.rivals.get(id) ?? inside.get(id) ?? claimOf(id)).filter(Boolean);
    if (!found.length) return null;
    return Dom.el("div", {}, Dom.el("p", {}, Dom.el("strong", {}, "Documents contradict each other here:")),
      found.map((claim) => Dom.el("div", {}, Dom.el("p", {}, [claim.object ? View.nameOf(claim.object) : claim.value, words(claim)].filter(Boolean).join("; ")), evidence(claim))));
  }

  function claimOf(id) {
    for (const line of View.lines.values()) {
      const found = line.claims.find((claim) => claim.id === id);
      if (found) return found;
    }
    for (const entity of View.entities.values()) {
      const found = entity.values.find((claim) => claim.id === id);
      if (found) return found;
    }
    return null;
  }

  function ofLine(line, act) {
    return [
      Dom.el("h2", {}, `${View.nameOf(line.subject)} ${View.types.get(line.predicate).forward} ${View.nameOf(line.object)}`),
      Dom.el("p", {}, "From ", other(line.subject, act), " to ", other(line.object, act)),
      flags(line), says(line), line.claims.map(evidence), contradictions(line),
      line.pair.length > 1 && Dom.el("div", {}, Dom.el("h3", {}, "Between the same two"),
        Dom.el("ul", { class: "related" }, line.pair.filter((id) => id !== line.id).map((id) => Dom.el("li", {},
          Dom.el("button", { type: "button", class: "link", click: () => act.select(id) }, sentence(View.lines.get(id))))))),
    ].flat().filter(Boolean);
  }

  const sentence = (line) => `${View.nameOf(line.subject)} ${View.types.get(line.predicate).forward} ${View.nameOf(line.object)}${says(line) ? ` (${says(line).textContent})` : ""}`;

  /* Claims that say the same in one group, in the order of the first of each. */
  function together(claims) {
    const groups = new Map();
    for (const claim of claims) {
      const key = [claim.subject, claim.predicate, claim.object ?? claim.value].join(" ");
      (groups.get(key) ?? groups.set(key, []).get(key)).push(claim);
    }
    return [...groups.values()];
  }

  function statement(claim, act) {
    if (!claim.object) return Dom.el("p", {}, other(claim.subject, act), ` – ${claim.predicate.replaceAll("_", " ")}: ${claim.value}`);
    return Dom.el("p", {}, other(claim.subject, act), ` ${View.types.get(claim.predicate).forward} `, other(claim.object, act));
  }

  /* What a step of a story says rests on these claims. */
  function ofStep(step, act) {
    return [
      Dom.el("h2", {}, "What this step rests on"),
      Dom.el("ul", { class: "related" }, together(step.rests_on.map(claimOf).filter(Boolean)).map((claims) => Dom.el("li", {}, statement(claims[0], act), claims.map((claim) => [
        words(claim) && Dom.el("p", {}, words(claim)), evidence(claim)])))),
      Dom.el("p", { class: "quiet" }, "Captions are in own words and state only what these places state."),
    ];
  }

  function ofPath(shown, path, act) {
    const steps = Shown.path(shown, path);
    const whole = View.api && Dom.el("div", { class: "acts" }, Dom.el("button", { id: "whole", type: "button", click: () => act.wayInGraph(path) }, "Look in the whole graph"));
    if (!steps) return [Dom.el("h2", {}, "No path"), Dom.el("p", {}, `Nothing that is shown connects ${View.nameOf(path[0])} and ${View.nameOf(path[1])}.`), whole, close(act)].filter(Boolean);
    return [
      Dom.el("h2", {}, `A path of ${Dom.plural(steps.length, "step")}`),
      Dom.el("p", { class: "quiet" }, "The shortest through what is shown; there may be others, and a path is no cause."),
      whole,
      close(act),
      Dom.el("ol", {}, steps.map(([from, id, to]) => {
        const line = View.lines.get(id);
        return Dom.el("li", {}, Dom.el("p", {}, other(from, act), ` ${View.wordsOf(line, from)} `, other(to, act)), flags(line), line.claims.map(evidence));
      })),
    ].filter(Boolean);
  }

  const close = (act) => Dom.el("div", { class: "acts" }, Dom.el("button", { type: "button", click: act.clear }, "Leave the path"));

  return { ofGroup, update, words };
})();
