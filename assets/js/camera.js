/**
 * Reads a QR with the camera, or from a picture, into a field. `button[data-camera]` names the field (`data-into`), the address
 * of jsQR for browsers without BarcodeDetector (`data-jsqr`), and the words of its controls; `button[data-picture]` likewise
 * opens a picture of the device.
 *
 * @typedef {(picture: HTMLVideoElement | ImageBitmap) => Promise<string | null>} Read
 */

/** Sides to which a picture is brought, in pixels: a photo may be too large for its code to be found, or too small. */
const SIDES = [1600, 1000, 640];

/** @param {string} address @returns {Promise<(image: ImageData) => string | null>} */
async function fallback(address) {
  const known = /** @type {any} */ (globalThis).jsQR;
  if (!known) {
    await new Promise((done, failed) => {
      const script = document.createElement('script');
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }
  return (image) => /** @type {any} */ (globalThis).jsQR(image.data, image.width, image.height)?.data || null;
}

/** A reader of codes: the browser's own, else jsQR. @param {string} address @returns {Promise<Read>} */
async function reader(address) {
  const Detector = /** @type {any} */ (globalThis).BarcodeDetector;
  if (Detector && (await Detector.getSupportedFormats()).includes('qr_code')) {
    const detector = new Detector({ formats: ['qr_code'] });
    return async (picture) => (await detector.detect(picture))[0]?.rawValue || null;
  }
  const read = await fallback(address);
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  return async (picture) => {
    const [width, height] = picture instanceof HTMLVideoElement ? [picture.videoWidth, picture.videoHeight] : [picture.width, picture.height];
    if (!pen || !width) return null;
    for (const side of picture instanceof HTMLVideoElement ? SIDES.slice(0, 1) : SIDES) {
      const scale = Math.min(1, side / Math.max(width, height));
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const text = read(pen.getImageData(0, 0, canvas.width, canvas.height));
      if (text) return text;
    }
    return null;
  };
}

/** Says under a button what went wrong. @param {HTMLElement} button @param {string} words */
function tell(button, words) {
  button.parentElement?.querySelector('[data-told]')?.remove();
  if (!words) return;
  const told = document.createElement('p');
  told.className = 'msg';
  told.dataset.told = '';
  told.setAttribute('role', 'alert');
  told.textContent = words;
  button.parentElement?.append(told);
}

/** @param {string} words @param {() => void} pressed */
function control(words, pressed) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn sec';
  button.textContent = words;
  button.onclick = pressed;
  return button;
}

/** @param {HTMLButtonElement} button @param {(text: string) => void} found */
export async function scan(button, found) {
  const { dataset } = button;
  const place = document.createElement('div');
  place.className = 'scan';
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.className = 'camera';
  const controls = document.createElement('div');
  controls.className = 'row';
  place.append(video, controls);
  tell(button, '');
  button.before(place);
  button.hidden = true;
  /** @type {MediaStream | null} */
  let stream = null;
  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    place.remove();
    button.hidden = false;
  };
  /** Opens a camera, the one at the back first. @param {string} [id] */
  const open = async (id) => {
    stream?.getTracks().forEach((track) => track.stop());
    const size = { width: { ideal: 1920 }, height: { ideal: 1080 } };
    stream = await navigator.mediaDevices.getUserMedia({ video: id ? { deviceId: { exact: id }, ...size } : { facingMode: 'environment', ...size } });
    video.srcObject = stream;
    await video.play();
    const [track] = stream.getVideoTracks();
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === 'videoinput');
    controls.replaceChildren(control(dataset.stop ?? '', stop));
    if (/** @type {any} */ (track.getCapabilities?.())?.torch) {
      let on = false;
      controls.append(control(dataset.torch ?? '', () => {
        on = !on;
        track.applyConstraints(/** @type {any} */ ({ advanced: [{ torch: on }] })).catch(() => undefined);
      }));
    }
    if (cameras.length > 1) {
      const at = cameras.findIndex((camera) => camera.deviceId === track.getSettings().deviceId);
      controls.append(control(dataset.other ?? '', () => { open(cameras[(at + 1) % cameras.length].deviceId).catch(stop); }));
    }
  };
  try {
    await open();
    const read = await reader(dataset.jsqr ?? '');
    for (let tries = 0; tries < 1200 && video.isConnected; tries += 1) {
      const text = video.videoWidth ? await read(video).catch(() => null) : null;
      if (text && video.isConnected) {
        stop();
        found(text);
        return;
      }
      await new Promise((done) => { setTimeout(done, 100); });
    }
    stop();
  } catch {
    stop();
    tell(button, dataset.denied ?? '');
  }
}

/** A picture of the device instead of the camera. @param {HTMLButtonElement} button @param {(text: string) => void} found */
function pick(button, found) {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/*';
  input.onchange = async () => {
    const file = input.files?.[0];
    if (!file) return;
    tell(button, '');
    try {
      const picture = await createImageBitmap(file);
      const text = await (await reader(button.dataset.jsqr ?? ''))(picture);
      picture.close();
      if (text) found(text);
      else tell(button, button.dataset.nothing ?? '');
    } catch {
      tell(button, button.dataset.nothing ?? '');
    }
  };
  input.click();
}

/** @param {ParentNode} root */
export function watch(root) {
  /** @param {HTMLButtonElement} button */
  const into = (button) => (/** @type {string} */ text) => {
    const field = /** @type {HTMLInputElement | null} */ (document.getElementById(button.dataset.into ?? ''));
    if (!field) return;
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  };
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (root.querySelectorAll('button[data-camera]'))) {
    if (!navigator.mediaDevices || button.onclick) continue;
    button.hidden = false;
    button.onclick = () => scan(button, into(button));
  }
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (root.querySelectorAll('button[data-picture]'))) {
    if (button.onclick) continue;
    button.hidden = false;
    button.onclick = () => pick(button, into(button));
  }
}
