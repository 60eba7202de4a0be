"use strict";
/* The picture and its evidence as files: PNG, SVG that runs nothing, CSV that no spreadsheet runs. */
const Export = (() => {
  const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
  const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
  const COLUMNS = ["subject", "subject_name", "relationship", "object", "object_name", "said", "known_by", "document", "title", "url", "locator", "anchor", "said_by", "method", "review", "claim"];

  const stamp = (shown) => `${View.about.title}: ${Dom.plural(shown.entities.size, "entity", "entities")}, ${Dom.plural(shown.lines.size, "relationship")}, ${new Date().toISOString().slice(0, 10)}`;
  const kindsOf = (shown) => [...View.kinds.keys()].filter((kind) => [...shown.entities].some((id) => View.entities.get(id).kind === kind));

  function csv(shown) {
    const rows = [...shown.lines].flatMap((id) => {
      const line = View.lines.get(id);
      return line.claims.flatMap((claim) => claim.places.map((one) => [
        line.subject, View.nameOf(line.subject), line.predicate, line.object, View.nameOf(line.object), Panel.words(claim),
        claim.of_register ? "" : claim.known, one.document, View.documents.get(one.document)?.title, View.documents.get(one.document)?.url,
        one.locator, one.anchor, claim.by, claim.method, claim.review, claim.id,
      ]));
    });
    return [COLUMNS, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
  }

  function cell(value) {
    const text = String(value ?? "");
    return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  }

  function svg(shown, state) {
    const places = new Map([...shown.entities].map((id) => [id, Places.of(id, state)]));
    const xs = [...places.values()].map(({ x }) => x);
    const ys = [...places.values()].map(({ y }) => y);
    const box = { x: Math.min(...xs, 0) - 140, y: Math.min(...ys, 0) - 60, right: Math.max(...xs, 0) + 140, bottom: Math.max(...ys, 0) + 120 };
    const text = (words) => String(words).replace(CONTROLS, "");
    const root = Dom.svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${box.x} ${box.y} ${box.right - box.x} ${box.bottom - box.y}`, width: Math.round(box.right - box.x), height: Math.round(box.bottom - box.y), color: "#1b1b1b", "font-family": "DejaVu Sans, sans-serif" },
      Dom.svg("title", {}, text(stamp(shown))),
      Dom.svg("rect", { x: box.x, y: box.y, width: box.right - box.x, height: box.bottom - box.y, fill: "#ffffff" }));
    for (const id of shown.lines) root.append(stroke(View.lines.get(id), places, text));
    for (const id of shown.entities) root.append(figure(View.entities.get(id), places.get(id), text));
    let x = box.x + 24;
    for (const kind of kindsOf(shown)) {
      root.append(Look.shape(kind, x, box.bottom - 44, 8), Dom.svg("text", { x: x + 14, y: box.bottom - 40, "font-size": 12 }, kind));
      x += 40 + kind.length * 8;
    }
    root.append(Dom.svg("text", { x: box.x + 16, y: box.bottom - 12, "font-size": 12 }, text(stamp(shown))));
    return new XMLSerializer().serializeToString(root);
  }

  function stroke(line, places, text) {
    const [from, to] = [places.get(line.subject), places.get(line.object)];
    const style = Look.styleOf(line);
    const [at, count] = [line.pair.indexOf(line.id), line.pair.length];
    const side = (at - (count - 1) / 2) * 44 * (line.subject < line.object ? 1 : -1);
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const middle = { x: (from.x + to.x) / 2 - ((to.y - from.y) / length) * side, y: (from.y + to.y) / 2 + ((to.x - from.x) / length) * side };
    return Dom.svg("path", {
      d: `M${Look.round(from.x)},${Look.round(from.y)}Q${Look.round(middle.x)},${Look.round(middle.y)} ${Look.round(to.x)},${Look.round(to.y)}`,
      fill: "none", stroke: style.colour === "warn" ? "#a33600" : "#6b7280", "stroke-width": style.width ?? 1.4, "stroke-dasharray": style.dash?.join(" ") ?? "none",
    }, Dom.svg("title", {}, text(`${View.nameOf(line.subject)} ${View.types.get(line.predicate).forward} ${View.nameOf(line.object)}`)));
  }

  function figure(entity, { x, y }, text) {
    const size = Canvas.sizeOf(entity.id);
    return Dom.svg("g", {}, Dom.svg("title", {}, text(`${entity.name} (${entity.kind})`)), Look.shape(entity.kind, x, y, size),
      Look.wrapped(text(entity.name)).map((row, at) => Dom.svg("text", { x, y: y + size + 13 + at * 14, "text-anchor": "middle", "font-size": 12, "paint-order": "stroke", stroke: "#ffffff", "stroke-width": 3 }, row)));
  }

  function png(shown) {
    const source = Dom.byId("canvas").querySelector("canvas");
    const picture = Dom.el("canvas", { width: source.width, height: source.height + 56 });
    const context = picture.getContext("2d");
    context.fillStyle = Look.colours.ground;
    context.fillRect(0, 0, picture.width, picture.height);
    context.drawImage(source, 0, 0);
    context.fillStyle = Look.colours.text;
    context.strokeStyle = Look.colours.text;
    context.font = '13px system-ui, "DejaVu Sans", sans-serif';
    context.fillText(stamp(shown), 12, source.height + 20, picture.width - 24);
    let x = 20;
    for (const kind of kindsOf(shown)) {
      Look.trace(context, View.kinds.get(kind).outline, x, source.height + 40, 7);
      context.fillStyle = View.kinds.get(kind).colour;
      context.fill();
      context.stroke();
      context.fillStyle = Look.colours.text;
      context.fillText(kind, x + 12, source.height + 45);
      x += 34 + context.measureText(kind).width;
    }
    return new Promise((done) => { picture.toBlob(done, "image/png"); });
  }

  return { csv, png, svg };
})();
