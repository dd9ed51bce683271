// A large file from home over a line that is cut: it goes on where it stopped, within the page and after a reload.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open } from "./lib.mjs";

let demo;
let browser;
before(async () => {
  demo = await serveDemo();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** A citizen at the papers of a new application. */
async function papers() {
  const { page, context } = await open(browser, demo.base, { width: 320 });
  await page.goto("/account/login");
  await Promise.all([page.waitForURL(/account$/), page.locator('form[action="/account/demo"] button').first().click()]);
  await page.goto("/apply/SHP-01?gov=01");
  await page.locator("main select").last().selectOption({ index: 2 });
  await page.locator("main input[type=radio]").first().check();
  await Promise.all([page.waitForURL(/applications/), page.locator("main form button[type=submit]").last().click()]);
  await page.goto(new URL(page.url()).pathname.split("/").slice(0, 4).join("/") + "/papers");
  return { page, context };
}

/** A picture that does not compress, of some megabytes. */
async function picture(page) {
  const bytes = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 900, height: 700 });
    const paint = canvas.getContext("2d");
    const image = paint.createImageData(900, 700);
    for (let at = 0; at < image.data.length; at += 1) image.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
    paint.putImageData(image, 0, 0);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  return { name: "صورة.png", mimeType: "image/png", buffer: Buffer.from(bytes) };
}

test("a large picture goes in pieces and a cut line costs one of them", async () => {
  const { page, context } = await papers();
  const file = await picture(page);
  const pieces = Math.ceil(file.buffer.length / 500_000);
  assert.ok(pieces > 2, `${file.buffer.length} bytes`);
  let sent = 0;
  await page.route("**/pieces", (route) => (route.request().method() === "POST" && (sent += 1) === 2 ? route.abort("internetdisconnected") : route.continue()));
  const input = page.locator("main input[type=file]").first();
  const name = (await input.getAttribute("name")).replace(/^file\./, "");
  await input.setInputFiles(file);
  await page.locator(`button[name=remove][value^="${name}|"]`).waitFor({ timeout: 30_000 });
  assert.equal(sent, pieces + 1, "the piece that was cut, once more");
  await context.close();
});

test("after a reload the same file goes on where it stopped", async () => {
  const { page, context } = await papers();
  const file = await picture(page);
  const pieces = Math.ceil(file.buffer.length / 500_000);
  // Chromium gives a chosen file the date of the file on the disk: one file, chosen twice.
  const { mkdtempSync, writeFileSync } = await import("node:fs");
  const path = `${mkdtempSync("/tmp/shubbak-upload-")}/scan.png`;
  writeFileSync(path, file.buffer);
  let sent = 0;
  let cut = true;
  await page.route("**/pieces", (route) => {
    if (route.request().method() !== "POST") return route.continue();
    if (cut && sent === 2) return route.abort("internetdisconnected");
    sent += 1;
    return route.continue();
  });
  const choose = () => page.locator("main input[type=file]").first().setInputFiles(path);
  const second = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/pieces"));
  await choose();
  await second;
  await page.reload();
  cut = false;
  await choose();
  await page.locator("button[name=remove]").first().waitFor({ timeout: 30_000 });
  assert.equal(sent, pieces, "no piece twice");
  await context.close();
});
