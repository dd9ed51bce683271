// The operating guide: every page of it, its search with and without JavaScript, its reading without a network, and
// the key sheet on one sheet of paper.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { serveDemo, launch, open, login, accessible, fits, wellFormed, weigh, takeOffline } from "./lib.mjs";
import { pagesOf } from "./prints.mjs";

let demo;
let browser;
let pages;
before(async () => {
  demo = await serveDemo();
  browser = await launch();
  const { context, page } = await open(browser, demo.base);
  await page.goto("/help");
  pages = await page.locator('main a[href^="/help/"]').evaluateAll((all) => [...new Set(all.map((a) => a.getAttribute("href")))]);
  await context.close();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** What is searched for as people spell it; the last finds nothing. */
const QUESTIONS = ["الغاء القيد", "طابعة", "كلمه السر", "للمعاين", "استرجاع نسخه", "S3", "postgresql", "الرسم", "ضضضض"];

const addresses = (page) => page.locator("[data-help-results] .hits a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));

/** Waits until the worker keeps everything and answers for this page. */
async function kept(page) {
  // `waitForFunction` takes a promise for a yes.
  const ready = () => page.evaluate(async () => {
    const one = await navigator.serviceWorker.getRegistration("/help");
    return one?.active?.state === "activated" && navigator.serviceWorker.controller !== null;
  });
  for (let tries = 0; !(await ready()); tries += 1) {
    assert.ok(tries < 600, "the worker never became active");
    await page.waitForTimeout(50);
  }
}

test("every page of the guide is well formed, fits, is accessible and light, and its links lead somewhere", async (t) => {
  assert.ok(pages.length > 50, `${pages.length} pages`);
  const html = new HtmlValidate(new StaticConfigLoader(JSON.parse(readFileSync(new URL("../../assets/.htmlvalidate.json", import.meta.url), "utf8"))));
  const { context, page, clean } = await open(browser, demo.base);
  const ids = new Map();
  const links = new Map();
  for (const address of pages) {
    await t.test(address, async () => {
      for (const width of [320, 1200]) {
        await page.setViewportSize({ width, height: 900 });
        const weight = await weigh(page, { cold: width > 320 }, () => page.goto(address));
        const where = `${address} at ${width} px`;
        await wellFormed(page, where);
        await fits(page, where);
        await accessible(page, where);
        assert.ok(weight.total - weight.pictures < 100_000, `${where}: ${weight.total - weight.pictures} bytes`);
        clean();
      }
      const { results } = await html.validateString(await (await page.request.get(address)).text());
      assert.deepEqual(results.flatMap(({ messages }) => messages.map((m) => `line ${m.line}: ${m.ruleId}: ${m.message}`)), []);
      ids.set(address, await page.locator("[id]").evaluateAll((all) => all.map((e) => e.id)));
      for (const href of await page.locator("article a").evaluateAll((all) => all.map((a) => a.getAttribute("href")))) {
        links.set(href.startsWith("#") ? `${address}${href}` : href, address);
      }
      assert.equal(await page.locator("article img:not([alt]), article img[alt='']").count(), 0);
    });
  }
  for (const [link, from] of links) {
    const [path, id] = link.split("#");
    if (pages.includes(path)) assert.ok(!id || ids.get(path).includes(decodeURIComponent(id)), `${link} in ${from}`);
    else assert.ok((await page.request.get(path)).status() < 400, `${link} in ${from}`);
  }
  await context.close();
});

test("the pictures are there and stay", async () => {
  const { context, page, clean } = await open(browser, demo.base);
  await page.goto("/help/intake");
  const picture = page.locator("article img").first();
  await picture.scrollIntoViewIfNeeded();
  await page.waitForFunction((img) => img.complete && img.naturalWidth > 600, await picture.elementHandle());
  const answer = await page.request.get(await picture.getAttribute("src"));
  assert.match(answer.headers()["cache-control"], /immutable/);
  clean();
  await context.close();
});

test("the search finds the same with and without JavaScript", async () => {
  const plain = await open(browser, demo.base, { javaScript: false, width: 320 });
  const quick = await open(browser, demo.base);
  await quick.page.goto("/help/about");
  for (const question of QUESTIONS) {
    await plain.page.goto("/help");
    await plain.page.fill("input[name=q]", question);
    await Promise.all([plain.page.waitForURL(/\/help\?q=/), plain.page.press("input[name=q]", "Enter")]);
    const found = await addresses(plain.page);
    const marked = await plain.page.locator(".hits mark").count();
    await quick.page.fill("input[name=q]", "");
    await quick.page.waitForFunction(() => document.querySelector("[data-help-results]").childElementCount === 0);
    await quick.page.fill("input[name=q]", question);
    await quick.page.waitForSelector("[data-help-results] h2");
    assert.deepEqual(await addresses(quick.page), found, question);
    assert.equal(found.length === 0, question === QUESTIONS.at(-1), `${question}: ${found.length}`);
    assert.ok(found.length === 0 || marked > 0, question);
  }
  quick.clean();
  await plain.page.goto("/help?q=%D8%B6%D8%B6%D8%B6%D8%B6");
  await accessible(quick.page, "answers in the page");
  await plain.context.close();
  await quick.context.close();
});

test("after the first visit the guide and its search work without a network", async () => {
  const { context, page } = await open(browser, demo.base);
  await login(page, "clerk");
  await page.goto("/help/clerk");
  assert.ok((await page.locator("header").innerText()).includes("منى"), "signed in");
  await kept(page);
  await takeOffline(context);
  await page.goto("/help/void");
  assert.match(await page.locator("h1").innerText(), /إلغاء القيد/);
  assert.ok(!(await page.locator("header").innerText()).includes("منى"), "nobody's name is kept");
  assert.equal(await page.evaluate(() => document.fonts.check("16px Cairo")), true, "style and fonts are there");
  await page.fill("input[name=q]", "الطابعة");
  await page.waitForSelector("[data-help-results] .hits a");
  assert.ok((await addresses(page)).includes("/help/troubles#printer"));
  // Enter asks the server, which is away: the kept contents answer.
  await Promise.all([page.waitForURL(/\/help\?q=/), page.press("input[name=q]", "Enter")]);
  await page.waitForSelector("[data-help-results] .hits a");
  assert.ok((await addresses(page)).includes("/help/troubles#printer"));
  await page.goto("/help");
  assert.ok((await page.locator("main a[href='/help/clerk']").count()) > 0, "the contents");
  // Nothing else is kept: a screen of the counter is not answered by the guide.
  await assert.rejects(page.goto("/counter"));
  await context.setOffline(false);
  await context.close();
});

test("the key sheet is one sheet of paper, without what is only for the screen", async () => {
  const { context, page } = await open(browser, demo.base);
  await page.goto("/help/keys");
  const sheets = pagesOf(await page.pdf({ preferCSSPageSize: true }));
  assert.equal(sheets.length, 1);
  const text = sheets[0].join(" ");
  for (const key of ["F2", "F4", "F8", "F9", "Esc"]) assert.ok(text.includes(key), key);
  assert.ok(!text.includes("ابحث في الدليل") && !text.includes("أول يوم: موظف الشباك"), text);
  await context.close();
});

test("the keys of the sheet are those of the screens", async () => {
  const { context, page } = await open(browser, demo.base);
  await page.goto("/help/keys");
  const sheet = await page.locator("article kbd").allInnerTexts();
  const clerk = await open(browser, demo.base);
  await login(clerk.page, "clerk");
  const seen = new Set();
  const look = async (on, address) => {
    await on.goto(address);
    for (const key of await on.locator("[data-key]").evaluateAll((all) => all.map((e) => e.dataset.key))) seen.add(key);
  };
  for (const address of ["/counter", "/counter/new?service=SHP-01", "/counter/search"]) await look(clerk.page, address);
  const cashier = await open(browser, demo.base);
  await login(cashier.page, "cashier");
  for (const address of ["/counter", "/counter/pay"]) await look(cashier.page, address);
  // These are told apart from the page that has the focus (assets/js/keys.js).
  const ways = new Set(["Enter", "1–9", "Space", "Shift+Space", "J", "K", "Tab"]);
  assert.deepEqual([...seen].filter((key) => !sheet.includes(key)), [], "keys that the sheet does not name");
  assert.deepEqual(sheet.filter((key) => !seen.has(key) && !ways.has(key)), [], "keys that no screen has");
  for (const one of [context, clerk.context, cashier.context]) await one.close();
});
