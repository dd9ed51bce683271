// The public pages: the rules of the design, without JavaScript, and the weight of the first load. Every page's own checks are in
// site.test.mjs.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open, accessible, fits, weigh, wellFormed } from "./lib.mjs";

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

test("check 17: titles tell the pages apart and a wrong address shows the way on", async () => {
  const { context, page } = await open(browser, demo.base);
  const titles = new Map();
  for (const route of ["/", "/services", "/services/SHP-01", "/services/BLD-02", "/centres", "/centres/01-D16", "/track", "/verify", "/about", "/accessibility", "/help", "/login"]) {
    await page.goto(route);
    const title = await page.title();
    assert.ok(!titles.has(title), `${route} and ${titles.get(title)} are both called ${title}`);
    titles.set(title, route);
  }
  const missing = await page.goto("/no-such-page");
  assert.equal(missing.status(), 404);
  assert.ok((await page.locator("main a").count()) > 0, "the error page leads on");
  const licences = await page.request.get("/about/licences");
  assert.equal(licences.status(), 200);
  assert.match(await licences.text(), /OFL-1\.1|SIL OPEN FONT/i);
  await context.close();
});

test("check 6: numbers, codes and telephones run from left to right", async () => {
  const { context, page } = await open(browser, demo.base);
  await page.goto("/track");
  for (const name of ["number", "pin"]) {
    assert.equal(await page.locator(`input[name=${name}]`).evaluate((e) => getComputedStyle(e).direction), "ltr", name);
  }
  await page.goto("/services/SHP-01");
  const codes = await page.locator("main .code").evaluateAll((all) => all.map((e) => getComputedStyle(e).direction));
  assert.ok(codes.every((direction) => direction === "ltr"), `codes: ${codes}`);
  await context.close();
});

test("check 10: an empty form says so twice and leads to its field", async () => {
  const { context, page, clean } = await open(browser, demo.base, { width: 320 });
  for (const route of ["/track", "/verify"]) {
    await page.goto(route);
    const [answer] = await Promise.all([
      page.waitForResponse((r) => r.request().method() === "POST"),
      page.locator(`main form[action="${route}"] button[type=submit]`).last().click(),
    ]);
    assert.equal(answer.status(), 422, route);
    await page.waitForLoadState();
    assert.match(await page.title(), /^خطأ/);
    await page.waitForFunction(() => document.activeElement?.hasAttribute("data-summary"));
    const link = page.locator("[data-summary] a").first();
    const field = (await link.getAttribute("href")).slice(1);
    await link.click();
    assert.equal(await page.evaluate(() => document.activeElement.id), field);
    await accessible(page, `${route} with errors`);
    await fits(page, `${route} with errors`);
    clean();
  }
  await context.close();
});

test("check 3: without JavaScript: search, service, centres, track and verify", async () => {
  const { context, page, clean } = await open(browser, demo.base, { javaScript: false, width: 320 });
  await page.goto("/");
  await page.locator("main input[name=q]").fill("رخصه محل");
  await page.locator("main input[name=q]").press("Enter");
  await page.waitForURL(/\/services\?/);
  await page.locator('main a[href^="/services/SHP-"]').first().click();
  await page.waitForURL(/\/services\/SHP-/);
  await wellFormed(page, "a service");
  await page.goto("/services?q=vowm+lpg");
  assert.ok((await page.locator("main").innerText()).length > 50, "a search with the wrong layout answers");
  await page.goto("/centres?gov=01");
  await page.locator('main a[href^="/centres/01-"]').first().click();
  await page.waitForURL(/\/centres\/01-/);
  await page.goto("/track");
  await page.fill("input[name=number]", "1 01 016 26 000001 3");
  await page.fill("input[name=pin]", "123456");
  const [tracked] = await Promise.all([page.waitForResponse((r) => r.request().method() === "POST"), page.locator('form[action="/track"] button[type=submit]').last().click()]);
  assert.equal(tracked.status(), 422);
  assert.equal(await page.locator("input[name=number]").inputValue() !== "", true, "what was typed stays");
  await page.goto("/verify");
  await page.locator('form[action="/verify"] input[type=text]').fill("HELLO");
  const [verified] = await Promise.all([page.waitForResponse((r) => r.request().method() === "POST"), page.locator('form[action="/verify"] button[type=submit]').last().click()]);
  assert.equal(verified.status(), 422);
  assert.equal(await page.locator("[data-summary]").count(), 1);
  clean();
  await context.close();
});

test("check 5: the first load of the home page weighs under 100 KB, its fonts under 46, and what it brings stays", async () => {
  const { context, page } = await open(browser, demo.base, { width: 320 });
  const weight = await weigh(page, { cold: true }, () => page.goto("/", { waitUntil: "networkidle" }));
  assert.equal(weight.answers.filter(({ url }) => url.endsWith(".woff2")).length, 2, "two fonts");
  assert.ok(weight.total < 100_000, `the home page weighs ${weight.total} bytes`);
  assert.ok(weight.fonts > 0 && weight.fonts <= 47_104, `the fonts weigh ${weight.fonts} bytes`);
  assert.ok(weight.scripts < 35_000, `the scripts weigh ${weight.scripts} bytes`);
  for (const { url, headers } of weight.answers) {
    if (!new URL(url).pathname.match(/\.[0-9a-f]{10}\./)) continue;
    assert.match(headers["cache-control"] ?? "", /max-age=31536000.*immutable/, url);
    if (/\.(css|js)$/.test(url)) assert.match(headers["content-encoding"] ?? "", /br|gzip|zstd/, url);
  }
  // The next page brings no script and no font again.
  await page.goto("/services");
  const again = await weigh(page, { cold: false }, () => page.goto("/", { waitUntil: "networkidle" }));
  assert.equal(again.scripts + again.fonts, 0, "scripts and fonts are kept");
  console.log(`home: ${weight.total} bytes, fonts ${weight.fonts}, scripts ${weight.scripts}; again ${again.total}`);
  await context.close();
});
