"use strict";
/* The tables that the server wrote, kept to exactly what is shown. */
const Table = (() => {
  const rows = { entities: new Map(), lines: new Map() };
  let pending = null;

  function build(act) {
    for (const [name, id] of [["entities", "entity-rows"], ["lines", "line-rows"]]) {
      for (const row of Dom.byId(id).rows) rows[name].set(row.dataset.id, row);
    }
    Dom.byId("tables").addEventListener("click", (event) => {
      const link = event.target.closest("[data-select]");
      if (!link) return;
      event.preventDefault();
      act.select(link.dataset.select);
      Dom.byId("panel").focus();
    });
    Dom.byId("tables-shown").addEventListener("toggle", () => { if (pending) write(pending); });
  }

  function update(shown) {
    pending = shown;
    Dom.byId("tables-count").textContent = `${Dom.plural(shown.entities.size, "entity", "entities")}, ${Dom.plural(shown.lines.size, "relationship")}`;
    if (Dom.byId("tables-shown").open) write(shown);
  }

  function write(shown) {
    pending = null;
    keep("entities", "entity-rows", shown.entities, entityRow);
    keep("lines", "line-rows", shown.lines, lineRow);
    for (const id of shown.entities) rows.entities.get(id).cells[3].textContent = Dom.count(shown.near.get(id).length);
  }

  function keep(name, id, wanted, make) {
    for (const one of wanted) {
      if (rows[name].has(one)) continue;
      const row = make(one);
      rows[name].set(one, row);
      Dom.byId(id).append(row);
    }
    for (const [one, row] of rows[name]) row.hidden = !wanted.has(one);
  }

  function entityRow(id) {
    const entity = View.entities.get(id);
    return row(id, Dom.el("a", { href: `#sel=${id}`, "data-select": id }, entity.name), entity.sub_kind ?? entity.kind, entity.date?.[0] ?? "", "");
  }

  function lineRow(id) {
    const line = View.lines.get(id);
    const said = [...new Set(line.claims.map(Panel.words).filter(Boolean))].join(" / ");
    const cites = line.claims.flatMap((claim) => claim.places.map((one) => Dom.el("div", {},
      Dom.link(View.documents.get(one.document)?.url, View.documents.get(one.document)?.title ?? one.document), one.locator ? `, ${one.locator}` : "")));
    return row(id, View.nameOf(line.subject), Dom.el("a", { href: `#sel=${id}`, "data-select": id }, View.types.get(line.predicate).forward), View.nameOf(line.object), said, cites);
  }

  const row = (id, ...cells) => Dom.el("tr", { "data-id": id }, cells.map((cell) => Dom.el("td", {}, cell)));

  return { build, update };
})();
