// An inspector on the way: the day's visits and their reports with the network off, sent once when it comes back.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open, login, accessible, fits, takeOffline } from "./lib.mjs";
import { fill, takeIn } from "./forms.mjs";
import { Desks } from "./desks.mjs";

let demo;
let browser;
let desks;
before(async () => {
  demo = await serveDemo();
  browser = await launch();
  desks = new Desks(browser, demo, {});
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** A request that waits for its visit today; answers the address of its report. */
async function visit() {
  const slip = await takeIn(await desks.as("clerk"), "SHP-01");
  const inspector = await desks.as("inspector");
  const others = ["officer", "clerk", "cashier", "civdef", "bodies", "decider"];
  for (let tries = 0; tries < 12; tries += 1) {
    const found = new RegExp(`href="(/desk/visits/${slip.id}/[^"]+)"`).exec(await desks.glance(inspector, "/desk/visits"));
    if (found) return { ...slip, report: found[1] };
    let done = null;
    for (const name of others) done ??= await desks.turn(name, slip);
    assert.ok(done, "no visit is appointed");
  }
  assert.fail("no visit is appointed");
}

/** A tablet of the inspector, with the day's visits on it. */
async function tablet() {
  const opened = await open(browser, demo.base, { width: 800, height: 1200 });
  await login(opened.page, "inspector");
  await opened.page.goto("/desk/visits");
  await ready(opened.page);
  await opened.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  return opened;
}

const ready = (page) => page.locator("html[data-visits-ready]").waitFor({ state: "attached" });
const PICTURE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

/** Fills the report and presses its button. */
async function report(page, { note } = {}) {
  const form = page.locator("main form[method=post]");
  await fill(form, { ...demo.today("visit-date"), "visit-recommendation": "accept", "visit-note": note });
  await form.locator("input[type=file]").first().setInputFiles({ name: "front.png", mimeType: "image/png", buffer: PICTURE });
  await Promise.all([page.waitForURL("**/desk/visits"), form.locator("button[type=submit]").first().click()]);
  await ready(page);
}

test("check 12: a report is filled with the network off, outlives a reload, is sent once when the network is back", async () => {
  const one = await visit();
  const { page, context, clean } = await tablet();
  await takeOffline(context);
  await page.reload();
  await ready(page);
  await page.locator(`main a.btn[href="${one.report}"]`).click();
  await page.waitForURL(`**${one.report}`);
  const note = "المحل مطابق للرسم ٤٤٫٥";
  await report(page, { note });
  const row = page.locator("[data-outbox-rows] li");
  assert.equal(await row.count(), 1);
  assert.match(await row.innerText(), /لم يُرسل بعد/);
  await fits(page, "the outbox");
  await accessible(page, "the outbox");
  await page.reload();
  await ready(page);
  assert.equal(await row.count(), 1, "after a reload");
  // What lies on the device is unreadable without its key, and no script reads the key.
  const kept = await page.evaluate(async () => {
    const read = (name, store) => new Promise((done, failed) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => {
        const all = asked.result.transaction(store).objectStore(store).getAll();
        all.onsuccess = () => { asked.result.close(); done(all.result); };
        all.onerror = failed;
      };
    });
    const clear = [];
    for (const name of ["shubbak-visit-pages", "shubbak-visit-outbox"]) {
      for (const entry of await read(name, "kept")) clear.push(new TextDecoder().decode(entry.data));
      for (const key of await read(name, "keys")) if (key.extractable) clear.push("the key can be read out");
    }
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) clear.push(request.url);
    return clear.join("\n");
  });
  for (const secret of [note, "نفرتاري", "/desk/visits", "the key"]) assert.ok(!kept.includes(secret), `${secret} lies in clear on the device`);
  clean();
  // The first answer is lost on its way: the report has arrived, and the device does not know.
  const posts = [];
  await page.route(`**${one.report}`, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    posts.push(one.report);
    if (posts.length > 1) return route.fallback();
    await route.fetch({ maxRedirects: 0 });
    return route.abort();
  });
  await context.setOffline(false);
  await page.waitForFunction(() => navigator.onLine);
  for (let tries = 0; (await row.count()) > 0; tries += 1) {
    assert.ok(tries < 20, `it is sent: ${await row.allInnerTexts()}`);
    await page.locator("[data-outbox-send]").click({ timeout: 500 }).catch(() => {});
    await new Promise((done) => setTimeout(done, 500));
  }
  assert.ok(posts.length >= 2, "it was sent again");
  await page.goto("/desk/visits");
  assert.equal(await page.locator(`main a.btn[href="${one.report}"]`).count(), 0, "the visit is over");
  await page.goto(`/desk/requests/${one.id}`);
  assert.ok((await page.locator("main").innerText()).split(note).length - 1 <= 1, "one report");
  await context.close();
});

test("check 12: a visit that was reported meanwhile is a conflict, and nothing is lost", async () => {
  const one = await visit();
  const { page, context, clean } = await tablet();
  await takeOffline(context);
  await page.goto(one.report);
  const note = "باب الطوارئ مغلق";
  await report(page, { note });
  const other = await desks.as("inspector");
  assert.equal(await desks.visit(other, one), "visit");
  await other.locator(".flash").waitFor();
  await context.setOffline(false);
  await page.locator("[data-outbox-rows] .tag.err").waitFor();
  assert.match(await page.locator("[data-outbox-rows] .tag").innerText(), /استجدّ على الطلب/);
  await page.locator("[data-outbox-rows] summary").click();
  assert.ok((await page.locator("[data-outbox-rows]").innerText()).includes(note), "what was typed is there");
  await accessible(page, "a conflict");
  await page.locator("[data-drop]").click();
  await page.locator("[data-outbox-rows] li").waitFor({ state: "detached" });
  clean();
  await context.close();
});

test("check 12: after the logout no page of a visit is on the device", async () => {
  const { page, context } = await tablet();
  await Promise.all([page.waitForEvent("load"), page.locator('form[action="/logout"] button').click()]);
  assert.ok(!(await page.evaluate(() => indexedDB.databases())).some(({ name }) => name === "shubbak-visit-pages"));
  await takeOffline(context);
  await assert.rejects(page.goto("/desk/visits"), "nothing to show");
  await context.close();
});
