// The hall: a touch screen enrolled by the manager, a ticket, Alt+N at the counter, the hall's screen, and served; an appointment without scripts.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open, login, accessible, fits, Keys } from "./lib.mjs";
import { press } from "./forms.mjs";
import { printed } from "./prints.mjs";

const UNIT = "01-D16";
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

/** Presses a key that leads to another page. */
async function go(page, keys, key) {
  await Promise.all([page.waitForEvent("load"), keys.press(key)]);
}

/** Moves the focus by Tab until it stands on what is wanted, and presses Enter. */
async function choose(page, keys, words) {
  for (let at = 0; at < 40; at += 1) {
    await keys.press("Tab");
    const seen = await page.evaluate(() => document.activeElement?.textContent ?? "");
    if (seen.includes(words)) return go(page, keys, "Enter");
  }
  assert.fail(`no way by keyboard to «${words}»`);
}

test("a ticket from the touch screen is called by Alt+N, shown in the hall and served, by keyboard alone", async () => {
  // The device: the manager signs in on it and leaves it as a touch screen.
  const kiosk = await open(browser, demo.base, { width: 1080, height: 1400 });
  await login(kiosk.page, "manager");
  await kiosk.page.goto(`/kiosk/${UNIT}`);
  await accessible(kiosk.page, "enrolment");
  await kiosk.page.fill('[name="name"]', "شاشة المدخل");
  await press(kiosk.page, kiosk.page.locator("main button[type=submit]"));

  // Whatever waited before is served first.
  const counter = await open(browser, demo.base);
  await login(counter.page, "clerk");
  await counter.page.goto("/counter");
  const options = await counter.page.locator('select[name="window"] option').evaluateAll((all) => all.map((o) => o.value).filter(Boolean));
  await counter.page.selectOption('select[name="window"]', options[3]);
  await press(counter.page, counter.page.locator('form[action="/counter/window"] button'));
  const desk = new Keys(counter.page);
  const panel = counter.page.locator("section.queue");
  for (let at = 0; at < 40; at += 1) {
    await go(counter.page, desk, "Alt+KeyN");
    if (!(await panel.locator(".callno").count())) break;
    await go(counter.page, desk, "Alt+KeyS");
  }
  assert.equal(await panel.locator(".callno").count(), 0, "nobody is left");

  const touch = new Keys(kiosk.page);
  await kiosk.page.goto(`/kiosk/${UNIT}`);
  await fits(kiosk.page, "the touch screen");
  await accessible(kiosk.page, "the touch screen");
  await choose(kiosk.page, touch, "تقديم طلب جديد");
  await accessible(kiosk.page, "the question of priority");
  await choose(kiosk.page, touch, "تذكرة عادية");
  const number = (await kiosk.page.locator(".callno").innerText()).trim();
  assert.match(number, /^A\d{3}$/);
  await accessible(kiosk.page, "the ticket");
  const link = await kiosk.page.locator('a[href^="/Q/"]').first().getAttribute("href");
  const paper = await printed(kiosk.page, `${link}/ticket.pdf`);
  assert.equal(paper.pages, 1);
  assert.ok(paper.text.includes(number), paper.text);
  assert.match(paper.qr, /^https?:\/\/.+\/Q\/[0-9A-Z]{16}$/i);

  const hall = await open(browser, demo.base, { width: 1280, height: 720 });
  await hall.page.goto(`/hall/${UNIT}`);
  await accessible(hall.page, "the hall's screen");
  const phone = await open(browser, demo.base, { width: 320 });
  await phone.page.goto(link);
  await accessible(phone.page, "the ticket's page");
  await fits(phone.page, "the ticket's page");
  assert.match(await phone.page.locator("main").innerText(), /دورك التالي/);

  await counter.page.goto("/counter");
  await go(counter.page, desk, "Alt+KeyN");
  assert.match(await panel.innerText(), new RegExp(number));
  await accessible(counter.page, "the window's panel");
  // Both screens take it up by themselves.
  await hall.page.waitForFunction((text) => document.querySelector(".call")?.textContent.includes(text), number);
  await phone.page.waitForFunction(() => /توجّه الآن إلى شباك 4/.test(document.querySelector("main").innerText));
  await fits(hall.page, "the hall's screen");

  // Came with a new request: serving begins, and the intake opens.
  await Promise.all([counter.page.waitForURL(/\/counter\/new$/), desk.press("F2")]);
  await counter.page.goto("/counter");
  await go(counter.page, desk, "Alt+KeyE");
  assert.equal(await panel.locator(".callno").count(), 0);
  await phone.page.waitForFunction(() => /انتهت خدمتك/.test(document.querySelector("main").innerText));
  for (const one of [kiosk, counter, hall, phone]) {
    one.clean();
    await one.context.close();
  }
});

test("an appointment is booked, moved and given up without JavaScript at 320 px", async () => {
  const { context, page, clean } = await open(browser, demo.base, { width: 320, javaScript: false });
  await page.goto(`/centres/${UNIT}`);
  await page.click('a[href$="/appointments"]');
  await page.selectOption('[name="service"]', "SHP-01");
  await Promise.all([page.waitForURL(/service=SHP-01/), page.locator("main button[type=submit]").first().click()]);
  await page.locator('main a[href*="day="]').first().click();
  const answer = await press(page, page.locator("main button[type=submit]").first());
  assert.equal(answer.status(), 422);
  assert.match(await page.title(), /^خطأ/);
  await page.locator('[name="minute"]').selectOption({ index: 1 });
  await page.fill('[name="mobile"]', "٠١٠٠٠٠٠٠٩٩٩");
  await press(page, page.locator("main button[type=submit]").first());
  assert.match(page.url(), /\/B\/[0-9A-Z]{16}\?new=yes$/);
  assert.match(await page.locator(".panel .big").innerText(), /^\d{6}$/);
  const booking = new URL(page.url()).pathname;
  await page.click(`a[href="${booking}/move"]`);
  await page.locator('main a[href*="day="]').last().click();
  await page.locator('[name="minute"]').selectOption({ index: 2 });
  await press(page, page.locator("main button[type=submit]").first());
  assert.match(await page.locator("main").innerText(), /تغيّر موعدك/);
  await page.click(`a[href="${booking}/cancel"]`);
  await press(page, page.locator("main button.danger"));
  assert.match(await page.locator("main").innerText(), /أُلغي موعدك/);
  clean();
  await context.close();
});
