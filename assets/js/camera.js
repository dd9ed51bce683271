/**
 * Reads a QR with the camera into a field or opens it. `button[data-camera]` names the video
 * element's place (`data-into`: id of a field) and, for browsers without BarcodeDetector, the
 * address of jsQR (`data-jsqr`).
 */

/** @param {string} address @returns {Promise<(image: ImageData) => string | null>} */
async function fallback(address) {
  await new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  const read = /** @type {any} */ (globalThis).jsQR;
  return (image) => read(image.data, image.width, image.height)?.data ?? null;
}

/** @param {HTMLVideoElement} video @param {string} address @returns {Promise<() => Promise<string | null>>} */
async function reader(video, address) {
  const Detector = /** @type {any} */ (globalThis).BarcodeDetector;
  if (Detector && (await Detector.getSupportedFormats()).includes('qr_code')) {
    const detector = new Detector({ formats: ['qr_code'] });
    return async () => (await detector.detect(video))[0]?.rawValue ?? null;
  }
  const read = await fallback(address);
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  return async () => {
    if (!pen || !video.videoWidth) return null;
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    pen.drawImage(video, 0, 0);
    return read(pen.getImageData(0, 0, canvas.width, canvas.height));
  };
}

/** @param {HTMLButtonElement} button @param {(text: string) => void} found */
export async function scan(button, found) {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.className = 'camera';
  button.after(video);
  /** @type {MediaStream | null} */
  let stream = null;
  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    video.remove();
    button.hidden = false;
  };
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    video.srcObject = stream;
    await video.play();
    button.hidden = true;
    const read = await reader(video, button.dataset.jsqr ?? '');
    for (let tries = 0; tries < 600 && video.isConnected; tries += 1) {
      const text = await read();
      if (text) {
        stop();
        found(text);
        return;
      }
      await new Promise((done) => { setTimeout(done, 100); });
    }
    stop();
  } catch {
    stop();
    const told = document.createElement('p');
    told.className = 'msg';
    told.setAttribute('role', 'alert');
    told.textContent = button.dataset.denied ?? '';
    button.after(told);
  }
}

/** @param {ParentNode} root */
export function watch(root) {
  if (!navigator.mediaDevices) return;
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (root.querySelectorAll('button[data-camera]'))) {
    button.hidden = false;
    button.onclick = () => scan(button, (text) => {
      const field = /** @type {HTMLInputElement | null} */ (document.getElementById(button.dataset.into ?? ''));
      if (field) {
        field.value = text;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }
    });
  }
}
