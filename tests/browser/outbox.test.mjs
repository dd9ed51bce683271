// What left the node: the messages of the demonstration as people would have got them, and the operator's list.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open, login, fits, accessible, wellFormed } from "./lib.mjs";

const PICTURES = process.env.SHUBBAK_PICTURES;
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

/** Opens the page again until it shows something: followers and post work beside the pages. */
async function until(page, path, selector) {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.goto(path);
    if ((await page.locator(selector).count()) > 0) return;
    await page.waitForTimeout(250);
  }
  assert.fail(`${path} never showed ${selector}`);
}

for (const width of [320, 1200]) test(`the outbox at ${width} px`, async (t) => {
  const { page, clean } = await open(browser, demo.base, { width });
  await t.test("the messages of the demonstration", async () => {
    await until(page, "/demo/outbox", ".post.sms");
    await wellFormed(page, "/demo/outbox");
    await fits(page, "/demo/outbox");
    await accessible(page, "/demo/outbox");
    const words = await page.locator(".post.sms").first().innerText();
    assert.match(words, /طلبك|مستندك|رمز/);
    assert.match(await page.locator("header .demo a").innerText(), /الرسائل/);
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/demo-${width}.png` });
  });
  await t.test("the operator's list", async () => {
    await login(page, "operator");
    await page.goto("/admin/outbox?state=delivered");
    await wellFormed(page, "/admin/outbox");
    await fits(page, "/admin/outbox");
    await accessible(page, "/admin/outbox");
    const words = await page.locator("main").innerText();
    assert.match(words, /وصلت/);
    assert.doesNotMatch(words, /\+20|\/T\/|طلبك/, "neither recipient nor text");
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/admin-${width}.png`, fullPage: true });
  });
  clean();
});
