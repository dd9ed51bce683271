// The pages in English (check 20): left to right, nothing cut off, no violation of accessibility, and no word of the
// interface left in Arabic. What people typed, and advice that has no translation, stays Arabic and is marked so.
// Public pages and one clerk at 320 px; everybody and both widths with SHUBBAK_FULL=1.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open as openPage, login, accessible, fits, wellFormed, FULL } from "./lib.mjs";
import { Routes, HOLDERS, tour, kinds } from "./routes.mjs";
import { VARIANTS } from "./site.mjs";
import { takeIn } from "./forms.mjs";

const WIDTHS = FULL ? [320, 1200] : [320];
const NAMES = FULL ? [null, ...new Set(Object.values(HOLDERS))] : [null, "clerk"];

let demo;
let browser;
let routes;
before(async () => {
  demo = await serveDemo();
  browser = await launch();
  routes = new Routes(demo.folder);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** Somebody's browser in English. */
async function english(name, width) {
  const opened = await openPage(browser, demo.base, { width });
  await opened.page.goto("/language/en?back=/");
  if (name) await login(opened.page, name);
  return opened;
}

/** What is left in Arabic: words of the shell even where they are marked, and other text that is not marked. */
function arabicLeft(page) {
  return page.evaluate(() => {
    const arabic = /[\u0620-\u064a]/;
    const out = [];
    const shell = "header nav, .crumbs [aria-current], footer, button, th, legend, caption, .skip, .tag, .pager, .demo, summary, .kpi";
    for (const element of document.querySelectorAll(shell)) {
      // A name in a button says whom it is about, for screen readers alone.
      const own = element.cloneNode(true);
      own.querySelectorAll(".sr, input, textarea").forEach((part) => part.remove());
      const text = own.textContent ?? "";
      // Where a page is about a person or a chapter, its heading says the name, and the path repeats it.
      const named = element.matches(".crumbs *") && document.querySelector("h1")?.textContent.includes(text.trim());
      if (named) continue;
      if (arabic.test(text) && !element.closest("[data-arabic]")) out.push(`${element.tagName.toLowerCase()}: ${text.trim().slice(0, 80)}`);
    }
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const { parentElement: parent, data } = walk.currentNode;
      if (arabic.test(data) && !parent.closest("[lang=ar], textarea, script, style, template")) out.push(`not marked: ${data.trim().slice(0, 80)}`);
    }
    return out;
  });
}

test("check 20: the switch stands on every page, works without JavaScript and leads back to the same page", async () => {
  const { page, context } = await openPage(browser, demo.base, { javaScript: false });
  await page.goto("/services?q=%D9%85%D8%AD%D9%84");
  const to = page.locator("header a.lang");
  assert.equal(await to.getAttribute("lang"), "en");
  assert.equal(await to.getAttribute("hreflang"), "en");
  await to.click();
  assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, "/services?q=%D9%85%D8%AD%D9%84");
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ["en", "ltr"]);
  await page.goto("/track");
  assert.match(await page.title(), /Track a request – Shubbak$/);
  // A refused form comes back in English with its way to Arabic.
  await page.locator("main form button[type=submit]").first().click();
  assert.match(await page.title(), /^Error: /);
  await page.locator("header a.lang").click();
  assert.equal(new URL(page.url()).pathname, "/track");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "ar");
  // An address may say it too, and what is not there says so in its language.
  await page.goto("/no-such-page?lang=en");
  assert.equal(await page.locator("h1").innerText(), "Page not found");
  const away = await context.request.get("/language/en?back=//evil.example", { maxRedirects: 0 });
  assert.equal(away.headers().location, "/");
  await context.close();
});

test("check 20: a clerk signs in, registers and finds the slip in Arabic from English pages", async () => {
  const { page, context, clean } = await english("clerk", 1200);
  const { id } = await takeIn(page, "SHP-02");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  assert.match(await page.locator("main").innerText(), /The request was registered with number/);
  const paper = await context.request.get(`/requests/${id}/slip-a5.pdf`);
  assert.equal(paper.headers()["content-type"], "application/pdf");
  clean();
  await context.close();
});

for (const width of WIDTHS) {
  for (const name of NAMES) {
    test(`check 20: the pages of ${name ?? "a citizen"} in English at ${width} px`, async () => {
      const { page, context, clean } = await english(name, width);
      const declared = routes.all.filter((r) => r.method === "GET" && r.logins.includes(name) && !r.example.includes("{")).map((r) => r.example);
      const seeds = [...declared, ...(VARIANTS[name ?? "citizen"] ?? [])].filter((address) => !address.startsWith("/language/"));
      const seen = await tour(context.request, routes, seeds, name ? new Set() : null);
      const wrong = [];
      const shown = new Map();
      let looked = 0;
      for (const one of seen.values()) {
        if (!one.html || (name && one.route?.public)) continue;
        const path = one.route?.path ?? "no route";
        const known = shown.get(path) ?? shown.set(path, new Set()).get(path);
        const own = kinds(one.text);
        if (known.size > 0 && [...own].every((kind) => known.has(kind))) continue;
        own.forEach((kind) => known.add(kind));
        looked += 1;
        await page.goto(one.address);
        await wellFormed(page, one.address, "en");
        for (const check of [fits, accessible]) {
          await check(page, one.address).catch((error) => wrong.push(error.message));
        }
        wrong.push(...(await arabicLeft(page)).map((text) => `${one.address}: ${text}`));
      }
      assert.ok(looked > (name ? 3 : 12), `${looked} pages`);
      assert.deepEqual(wrong, []);
      clean();
      await context.close();
    });
  }
}
