// The map with borders, drawn by MapLibre from our own GeoJSON. Without this script, without WebGL or with an
// error the schematic map stays; the list on the page says the same in any case.

const host = document.querySelector(".border-map");
const schematic = document.querySelector(".tile-map");

if (host) {
  const seen = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      seen.disconnect();
      start().catch(() => swap(false));
    }
  });
  seen.observe(schematic.parentElement);
  for (const button of document.querySelectorAll("[data-swap]")) {
    button.addEventListener("click", () => swap(host.hidden));
  }
}

function swap(withBorders) {
  host.hidden = !withBorders;
  for (const figure of schematic.querySelectorAll("figure")) figure.hidden = withBorders;
  schematic.querySelector("[data-back]").hidden = withBorders;
}

async function start() {
  const [library, borders] = await Promise.all([
    import(host.dataset.library),
    fetch(host.dataset.borders).then((answer) => answer.json()),
    stylesheet(host.dataset.style),
  ]);
  library.setWorkerUrl(host.dataset.worker);
  swap(true);
  const map = new library.Map({
    container: host.querySelector(".border-canvas"),
    style: drawing(borders),
    bounds: extent(borders),
    fitBoundsOptions: { padding: 16 },
    attributionControl: false,
    cooperativeGestures: false,
    scrollZoom: false,
    dragRotate: false,
    locale: {
      "Map.Title": host.dataset.label,
      "NavigationControl.ZoomIn": host.dataset.zoomIn,
      "NavigationControl.ZoomOut": host.dataset.zoomOut,
    },
  });
  map.addControl(new library.NavigationControl({ showCompass: false }));
  map.touchZoomRotate.disableRotation();
  for (const feature of borders.features) mark(library, map, feature.properties);
  map.on("mousemove", "areas", (event) => name(map, event.features[0]));
  map.on("mouseleave", "areas", () => (map.getCanvas().style.cursor = ""));
  map.on("click", "areas", (event) => location.assign(event.features[0].properties.url));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => map.setStyle(drawing(borders)));
}

function stylesheet(href) {
  return new Promise((done, failed) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: failed });
    document.head.append(link);
  });
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--an-${name}`).trim();
}

function drawing(borders) {
  const fill = ["match", ["get", "role"], "pioneer", colour("forest"), "participating", colour("sandstone"), colour("surface")];
  return {
    version: 8,
    sources: { borders: { type: "geojson", data: borders } },
    layers: [
      { id: "areas", type: "fill", source: "borders", paint: { "fill-color": fill } },
      { id: "lines", type: "line", source: "borders", paint: { "line-color": colour("edge"), "line-width": 1 } },
    ],
  };
}

// Meaning is never colour alone: who takes part also carries the shape of the role.
function mark(library, map, { role, point }) {
  const badge = document.querySelector(`.legend .r-${role}`);
  if (role === "none" || !badge) return;
  const element = badge.cloneNode(true);
  element.classList.add("map-mark");
  element.setAttribute("aria-hidden", "true");
  new library.Marker({ element }).setLngLat(point).addTo(map);
}

function name(map, feature) {
  map.getCanvas().style.cursor = "pointer";
  host.querySelector(".border-name").textContent = feature.properties.name;
}

function extent({ features }) {
  const points = features.flatMap(({ geometry }) => geometry.coordinates.flat(geometry.type === "Polygon" ? 1 : 2));
  const [west, east] = range(points.map(([longitude]) => longitude));
  const [south, north] = range(points.map(([, latitude]) => latitude));
  return [west, south, east, north];
}

function range(numbers) {
  return numbers.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}
