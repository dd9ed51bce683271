/**
 * `<shubbak-map>`: a map that is loaded only when somebody opens it (الخريطة). Modes:
 *
 * - `show`: points of `data-src` (GeoJSON); beside it stands a list that says the same.
 * - `point`: one point for the text field `data-for`, as `30.0444, 31.2357`; for the two boxes of a point
 *   field it is the id of the first, and the other is `<id>-lng`.
 * - `polygon`: the corners of an area for the text area `data-for`, one a line.
 *
 * The fields are always there and say the whole truth: without scripts, without WebGL or by choice they are
 * typed into. Nothing is done by dragging alone: a click, or the button that takes the middle of the map,
 * which arrow keys move. Areas come from our own host; there are no tiles.
 */

/** @typedef {[number, number]} Place longitude, latitude */

const EGYPT = [[24.6, 21.8], [37, 31.8]];
const COLOURS = { land: '#f2f5f6', line: '#6b7a82', brand: '#0b5563', ink: '#1a2226', focus: '#ffbf3f' };

/** @param {string} text @returns {Place | null} */
export function readPlace(text) {
  const plain = text
    .replace(/[\u0660-\u0669]/g, (d) => String(d.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (d) => String(d.charCodeAt(0) - 0x6f0))
    .replaceAll('\u066b', '.').replaceAll('\u060c', ',');
  const parts = plain.split(/[,\s]+/).filter(Boolean).map(Number);
  return parts.length === 2 && parts.every(Number.isFinite) ? [parts[1], parts[0]] : null;
}

/** @param {Place} place */
export function writePlace([lng, lat]) {
  return `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
}

/** The corners in a text area; what is no pair is passed over: the server says so. @param {string} text */
export function readPlaces(text) {
  return text.split(/[\n;\u061b]/).map((line) => readPlace(line.trim())).filter((place) => place !== null);
}

/** What is drawn: the corners, and the area once there are three. @param {Place[]} places */
export function drawing(places) {
  const corners = places.map((coordinates, n) => ({
    type: 'Feature', properties: { n: String(n + 1) }, geometry: { type: 'Point', coordinates },
  }));
  const area = places.length > 2
    ? [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[...places, places[0]]] } }]
    : [];
  return { type: 'FeatureCollection', features: [...area, ...corners] };
}

/** @param {string} tag @param {Record<string, string>} attributes @param {string} [text] */
function make(tag, attributes, text = '') {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

/** The library, once. @type {Promise<any> | undefined} */
let library;

/** @param {DOMStringMap} data */
function load(data) {
  library ??= (async () => {
    document.head.append(make('link', { rel: 'stylesheet', href: data.css ?? '' }));
    const [maplibre] = await Promise.all([import(data.lib ?? ''), document.fonts.load('700 14px Cairo', '\u0645\u0635\u0631')]);
    maplibre.setWorkerUrl(new URL(data.worker ?? '', document.baseURI).href);
    return maplibre;
  })();
  return library;
}

function hasWebGl() {
  const canvas = document.createElement('canvas');
  return Boolean(canvas.getContext('webgl2') ?? canvas.getContext('webgl'));
}

/** Where the values are typed. */
class Fields {
  /** @param {string} id */
  constructor(id) {
    this.one = /** @type {HTMLInputElement | HTMLTextAreaElement | null} */ (document.getElementById(id));
    this.lng = /** @type {HTMLInputElement | null} */ (document.getElementById(`${id}-lng`));
  }

  /** @returns {Place[]} */
  read() {
    const typed = this.one?.value ?? '';
    return readPlaces(this.lng ? `${typed}, ${this.lng.value}` : typed);
  }

  /** @param {Place[]} places */
  write(places) {
    const lines = places.map(writePlace);
    if (this.one && this.lng) {
      [this.one.value, this.lng.value] = lines[0]?.split(', ') ?? ['', ''];
    } else if (this.one) {
      this.one.value = lines.join('\n');
    }
    for (const input of [this.one, this.lng]) input?.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** @param {() => void} then */
  watch(then) {
    for (const input of [this.one, this.lng]) input?.addEventListener('input', then);
  }
}

class ShubbakMap extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    if (this.button) return;
    this.mode = this.getAttribute('mode') ?? 'show';
    this.button = make('button', { type: 'button', class: 'btn sec', 'aria-expanded': 'false' }, this.dataset.tOpen);
    this.said = make('p', { role: 'status', class: 'hint' });
    this.button.addEventListener('click', () => this.open());
    this.append(this.button, this.said);
  }

  /** @param {string | undefined} text */
  say(text) {
    if (this.said) this.said.textContent = text ?? '';
  }

  async open() {
    if (!this.button || this.map || this.opening) return;
    this.opening = true;
    this.say(this.dataset.tLoading);
    try {
      if (!hasWebGl()) throw new Error('no WebGL');
      await this.draw(await load(this.dataset));
      this.button.remove();
      this.say(this.dataset.tHelp);
    } catch {
      this.frame?.remove();
      this.map = undefined;
      // The list or the fields beside it do the same.
      this.say(this.dataset.tFailed);
      this.setAttribute('data-failed', '');
      this.button.remove();
    }
    this.opening = false;
  }

  /** @param {any} maplibre */
  async draw(maplibre) {
    this.frame = make('div', { class: 'map-frame', tabindex: '-1' });
    this.append(this.frame);
    const empty = { type: 'FeatureCollection', features: [] };
    const map = new maplibre.Map({
      container: this.frame,
      bounds: EGYPT,
      maxBounds: [[20, 18], [42, 36]],
      maxZoom: 18,
      attributionControl: { compact: true, customAttribution: this.dataset.tSource },
      dragRotate: false,
      pitchWithRotate: false,
      locale: { 'NavigationControl.ZoomIn': this.dataset.tIn, 'NavigationControl.ZoomOut': this.dataset.tOut, 'Map.Title': this.dataset.tOpen },
      style: {
        version: 8,
        sources: {
          land: { type: 'geojson', data: this.dataset.outline },
          places: { type: 'geojson', data: this.dataset.src ?? empty },
          own: { type: 'geojson', data: empty },
        },
        layers: [
          { id: 'sea', type: 'background', paint: { 'background-color': '#dfe9ee' } },
          { id: 'land', type: 'fill', source: 'land', filter: ['!=', ['geometry-type'], 'Point'], paint: { 'fill-color': COLOURS.land } },
          { id: 'borders', type: 'line', source: 'land', filter: ['!=', ['geometry-type'], 'Point'], paint: { 'line-color': COLOURS.line, 'line-width': 1 } },
          { id: 'names', type: 'symbol', source: 'land', filter: ['==', ['geometry-type'], 'Point'], layout: { 'text-field': ['get', 'name'], 'text-font': ['Cairo'], 'text-size': 13 }, paint: { 'text-color': COLOURS.ink, 'text-halo-color': '#fff', 'text-halo-width': 1.5 } },
          { id: 'areas', type: 'fill', source: 'places', filter: ['!=', ['geometry-type'], 'Point'], paint: { 'fill-color': COLOURS.focus, 'fill-opacity': 0.45, 'fill-outline-color': COLOURS.ink } },
          { id: 'points', type: 'circle', source: 'places', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-color': COLOURS.brand, 'circle-radius': 7, 'circle-stroke-color': '#fff', 'circle-stroke-width': 2 } },
          { id: 'own-area', type: 'fill', source: 'own', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': COLOURS.focus, 'fill-opacity': 0.45, 'fill-outline-color': COLOURS.ink } },
          { id: 'own-points', type: 'circle', source: 'own', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-color': COLOURS.ink, 'circle-radius': 8, 'circle-stroke-color': COLOURS.focus, 'circle-stroke-width': 3 } },
        ],
      },
    });
    this.map = map;
    map.addControl(new maplibre.NavigationControl({ showCompass: false }));
    await new Promise((done, failed) => {
      map.once('load', done);
      map.once('error', (/** @type {any} */ event) => failed(event.error));
    });
    if (this.mode === 'show') await this.shows(maplibre);
    else this.takes();
    this.setAttribute('data-ready', '');
  }

  /** Points with a word each. @param {any} maplibre */
  async shows(maplibre) {
    if (!this.dataset.src) return;
    const answer = await fetch(this.dataset.src);
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    const { features } = await answer.json();
    const bounds = new maplibre.LngLatBounds();
    const corners = (/** @type {any} */ part) => (typeof part[0] === 'number' ? bounds.extend(part) : part.forEach(corners));
    for (const feature of features) corners(feature.geometry.coordinates);
    if (features.length > 0) this.map.fitBounds(bounds, { padding: 60, maxZoom: 15, animate: false });
    this.map.on('click', 'points', (/** @type {any} */ event) => {
      const { title, text } = event.features[0].properties;
      const words = document.createElement('div');
      words.append(make('b', {}, title), make('p', {}, text));
      new maplibre.Popup({ className: 'map-word' }).setLngLat(event.lngLat).setDOMContent(words).addTo(this.map);
    });
    this.say(this.dataset.tHelp);
  }

  /** A point or an area is taken from clicks, buttons and what is typed. */
  takes() {
    const fields = new Fields(this.dataset.for ?? '');
    const redraw = () => this.map.getSource('own').setData(drawing(fields.read()));
    const add = (/** @type {Place} */ place) => {
      fields.write(this.mode === 'point' ? [place] : [...fields.read(), place]);
    };
    fields.watch(redraw);
    this.map.on('click', (/** @type {any} */ event) => add([event.lngLat.lng, event.lngLat.lat]));
    const row = make('div', { class: 'row' });
    const button = (/** @type {string | undefined} */ label, /** @type {() => void} */ then) => {
      const one = make('button', { type: 'button', class: 'btn sec' }, label);
      one.addEventListener('click', then);
      row.append(one);
    };
    button(this.dataset.tMiddle, () => {
      const { lng, lat } = this.map.getCenter();
      add([lng, lat]);
    });
    if (this.mode === 'polygon') button(this.dataset.tUndo, () => fields.write(fields.read().slice(0, -1)));
    button(this.dataset.tClear, () => fields.write([]));
    this.frame?.append(make('div', { class: 'map-middle', 'aria-hidden': 'true' }));
    this.append(row);
    redraw();
    const places = fields.read();
    if (places.length > 0) this.map.jumpTo({ center: places[0], zoom: 13 });
  }
}

if (globalThis.customElements && !customElements.get('shubbak-map')) customElements.define('shubbak-map', ShubbakMap);
