"use strict";
/* The picture: vis-network draws and hit-tests; shapes, names, the veil over what is beside the point are drawn here. */
const Canvas = (() => {
  const SIZE = 11;
  const FINE = 800; // Beyond so many entities lines are left out while the picture moves.
  const VEIL = 0.78;
  const MOST_NAMES = 260;
  const FIRST_NAMES = 14; // The names of these may cover shapes, since without them nobody knows where they are.
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const given = { places: new Map(), lines: new Set() }; // What vis-network has.
  let now = { shown: null, state: null, hot: null, order: [], boxes: 0 };

  const network = new vis.Network(Dom.byId("canvas"), { nodes, edges }, {
    physics: { enabled: false, stabilization: false, solver: "forceAtlas2Based", forceAtlas2Based: { springLength: 90, avoidOverlap: 0.5 } },
    layout: { improvedLayout: false, randomSeed: 1 },
    interaction: {
      hover: true, tooltipDelay: 1e9, multiselect: false, selectConnectedEdges: false, hoverConnectedEdges: false, zoomSpeed: 0.6,
      hideEdgesOnDrag: View.entities.size > FINE, hideEdgesOnZoom: View.entities.size > FINE,
    },
    nodes: { shape: "custom", ctxRenderer: drawn, chosen: false, size: SIZE },
    edges: { arrows: { to: { enabled: true, scaleFactor: 0.5 } }, arrowStrikethrough: false, smooth: false, chosen: false, selectionWidth: 0 },
  });

  const FAR = 0.35;
  const ROOM = 16; // Of a group, at the least; it grows with what it stands for.
  const roomOf = (id) => ROOM + Math.min(26, 4 * Math.log2(View.groups.get(id).count));

  /* A group is a ring around the shape of its kind, with how many there are. */
  function drawGroup(ctx, id, x, y) {
    const { kind, count } = View.groups.get(id);
    const size = roomOf(id);
    ctx.beginPath();
    ctx.arc(x, y, size, 0, 2 * Math.PI);
    ctx.fillStyle = Look.colours.panel;
    ctx.fill();
    ctx.lineWidth = 1.4;
    ctx.setLineDash([4, 3]);
    ctx.strokeStyle = Look.colours.quiet;
    ctx.stroke();
    ctx.setLineDash([]);
    Look.trace(ctx, View.kinds.get(kind).outline, x, y, 7);
    ctx.fillStyle = View.kinds.get(kind).colour;
    ctx.fill();
    const scale = network.getScale();
    if (scale < FAR) return; // Numbers would cover each other.
    ctx.fillStyle = Look.colours.text;
    ctx.strokeStyle = Look.colours.ground;
    ctx.lineWidth = 3 / scale;
    ctx.font = `${11 / scale}px system-ui, "DejaVu Sans", sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "top";
    ctx.strokeText(Dom.count(count), x, y + size);
    ctx.fillText(Dom.count(count), x, y + size);
  }

  const sizeOf = (id) => SIZE + Math.min(9, 1.6 * Math.sqrt(View.linesOf.get(id)?.length ?? 0));

  function drawn({ ctx, id, x, y }) {
    if (View.groups.has(id)) {
      const room = roomOf(id);
      return { drawNode: () => drawGroup(ctx, id, x, y), nodeDimensions: { width: 2 * room, height: 2 * room } };
    }
    const size = sizeOf(id);
    return { drawNode: () => draw(ctx, id, x, y, size), nodeDimensions: { width: 2 * size, height: 2 * size } };
  }

  function draw(ctx, id, x, y, size) {
    const entity = View.entities.get(id);
    const { outline, colour } = View.kinds.get(entity.kind);
    const isChosen = id === now.state.selected || now.state.path?.includes(id);
    const usual = entity.disputed ? [2.6, Look.colours.warn] : [1.4, Look.colours.text];
    Look.trace(ctx, outline, x, y, size);
    ctx.fillStyle = colour;
    ctx.fill();
    [ctx.lineWidth, ctx.strokeStyle] = isChosen ? [4, Look.colours.accent] : usual;
    ctx.setLineDash(entity.unchecked ? [3, 3] : []);
    ctx.stroke();
    ctx.setLineDash([]);
    if (now.state.layout === "near" && now.state.pins[id]) {
      ctx.beginPath();
      ctx.arc(x, y, 2.5, 0, 2 * Math.PI);
      ctx.fillStyle = "#000000";
      ctx.fill();
    }
  }

  function edgeOf(line) {
    const style = Look.styleOf(line);
    const [at, count] = [line.pair.indexOf(line.id), line.pair.length];
    const side = (at - (count - 1) / 2) * 0.24 * (line.subject < line.object ? 1 : -1);
    const bend = count > 1 && side ? { enabled: true, type: side > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(side) } : { enabled: false, type: "continuous", roundness: 0 };
    return {
      id: line.id, from: line.subject, to: line.object, smooth: bend, width: style.width ?? 1.4, dashes: style.dash ?? false,
      color: { color: Look.colours[style.colour], inherit: false, opacity: 0.75 },
    };
  }

  /* Only what changed is given to vis-network; a selection changes nothing there. */
  function sync(shown, state) {
    const was = now;
    now = { shown, state, hot: hotOf(shown, state), order: orderOf(shown, state) };
    const isElsewhere = was.state?.layout !== state.layout || was.state.step !== state.step || JSON.stringify(was.state.pins) !== JSON.stringify(state.pins);
    if (was.shown !== shown || isElsewhere) give(shown, state, was.state);
    network.redraw();
  }

  function give(shown, state, was) {
    const isGroupShown = state.layout === "near" ? shown.groups : new Set();
    const placed = [];
    for (const id of shown.entities) {
      const { x, y } = Places.of(id, state);
      const known = given.places.get(id);
      if (known && known.x === x && known.y === y) continue;
      given.places.set(id, { x, y });
      placed.push({ id, x, y });
    }
    const stood = [...isGroupShown].filter((id) => !given.places.has(id)).map((id) => View.groups.get(id));
    for (const { id, x, y } of stood) {
      given.places.set(id, { x, y });
      given.lines.add(id);
      placed.push({ id, x, y });
    }
    if (placed.length) nodes.update(placed);
    if (stood.length) edges.add(stood.map(({ id, of }) => ({ id, from: of, to: id, arrows: "", dashes: [2, 4], color: { color: Look.colours.line, inherit: false, opacity: 0.6 } })));
    const come = [...shown.lines].filter((id) => !given.lines.has(id));
    come.forEach((id) => given.lines.add(id));
    if (come.length) edges.add(come.map((id) => edgeOf(View.lines.get(id))));
    hide((id) => shown.entities.has(id) || isGroupShown.has(id), (id) => shown.lines.has(id) || isGroupShown.has(id));
    if (was !== null && was.layout !== state.layout) {
      network.setOptions({ interaction: { dragNodes: state.layout === "near" } });
      fit();
    }
  }

  /* What is not shown stays with vis-network, unseen: to take it out and put it in again takes ten times as long. */
  function hide(isShown, isDrawn) {
    for (const id of given.places.keys()) network.body.nodes[id].options.hidden = !isShown(id);
    for (const id of given.lines) network.body.edges[id].options.hidden = !isDrawn(id);
    network._updateVisibleIndices();
  }

  function hotOf(shown, state) {
    if (state.path) {
      const steps = Shown.path(shown, state.path);
      if (!steps) return null;
      return { entities: new Set([state.path[0], ...steps.map(([, , to]) => to)]), lines: new Set(steps.map(([, line]) => line)) };
    }
    const id = state.selected;
    if (shown.lines.has(id)) {
      const line = View.lines.get(id);
      return { entities: new Set([line.subject, line.object]), lines: new Set([id]) };
    }
    if (!shown.entities.has(id)) return null;
    const near = shown.near.get(id);
    return { entities: new Set([id, ...near.map(([other]) => other)]), lines: new Set(near.map(([, line]) => line)) };
  }

  /* Names compete for room in this order. */
  function orderOf(shown, state) {
    const seeds = new Set(View.about.seeds);
    const weight = (id) => (id === state.selected ? 1e6 : 0) + (seeds.has(id) ? 1e5 : 0) + shown.near.get(id).length;
    return [...shown.entities].sort((one, other) => weight(other) - weight(one));
  }

  network.on("beforeDrawing", (ctx) => {
    if (now.state?.layout === "time") drawAxes(ctx);
  });

  network.on("afterDrawing", (ctx) => {
    if (now.state === null) return;
    if (now.hot) drawVeil(ctx);
    drawNames(ctx);
  });

  function drawVeil(ctx) {
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.globalAlpha = VEIL;
    ctx.fillStyle = Look.colours.ground;
    ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    ctx.restore();
    for (const id of now.hot.lines) {
      const edge = network.body.edges[id];
      if (!edge?.connected) continue;
      glow(ctx, id);
      edge.draw(ctx);
      edge.drawArrows(ctx);
    }
    for (const id of now.hot.entities) network.body.nodes[id]?.draw(ctx);
  }

  /* A broad band under a line that matters now; bent lines have their middle where vis-network puts it. */
  function glow(ctx, id) {
    const edge = network.body.edges[id];
    const via = edge.edgeType.getViaNode?.();
    ctx.save();
    ctx.globalAlpha = 0.35;
    ctx.lineWidth = now.state.path ? 9 : 5;
    ctx.strokeStyle = Look.colours.accent;
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.moveTo(edge.from.x, edge.from.y);
    if (via?.x === undefined) ctx.lineTo(edge.to.x, edge.to.y);
    else ctx.quadraticCurveTo(via.x, via.y, edge.to.x, edge.to.y);
    ctx.stroke();
    ctx.restore();
  }

  /* While the picture is dragged, names stay where they stand beside their shapes; then they find room anew. */
  let isDragged = false;
  let kept = null;
  network.on("dragStart", ({ nodes: grasped }) => { isDragged = !grasped.length; });
  network.on("dragEnd", () => {
    if (isDragged) requestAnimationFrame(() => network.redraw());
    isDragged = false;
  });

  /* Names have one size on the screen, stand where there is room, and give way to those before them. */
  function drawNames(ctx) {
    const scale = network.getScale();
    const taken = new Map();
    const shapes = new Map();
    const origin = network.canvasToDOM({ x: 0, y: 0 });
    const frame = Dom.byId("canvas").getBoundingClientRect();
    const at = (place) => ({ x: place.x * scale + origin.x, y: place.y * scale + origin.y });
    ctx.save();
    ctx.font = `${12 / scale}px system-ui, "DejaVu Sans", sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    if (isDragged && kept?.of === now && now.state.layout === "near") {
      kept.names.forEach(({ node, rows, dx, dy, height }) => Names.write(ctx, rows, { x: at(node).x + dx, y: at(node).y + dy, height }, scale, origin));
      ctx.restore();
      return;
    }
    kept = { of: now, names: [] };
    let drawnNames = 0;
    const candidates = now.hot ? now.order.filter((id) => now.hot.entities.has(id)) : now.order;
    for (const id of candidates) {
      const node = network.body.nodes[id];
      if (node) Names.keepFree(at(node), sizeOf(id) * scale, shapes);
    }
    if (now.state.layout === "time") drawLayers(ctx, at, taken, scale, origin);
    for (const id of candidates.slice(0, MOST_NAMES * 4)) {
      if (drawnNames >= MOST_NAMES) break;
      const node = network.body.nodes[id];
      if (!node) continue;
      const place = at(node);
      if (place.x < -60 || place.y < -30 || place.x > frame.width + 60 || place.y > frame.height + 30) continue;
      const text = Names.nameFor(id);
      const isFirst = drawnNames < FIRST_NAMES || now.hot !== null;
      const spot = Names.spotFor(place, text, sizeOf(id) * scale, taken, shapes, frame)
        ?? (isFirst ? Names.spotFor(place, text, sizeOf(id) * scale, taken, null, frame) : null);
      if (!spot) continue;
      Names.write(ctx, text.rows, spot, scale, origin);
      kept.names.push({ node, rows: text.rows, dx: spot.x - place.x, dy: spot.y - place.y, height: spot.height });
      drawnNames += 1;
    }
    if (now.hot && now.hot.lines.size <= 16) [...now.hot.lines].forEach((id) => drawWords(ctx, id, scale, origin, taken, at, frame));
    ctx.restore();
    now.names = drawnNames;
  }

  /* What a layer holds is said at the edge of the picture, wherever that is. */
  function drawLayers(ctx, at, taken, scale, origin) {
    for (const [words, from, to] of View.about.axes.layers) {
      const y = at({ x: 0, y: (from + to) / 2 }).y;
      const half = Names.widthOf(words) / 2;
      Names.keep({ left: 0, right: 2 * half + 12, top: y - 9, bottom: y + 9 }, taken);
      ctx.globalAlpha = 0.9;
      Names.write(ctx, [words], { x: half + 8, y, height: 14 }, scale, origin, Look.colours.quiet);
      ctx.globalAlpha = 1;
    }
  }

  function drawWords(ctx, id, scale, origin, taken, at, frame) {
    const line = View.lines.get(id);
    const [from, to] = [network.body.nodes[line.subject], network.body.nodes[line.object]];
    if (!from || !to) return;
    const rows = [View.types.get(line.predicate).forward];
    const middle = at({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
    const width = Names.widthOf(rows[0]);
    for (const dy of [0, 15, -15]) {
      const box = { left: middle.x - width / 2, right: middle.x + width / 2, top: middle.y + dy - 7, bottom: middle.y + dy + 7 };
      if (box.left < 0 || box.right > frame.width || !Names.isFree(box, taken)) continue;
      Names.write(ctx, rows, { x: middle.x, y: middle.y + dy, height: 14 }, scale, origin);
      return;
    }
  }

  function drawAxes(ctx) {
    const { years, layers } = View.about.axes;
    const scale = network.getScale();
    const [top, bottom] = [layers[0]?.[1] ?? 0, layers.at(-1)?.[2] ?? 0];
    const [left, right] = [years[0]?.[1] ?? 0, years.at(-1)?.[2] ?? 0];
    const size = Math.min(60, 13 / scale);
    ctx.save();
    ctx.font = `${size}px system-ui, "DejaVu Sans", sans-serif`;
    years.forEach(([year, from, to], at) => {
      ctx.globalAlpha = 0.55;
      ctx.fillStyle = at % 2 ? Look.colours.panel : Look.colours.ground;
      ctx.fillRect(from - 20, top - 20, to - from + 40, bottom - top + 40);
      ctx.globalAlpha = 1;
      ctx.fillStyle = Look.colours.quiet;
      ctx.textAlign = "center";
      ctx.textBaseline = "bottom";
      const words = year === 0 ? "no date" : String(year);
      if (to - from + 40 > ctx.measureText(words).width) ctx.fillText(words, (from + to) / 2, top - 24);
    });
    for (const [, , to] of layers) {
      ctx.strokeStyle = Look.colours.rule;
      ctx.lineWidth = 1 / scale;
      ctx.beginPath();
      ctx.moveTo(left - 20, to + 10);
      ctx.lineTo(right + 20, to + 10);
      ctx.stroke();
    }
    ctx.restore();
  }

  function fit(ids) {
    network.fit({ ...(ids ? { nodes: ids } : {}), animation: false, maxZoomLevel: 1.4 });
    // Around what is fitted stand names, and above it years.
    network.moveTo({ scale: network.getScale() * (now.state?.layout === "time" ? 0.86 : 0.9), animation: false });
  }

  /* Brings an entity into the picture where it is not in it. */
  function reveal(id) {
    const node = network.body.nodes[id];
    if (!node) return;
    const { x, y } = network.canvasToDOM({ x: node.x, y: node.y });
    const frame = Dom.byId("canvas").getBoundingClientRect();
    if (x < 40 || y < 40 || x > frame.width - 40 || y > frame.height - 40) network.moveTo({ position: { x: node.x, y: node.y }, animation: false });
  }

  function recolour() {
    Look.refresh();
    edges.update([...given.lines].filter((id) => View.lines.has(id)).map((id) => edgeOf(View.lines.get(id))));
    network.redraw();
  }

  const place = (id) => {
    const inside = network.canvasToDOM(network.getPosition(id));
    const frame = Dom.byId("canvas").getBoundingClientRect();
    return { x: inside.x + frame.x, y: inside.y + frame.y };
  };

  /* Physics without a picture of it on the way. */
  function settle(done) {
    network.once("stabilizationIterationsDone", done);
    network.setOptions({ physics: { enabled: true, stabilization: { enabled: true, iterations: 150, fit: false } } });
    network.stabilize(150);
  }

  return { fit, hot: () => now.hot, names: () => now.names, network, place, recolour, reveal, settle, sizeOf, sync };
})();
