// Larger maps, drawn by MapLibre: what is in an address of points, or where somebody chooses a place. Without this script, without
// WebGL or with an error the picture and the fields of the page stay, which say and take the same.

const dark = matchMedia("(prefers-color-scheme: dark)");
for (const host of document.querySelectorAll("[data-map]")) {
  const config = JSON.parse(host.dataset.map);
  (host.hasAttribute("data-pick") ? picking : showing)(host, config);
}

function showing(host, config) {
  const picture = host.querySelector("[data-picture]");
  const canvas = host.querySelector(".map-canvas");
  const button = host.querySelector("[data-swap]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const wanted = canvas.hidden;
    button.textContent = wanted ? button.dataset.back : button.dataset.swap;
    canvas.hidden = !wanted;
    picture.hidden = wanted;
    if (!wanted || canvas.firstChild) return;
    try {
      const [library, map] = await open(canvas, config);
      map.on("style.load", () => ideas(map, config));
      touch(library, map, config);
    } catch {
      canvas.replaceChildren(config.words.failed);
    }
  });
}

function picking(host, config) {
  const field = host.parentElement.querySelector("input");
  const opened = host.querySelector("[data-opened]");
  const button = host.querySelector("[data-open]");
  const status = host.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    opened.hidden = !opened.hidden;
    button.setAttribute("aria-expanded", String(!opened.hidden));
    const canvas = host.querySelector(".map-canvas");
    if (opened.hidden || canvas.firstChild) return;
    host.querySelector("[data-attribution]").textContent = config.attribution;
    try {
      const [library, map] = await open(canvas, config);
      choosing(library, map, { field, status, host, words: config.words });
    } catch {
      opened.hidden = true;
      status.textContent = config.words.failed;
    }
  });
}

function choosing(library, map, { field, status, host, words }) {
  const colour = token("ore");
  const marker = new library.Marker({ color: colour, draggable: true });
  const put = ({ lng, lat }) => {
    field.value = `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    for (const radio of field.form.querySelectorAll("input[name=found]")) radio.checked = false;
    status.textContent = words.set.replace("{point}", field.value);
    marker.setLngLat([lng, lat]).addTo(map);
  };
  const typed = field.value.match(/-?\d+[.,]\d+/g);
  if (typed?.length === 2) {
    const [lat, lng] = typed.map((number) => Number(number.replace(",", ".")));
    marker.setLngLat([lng, lat]).addTo(map);
    map.jumpTo({ center: [lng, lat], zoom: 15 });
  }
  marker.on("dragend", () => put(marker.getLngLat()));
  map.on("click", (event) => put(event.lngLat));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter") put(map.getCenter());
  });
  host.querySelector("[data-centre]").addEventListener("click", () => put(map.getCenter()));
  host.querySelector("[data-clear]").addEventListener("click", () => {
    field.value = "";
    marker.remove();
    status.textContent = words.cleared;
  });
  map.getCanvas().focus();
}

async function open(container, config) {
  const [library] = await Promise.all([import(config.library), stylesheet(config.style)]);
  library.setWorkerUrl(config.worker);
  const map = new library.Map({
    container,
    style: style(config),
    bounds: config.bounds,
    fitBoundsOptions: { padding: 8 },
    attributionControl: false,
    cooperativeGestures: false,
    scrollZoom: false,
    dragRotate: false,
    locale: {
      "Map.Title": config.words.label,
      "NavigationControl.ZoomIn": config.words.zoomIn,
      "NavigationControl.ZoomOut": config.words.zoomOut,
      "Popup.Close": config.words.close,
    },
  });
  map.addControl(new library.NavigationControl({ showCompass: false }));
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  dark.addEventListener("change", () => map.setStyle(style(config)));
  container.andockMap = map;
  return [library, map];
}

function stylesheet(href) {
  return new Promise((done, failed) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: failed });
    document.head.append(link);
  });
}

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--an-${name}`).trim();
}

// --- ideas ---
function ideas(map, config) {
  map.addSource("ideas", {
    type: "geojson",
    data: config.points,
    cluster: true,
    clusterRadius: 40,
    clusterMaxZoom: 17,
    clusterProperties: { sum: ["+", ["coalesce", ["get", "ideas"], 1]] },
  });
  const sum = ["coalesce", ["get", "sum"], ["get", "ideas"], 1];
  map.addLayer({
    id: "ideas",
    type: "circle",
    source: "ideas",
    paint: {
      "circle-color": ["case", [">", sum, 1], token("surface"), token("forest")],
      "circle-radius": ["step", sum, 9, 2, 14, 10, 18, 100, 24, 1000, 30],
      "circle-stroke-color": ["case", [">", sum, 1], token("forest"), token("ground")],
      "circle-stroke-width": 2,
    },
  });
  // How many there are looks unlike the numbers of the list.
  map.addLayer({
    id: "numbers",
    type: "symbol",
    source: "ideas",
    filter: [">", sum, 1],
    layout: { "text-field": ["to-string", sum], "text-font": [FONT], "text-size": 13, "text-allow-overlap": true },
    paint: { "text-color": token("ink") },
  });
}

function touch(library, map, config) {
  map.on("mousemove", "ideas", () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", "ideas", () => (map.getCanvas().style.cursor = ""));
  map.on("click", "ideas", async ({ features: [feature] }) => {
    const { cluster_id: cluster, number, title, ideas: many } = feature.properties;
    const place = feature.geometry.coordinates;
    if (cluster !== undefined) {
      const zoom = await map.getSource("ideas").getClusterExpansionZoom(cluster);
      map.easeTo({ center: place, zoom: Math.min(zoom, 18) });
      return;
    }
    const words = number ? title || config.words.idea.replace("{number}", number) : config.words.many.replace("{number}", many);
    const content = document.createElement(number ? "a" : "p");
    content.textContent = words;
    if (number) content.href = `${config.list}${number}/`;
    new library.Popup({ maxWidth: "16rem" }).setLngLat(place).setDOMContent(content).addTo(map);
  });
}

// --- ground ---
const FONT = "Fira Sans";

function style(config) {
  const layers = [{ id: "paper", type: "background", paint: { "background-color": token("sandstone-soft") } }];
  const sources = { ground: { type: "geojson", data: config.ground } };
  if (config.base) {
    sources.base = tiles(config.base);
    layers.push(...(config.base.layers.length ? vector(config.base.layers) : raster()));
  }
  layers.push(...drawn(Boolean(config.base)));
  return { version: 8, sources, layers };
}

function tiles({ url, layers, shallowest, deepest }) {
  const address = new URL(url.replace(/[{}]/g, (brace) => encodeURIComponent(brace)), location.href).href;
  const addresses = [address.replace(/%7B/g, "{").replace(/%7D/g, "}")];
  return { type: layers.length ? "vector" : "raster", tiles: addresses, tileSize: layers.length ? 512 : 256, minzoom: shallowest, maxzoom: deepest };
}

function raster() {
  const paint = dark.matches ? { "raster-brightness-max": 0.55, "raster-saturation": -0.5 } : { "raster-saturation": -0.3 };
  return [{ id: "base", type: "raster", source: "base", paint }];
}

function drawn(hasBase) {
  const of = (...kinds) => ["match", ["get", "kind"], kinds, true, false];
  const areas = (...kinds) => ["all", of(...kinds), ["==", ["geometry-type"], "Polygon"]];
  const line = (id, kind, colour, width, more = {}) => ({
    id, type: "line", source: "ground", filter: of(kind), layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": token(colour), "line-width": width, ...more },
  });
  const wide = (near) => ["interpolate", ["exponential", 1.6], ["zoom"], 11, near / 6, 15, near, 18, near * 3.5];
  const writing = (id, filter, placement) => ({
    id, type: "symbol", source: "ground", filter,
    layout: { "symbol-placement": placement, "text-field": ["get", "name"], "text-font": [FONT], "text-size": 13, "text-padding": 4 },
    paint: { "text-color": token("ink"), "text-halo-color": token("ground"), "text-halo-width": 1.5 },
  });
  const fill = (id, kind, colour) => ({ id, type: "fill", source: "ground", filter: areas(kind), paint: { "fill-color": token(colour) } });
  return [
    ...(hasBase ? [] : [fill("land", "border", "surface")]),
    fill("greens", "green", "sandstone"), fill("squares", "square", "surface"), fill("waters", "water", "lake-soft"), fill("buildings", "building", "joint"),
    line("rivers", "water", "lake-soft", wide(10)), line("casings", "street", "edge", wide(8)), line("streets", "street", "surface", wide(6)),
    line("paths", "path", "ore", wide(2), { "line-dasharray": [2, 2] }), line("rails", "rail", "ink-muted", wide(2), { "line-dasharray": [4, 2] }),
    line("borders", "border", "edge", 1),
    writing("ways", of("street", "path", "water", "rail"), "line"),
    writing("sites", of("green", "square", "building", "place", ...(hasBase ? [] : ["town"])), "point"),
  ];
}

// Vector tiles: the names of Protomaps' base maps; layers of other schemes are drawn as lines.
function vector(names) {
  const fills = { earth: "ground", landcover: "sandstone-soft", landuse: "sandstone-soft", water: "lake-soft", buildings: "joint" };
  const lines = { roads: "edge", transit: "ink-muted", boundaries: "edge" };
  const points = new Set(["places", "pois"]);
  const text = {
    "text-field": ["coalesce", ["get", "name:de"], ["get", "name"]], "text-font": [FONT], "text-size": 13,
  };
  const paint = { "text-color": token("ink"), "text-halo-color": token("ground"), "text-halo-width": 1.5 };
  const base = (name, type, more) => ({ id: `base-${name}`, type, source: "base", "source-layer": name, ...more });
  const width = ["interpolate", ["linear"], ["zoom"], 6, 0.5, 12, 1, 16, 5];
  const shapes = names.filter((name) => !points.has(name)).map((name) =>
    name in fills
      ? base(name, "fill", { filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": token(fills[name]) } })
      : base(name, "line", { paint: { "line-color": token(lines[name] ?? "edge"), "line-width": width } }));
  const ways = names.includes("roads") ? [{ ...base("roads", "symbol", { layout: { ...text, "symbol-placement": "line" }, paint }), id: "base-names" }] : [];
  return [...shapes, ...ways, ...names.filter((name) => name === "places").map((name) => base(name, "symbol", { layout: text, paint }))];
}
