/** Every page begins here. What only some pages need is loaded by them or on demand. */

import * as device from './device.js';
import * as forms from './forms.js';
import * as keys from './keys.js';
import * as nid from './nid.js';
import * as scanner from './scanner.js';
import * as when from './when.js';

/** @param {ParentNode} root */
function watch(root) {
  nid.watch(root);
  when.watch(root);
  device.watch(root);
  // Read from few pages: fetched where there is a button for it.
  if (root.querySelector('button[data-camera], button[data-picture]')) import('./camera.js').then((camera) => camera.watch(root));
}

forms.start();
device.start();
scanner.start();
if (document.body.matches('.dense')) keys.start();
watch(document);
// Parts that htmx puts in.
document.addEventListener('htmx:after:swap', () => watch(document));

// An inspector's device: its pages of the day go when the inspector does.
if (location.pathname.startsWith('/desk/visits')) import('./visits.js').then((visits) => visits.start());
document.addEventListener('submit', (event) => {
  if (/** @type {HTMLFormElement} */ (event.target).action.endsWith('/logout')) globalThis.indexedDB?.deleteDatabase('shubbak-visit-pages');
}, true);
