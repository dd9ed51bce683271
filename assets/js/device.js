/** What the device can do for a form: its place, smaller photos, more rows, codes by camera. */

/** @param {ParentNode} root */
function places(root) {
  for (const set of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-point]'))) {
    const button = /** @type {HTMLButtonElement | null} */ (set.querySelector('[data-locate]'));
    if (!button || !navigator.geolocation) continue;
    button.hidden = false;
    button.onclick = () => navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const [lat, lng] = /** @type {NodeListOf<HTMLInputElement>} */ (set.querySelectorAll('input'));
        lat.value = coords.latitude.toFixed(6);
        lng.value = coords.longitude.toFixed(6);
        lat.dispatchEvent(new Event('input', { bubbles: true }));
        say(set, `${set.dataset.accuracy} ${Math.round(coords.accuracy)}`);
      },
      () => say(set, set.dataset.denied ?? ''),
      { enableHighAccuracy: true, timeout: 20_000 },
    );
  }
}

/** @param {Element} set @param {string} text */
function say(set, text) {
  const place = set.querySelector('[data-located]');
  if (place) place.textContent = text;
}

const LARGEST = 1600;

/** Photos of phones are made small before they travel. @param {HTMLInputElement} input */
async function shrink(input) {
  const files = new DataTransfer();
  for (const file of input.files ?? []) files.items.add(await smaller(file));
  input.files = files.files;
}

/** @param {File} file @returns {Promise<File>} */
async function smaller(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = LARGEST / Math.max(picture.width, picture.height);
    if (scale >= 1) return file;
    const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
    return blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, '.jpg'), { type: 'image/jpeg' }) : file;
  } catch {
    return file;
  }
}

/** @param {ParentNode} root */
function groups(root) {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (root.querySelectorAll('[data-add-row]'))) {
    const set = /** @type {HTMLElement} */ (button.closest('[data-group]'));
    const name = set.dataset.group ?? '';
    button.hidden = false;
    button.onclick = () => {
      const rows = set.querySelectorAll('[data-row]');
      const last = rows[rows.length - 1];
      if (!last) return;
      const row = /** @type {HTMLElement} */ (last.cloneNode(true));
      const [from, to] = [rows.length - 1, rows.length];
      const dashed = `f-${name}-`.replace(/[^\w-]/g, '-');
      for (const element of row.querySelectorAll('*')) {
        for (const attribute of element.attributes) {
          attribute.value = attribute.value.replaceAll(`${name}.${from}.`, `${name}.${to}.`).replaceAll(`${dashed}${from}-`, `${dashed}${to}-`);
        }
        if (element.matches('.msg')) element.remove();
      }
      for (const control of /** @type {NodeListOf<HTMLInputElement>} */ (row.querySelectorAll('input, textarea, select'))) {
        if (control.type === 'radio' || control.type === 'checkbox') control.checked = false;
        else control.value = '';
        control.removeAttribute('aria-invalid');
      }
      const title = row.querySelector('.rowname');
      if (title) title.textContent = (title.textContent ?? '').replace(/[\d٠-٩]+/, String(to + 1));
      last.after(row);
      /** @type {HTMLElement | null} */ (row.querySelector('input, select, textarea'))?.focus();
    };
  }
}

/** @param {ParentNode} root */
export function watch(root) {
  places(root);
  groups(root);
}

export function start() {
  document.addEventListener('change', (event) => {
    const { target } = event;
    if (target instanceof HTMLInputElement && target.type === 'file') shrink(target);
  });
}
