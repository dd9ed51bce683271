// The verifier: a paper before the camera, the network off, lists that grow old, what is forged, a clock that is wrong.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open, login, accessible, fits, wellFormed, takeOffline } from "./lib.mjs";
import { fill, press } from "./forms.mjs";
import { printed, here } from "./prints.mjs";
import { photo, stream } from "./camera.mjs";

const DAY = 24 * 3600 * 1000;
let demo;
let browser;
/** A licence and a receipt that the demonstration holds: address of the PDF, its bytes, what its QR says. */
let licence;
let receipt;

before(async () => {
  demo = await serveDemo();
  browser = await launch();
  const { page: clerk, context } = await open(browser, demo.base);
  await login(clerk, "clerk");
  await clerk.goto(`/counter/search?q=${encodeURIComponent("أحمد محمد عبد الله")}`);
  const cases = await clerk.locator('main a[href^="/counter/requests/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  const take = async (href) => ({ href, issuer: /(\d{15})/.exec(href)[1].slice(1, 3), code: (await printed(clerk, href)).qr, bytes: await (await clerk.request.get(href)).body() });
  for (const one of cases) {
    if (licence && receipt) break;
    await clerk.goto(one);
    const [paper] = await clerk.locator('main a[href^="/papers/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    const [paid] = await clerk.locator('main a[href^="/receipts/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    if (paper) licence ??= await take(paper);
    if (paid) receipt ??= await take(paid);
  }
  assert.ok(licence?.code && receipt?.code, "the demonstration has a licence and a receipt");
  await context.close();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** A phone that opened the verifier once; it keeps page, keys and lists. */
async function phone({ at = demo.now(), from = browser, init } = {}) {
  const opened = await open(from, demo.base, { width: 320, permissions: ["camera"] });
  await opened.context.clock.setSystemTime(at);
  if (init) await opened.page.addInitScript(init);
  await opened.page.goto("/verify", { waitUntil: "networkidle" });
  await opened.page.waitForFunction(async () => {
    const all = await navigator.serviceWorker.getRegistrations();
    return all.length === 4 && all.every((one) => one.active?.state === "activated") && navigator.serviceWorker.controller !== null;
  });
  await keep(opened.page, licence.issuer);
  return opened;
}

/** Asks for a governorate's list. */
async function keep(page, code) {
  await page.selectOption("#f-list", code);
  await page.click("[data-add]");
  await page.locator(`[data-kept-rows] li[data-path="/status/${code}/0"]`).waitFor();
}

/** Types a code and answers the word of the verdict. */
async function check(page, text) {
  await page.locator("[data-result]").evaluate((e) => e.replaceChildren());
  await page.fill("[data-code]", text);
  await page.press("[data-code]", "Enter");
  return verdict(page);
}

async function verdict(page) {
  const box = page.locator("[data-result] .verdict");
  await box.waitFor();
  return box.getAttribute("data-said");
}

const colour = (page) => page.locator("[data-result] .verdict").getAttribute("class").then((all) => all.replace("verdict ", ""));
const forge = (code) => code.slice(0, -20) + (code.at(-20) === "7" ? "8" : "7") + code.slice(-19);

test("check 14: a receipt before the camera is read, with the network off, and is no licence", async () => {
  const seen = await launch(["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${stream(receipt.bytes)}`]);
  const { page, context, clean } = await phone({ from: seen });
  await takeOffline(context);
  assert.equal(await page.evaluate(() => "BarcodeDetector" in window), false, "this browser reads with jsQR");
  await page.click("button[data-camera]");
  await page.locator("video.camera").waitFor();
  assert.equal(await verdict(page), "receipt");
  assert.equal(await colour(page), "info");
  assert.match(await page.locator("[data-result]").innerText(), /إيصال سداد صحيح، وليس رخصة/);
  assert.equal(await page.locator("video").count(), 0, "the camera is off");
  assert.equal(await page.inputValue("[data-code]"), receipt.code);
  // The next one; this time the camera is stopped by hand, or has read again before that.
  await page.locator("[data-result] button").click();
  await page.locator("video.camera, [data-result] .verdict").first().waitFor();
  await page.locator(".scan button").first().click({ timeout: 2000 }).catch(() => {});
  await page.locator("video").waitFor({ state: "detached" });
  clean();
  await seen.close();
});

test("check 14: the browser's own reader is used where there is one", async () => {
  const seen = await launch(["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]);
  const { page } = await phone({
    from: seen,
    init: `window.BarcodeDetector = class {
      static async getSupportedFormats() { return ["qr_code"]; }
      async detect(picture) { window.asked = (window.asked ?? 0) + 1; return window.asked > 2 && picture instanceof HTMLVideoElement ? [{ rawValue: ${JSON.stringify(licence.code)} }] : []; }
    };`,
  });
  await page.click("button[data-camera]");
  assert.equal(await verdict(page), "valid");
  assert.equal(await page.evaluate(() => "jsQR" in window), false, "jsQR was not fetched");
  await seen.close();
});

test("a picture of a paper is read instead, and one without a code says so", async () => {
  const { page, context, clean } = await phone();
  const choose = async (file) => {
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click("button[data-picture]")]);
    await chooser.setFiles(file);
  };
  await choose(photo(licence.bytes));
  assert.equal(await verdict(page), "valid");
  await fits(page, "a verdict");
  await accessible(page, "a verdict");
  await choose({ name: "white.svg", mimeType: "image/png", buffer: Buffer.from("nothing") });
  await page.locator("[data-told]").waitFor();
  assert.match(await page.locator("[data-told]").innerText(), /لم نجد رمز QR/);
  clean();
  await context.close();
});

test("with the network off after one visit: valid, forged, a number alone, and in old age amber", async () => {
  const { page, context, clean } = await phone();
  await takeOffline(context);
  await page.reload();
  await wellFormed(page, "the verifier offline");
  await fits(page, "the verifier offline");
  assert.equal(await check(page, licence.code), "valid");
  assert.equal(await colour(page), "ok");
  await accessible(page, "valid offline");
  assert.equal(await check(page, forge(licence.code)), "forged");
  assert.equal(await colour(page), "err");
  const rows = page.locator("[data-kept-rows] li");
  assert.ok((await rows.count()) >= 2, "keys and a status list");
  assert.equal(await page.locator("[data-kept-rows] .tag.warn").count(), 0);
  // A number says nothing without the network.
  await page.fill('form[action="/verify"] input[type=text]', "2 01 016 26 000001 0");
  await page.locator("[data-result]").evaluate((e) => e.replaceChildren());
  await page.press('form[action="/verify"] input[type=text]', "Enter");
  assert.equal(await verdict(page), "unsigned");

  await context.clock.setSystemTime(demo.now() + 5 * DAY);
  await page.reload();
  assert.equal(await check(page, licence.code), "valid-old");
  assert.equal(await colour(page), "warn");
  assert.match(await page.locator("[data-result] h2").innerText(), /التوقيع سليم، وآخر علم بالإلغاء يوم \d+ \S+ \d{4}/);
  assert.equal(await page.locator("[data-kept-rows] .tag.warn").count(), (await rows.count()) - 1, "the status lists are old, the keys are not");
  await accessible(page, "old lists");
  // Back in the network it is fresh again.
  await context.clock.setSystemTime(demo.now());
  await context.setOffline(false);
  await page.click("[data-refresh]");
  await page.waitForFunction(() => /حُدّثت/.test(document.querySelector("[data-kept-told]").textContent));
  assert.equal(await page.locator("[data-kept-rows] .tag.warn").count(), 0);
  clean();
  await context.close();
});

test("a status list that never came leaves amber; a planted one is not believed", async () => {
  const { page, context } = await open(browser, demo.base, { width: 320, serviceWorkers: "block" });
  await context.clock.setSystemTime(demo.now());
  await page.route("**/status/**", (route) => route.abort());
  await page.goto("/verify");
  assert.equal(await check(page, licence.code), "valid-unchecked");
  assert.equal(await colour(page), "warn");
  await page.unroute("**/status/**");
  const keys = await (await context.request.get("/keys")).body();
  await page.route("**/status/**", (route) => route.fulfill({ body: keys }));
  assert.equal(await check(page, licence.code), "valid-unchecked");
  // Keys that our root did not sign: nothing is valid.
  await page.evaluate(() => caches.delete("shubbak-lists"));
  const planted = Buffer.from(keys);
  planted[planted.length - 5] ^= 1;
  await page.route("**/keys", (route) => route.fulfill({ body: planted }));
  assert.match(await check(page, licence.code), /^(unknown|no-keys)$/);
  await context.close();
});

test("an Ed25519 of the browser is not needed", async () => {
  const { page, context } = await phone({
    init: `for (const name of ["importKey", "verify", "generateKey", "sign"]) {
      const own = crypto.subtle[name].bind(crypto.subtle);
      crypto.subtle[name] = (...given) => JSON.stringify(given).includes("Ed25519") ? Promise.reject(new DOMException("none", "NotSupportedError")) : own(...given);
    }`,
  });
  assert.equal(await check(page, licence.code), "valid");
  assert.equal(await check(page, forge(licence.code)), "forged");
  await context.close();
});

test("a code whose address leads to another paper is refused", async () => {
  const { page, context, clean } = await phone();
  const [token, signed] = [here(receipt.code).split("#")[0], licence.code.split("#")[1]];
  await page.goto(`${token}#${signed}`);
  assert.equal(await verdict(page), "mismatch");
  assert.equal(await page.locator("[data-on-record]").isVisible(), false, "the other paper's answer is off the page");
  await page.goto("about:blank");
  await page.goto(here(forge(licence.code)));
  assert.equal(await verdict(page), "forged");
  assert.equal(await page.locator("[data-on-record]").isVisible(), false);
  // Its own answer stands alone.
  await page.goto("about:blank");
  await page.goto(here(licence.code), { waitUntil: "networkidle" });
  assert.equal(await page.locator("[data-on-record] .verdict.ok").count(), 1);
  assert.equal(await page.locator("[data-result]").isVisible(), false);
  clean();
  await context.close();
});

test("a wrong clock is told, and does not make a paper invalid", async () => {
  const { page, context } = await phone({ at: demo.now() - 400 * DAY });
  assert.equal(await check(page, licence.code), "valid");
  assert.equal(await page.locator("[data-clock]").count(), 1, "told with the network");
  await takeOffline(context);
  await page.reload();
  assert.equal(await check(page, licence.code), "valid");
  assert.equal(await page.locator("[data-clock]").count(), 1, "and without: the lists are newer than the clock");
  await context.close();
});

test("lists of other governorates are kept when asked for", async () => {
  const { page, context, clean } = await phone();
  const code = await page.locator("#f-list option").evaluateAll((all) => all.map((o) => o.value).find((v) => v === "02") ?? all.at(-1).value);
  await keep(page, code);
  await fits(page, "the kept lists");
  await accessible(page, "the kept lists");
  clean();
  await context.close();
});

test("the page can be installed: icons of every size that is asked for", async () => {
  const { page, context } = await open(browser, demo.base);
  const manifest = await (await page.request.get("/verifier.webmanifest")).json();
  assert.equal(manifest.start_url, "/verify");
  const sizes = manifest.icons.map((icon) => `${icon.sizes} ${icon.purpose ?? "any"}`);
  for (const needed of ["192x192 any", "512x512 any", "512x512 maskable"]) assert.ok(sizes.includes(needed), needed);
  for (const icon of manifest.icons) {
    const answer = await page.request.get(icon.src);
    assert.equal(answer.status(), 200, icon.src);
    assert.equal(answer.headers()["content-type"], icon.type);
    if (icon.type === "image/png") assert.equal((await answer.body()).readUInt32BE(16), Number(icon.sizes.split("x")[0]), icon.src);
  }
  await context.close();
});

test("a revoked licence is valid until the list comes, and red from then on, without a network too", async () => {
  const { page, context, clean } = await phone();
  assert.equal(await check(page, licence.code), "valid");
  await takeOffline(context);
  const { page: head, context: office } = await open(browser, demo.base);
  await login(head, "head");
  const number = licence.href.match(/(\d{15})/)[1];
  await head.goto(`/desk/papers/${number}/revoke`);
  await fill(head.locator("main form[method=post]"), {});
  assert.equal((await press(head, head.locator("main form[method=post] button.danger"))).status(), 303, await head.locator("main").innerText());
  await office.close();
  assert.equal(await check(page, licence.code), "valid", "nothing has come");
  // The server makes a list anew each minute.
  await context.setOffline(false);
  for (let tries = 0; (await check(page, licence.code)) !== "revoked"; tries += 1) {
    assert.ok(tries < 90, "the revocation came");
    await new Promise((done) => setTimeout(done, 1000));
  }
  assert.equal(await colour(page), "err");
  await takeOffline(context);
  await context.clock.setSystemTime(demo.now() + 10 * DAY);
  await page.reload();
  assert.equal(await check(page, licence.code), "revoked", "however old the list");
  clean();
  await context.close();
});
