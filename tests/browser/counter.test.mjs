// The counter: intake by keyboard alone, the slip and its prints, without JavaScript, and what an empty form says.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open, login, accessible, fits, Keys } from "./lib.mjs";
import { asked, press, slip, takeIn, valueOf, PERSON } from "./forms.mjs";
import { printed } from "./prints.mjs";
import { Desks } from "./desks.mjs";

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

async function clerk(options = {}) {
  const opened = await open(browser, demo.base, options);
  if (options.javaScript !== false) {
    await opened.page.addInitScript(() => {
      // The mouse must stay still.
      window.mice = 0;
      addEventListener("mousedown", () => (window.mice += 1), true);
    });
  }
  await login(opened.page, "clerk");
  return opened;
}

const NUMBER = /^\d \d\d \d{3} \d\d \d{6} \d$/;

/** What the clerk types, or which choice by its digit, at whatever the cursor stands on; the rest by its kind. */
const DATA = {
  "applicant.nid": "٢٩٠٠١٠١٠١١٢٣٤٥", "applicant.full_name": PERSON.name, "applicant.mobile_number": PERSON.mobile,
  "a.shop_trade_name": "بقالة النور", "a.activity_code": "1", "a.premises_address": "12 شارع عباس العقاد", "a.premises_location": "30.0561, 31.3301",
  "a.fee_zone": "2", "a.premises_tenure": "1", "a.building_licence_status": "1", "a.floor_level": "1", "a.shop_area_m2": "٤٤٫٥", "a.workers_count": "3",
  "a.has_motors": "2", "a.hazardous_materials": "2", "a.handles_food": "2", "a.operation_start_date": "22/11/2026", "a.hours_class": "1", "a.read_conditions": "1",
  "a.project_team.0.name": "م. سنوسرت الفيروز", "a.project_team.0.syndicate_number": "123456", "a.project_team.0.mobile": "01012345678",
};

/** Takes a request in from the desk to the slip without a mouse; answers the keys and the fields that were passed. */
async function byKeyboard(page, service) {
  const keys = new Keys(page);
  await page.goto("/counter");
  await Promise.all([page.waitForURL(/\/counter\/new$/), keys.press("F2")]);
  await page.waitForFunction(() => document.activeElement?.matches("main input"));
  await keys.data(service);
  await Promise.all([page.waitForURL(`**/counter/new?service=${service}`), keys.press("Enter")]);
  await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "applicant.nid");
  await inOrder(page, service);
  const passed = [];
  for (let at = 0; at < 60; at += 1) {
    const now = await page.evaluate(() => {
      const e = document.activeElement;
      const box = e.getBoundingClientRect();
      const field = e.closest(".fld");
      return {
        name: e.getAttribute("name"), type: e.type, value: e.value, id: e.id, kind: /k-([a-z-]+)/.exec(field?.className ?? "")?.[1] ?? "", words: field?.innerText ?? "",
        chosen: e.type === "radio" && !!document.querySelector(`[name="${e.name}"]:checked`), optional: false, options: ["1"],
        seen: box.bottom > 0 && box.top < innerHeight && getComputedStyle(e).outlineStyle !== "none",
      };
    });
    assert.ok(now.seen, `the cursor at ${now.name} is in view`);
    passed.push(now.name);
    if (now.name === "papers") break;
    if (!now.name) {
      // The button for one more row, for once not pressed.
      await keys.press("Tab");
      continue;
    }
    // A list that has no choice yet takes its first.
    const open = now.type === "radio" ? !now.chosen : now.type === "select-one" && !now.value;
    const wanted = DATA[now.name] ?? (open ? "1" : valueOf(now, {}));
    if (wanted && now.value !== wanted) await keys.data(wanted);
    // A digit that chooses in a short list goes on by itself, and so does a whole mobile or national id.
    if (/nid|mobile/.test(now.name)) await page.waitForTimeout(300);
    const stayed = await page.evaluate((name) => document.activeElement?.getAttribute("name") === name, now.name);
    if (stayed) await keys.press(now.type === "textarea" ? "Tab" : "Enter");
  }
  assert.equal(passed.at(-1), "papers", `Enter leads through the fields to the papers: ${passed}`);
  await keys.press("Shift+Space");
  const mice = await page.evaluate(() => window.mice);
  const filled = await page.evaluate(() => JSON.stringify(Object.fromEntries(new FormData(document.querySelector("form[data-intake]")))));
  await Promise.all([page.waitForEvent("load"), keys.press("Control+Enter")]);
  assert.match(page.url(), /\/counter\/done\//, `${filled} ${await page.locator("[data-summary]").innerText({ timeout: 1000 }).catch(() => "")}`);
  assert.equal(mice, 0, "no mouse");
  console.log(`${service}: ${keys.commands} keys besides the data, ${passed.length} fields`);
  return { keys, passed };
}

test("check 8: shops and a building are taken in by keyboard alone, in at most 25 keys besides the data", async () => {
  const { context, page, clean } = await clerk();
  for (const service of ["BLD-02", "SHP-01", "SHP-02"]) {
    const { keys, passed } = await byKeyboard(page, service);
    assert.ok(keys.commands <= 25, `${service}: ${keys.commands} keys besides the data`);
    if (service === "BLD-02") continue;
    for (const name of ["applicant.full_name", "a.shop_trade_name", "a.shop_area_m2", "a.hours_class"]) assert.ok(passed.includes(name), `Enter passes by ${name}`);
  }

  const { number, pin, id } = await slip(page);
  assert.match(number, NUMBER);
  assert.match(pin, /^\d{4}$/);
  await fits(page, "the slip's page");
  await accessible(page, "the slip's page");

  for (const kind of ["a5", "80"]) {
    const paper = await printed(page, `/requests/${id}/slip-${kind}.pdf`);
    assert.equal(paper.type, "application/pdf");
    assert.equal(paper.pages, 1, `slip ${kind}`);
    assert.ok(paper.text.includes(number), `the number on slip ${kind}`);
    assert.match(paper.text, /إيصال استلام/);
    assert.match(paper.qr, /^https?:\/\/.+\/T\/[0-9A-Z]{16}$/i);
    assert.equal(paper.bars, number.replaceAll(" ", ""));
  }
  clean();
  await context.close();
});

/** The order of the Tab key is that of reading: down the page, and in a line from right to left. */
async function inOrder(page, where) {
  const leaps = await page.evaluate(() => {
    const all = [...document.querySelectorAll("main a[href], main button, main input:not([type=hidden]), main select, main textarea, main summary")];
    const stops = all.filter((e) => e.checkVisibility() && !e.disabled && e.tabIndex >= 0 && !e.closest("aside, .sr") && getComputedStyle(e.closest(".bar") ?? e).position !== "sticky");
    const out = stops.filter((e) => e.tabIndex > 0).map((e) => `${e.name} has an order of its own`);
    for (let at = 1; at < stops.length; at += 1) {
      const [a, b] = [stops[at - 1].getBoundingClientRect(), stops[at].getBoundingClientRect()];
      const sameLine = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) / 2;
      // Higher up is right only in the next column, which is further left.
      if (sameLine ? b.right > a.right + 2 : b.bottom <= a.top + 2 && b.right > a.left + 2) out.push(`from ${stops[at - 1].name || stops[at - 1].innerText} to ${stops[at].name || stops[at].innerText}`);
    }
    return out;
  });
  assert.deepEqual(leaps, [], `${where}: the cursor leaps`);
}

/** Tab until the cursor stands on something; it is seen on the way. */
async function reach(keys, selector) {
  for (let tries = 0; tries < 40; tries += 1) {
    const at = await keys.page.evaluate((wanted) => {
      const e = document.activeElement;
      const box = e.getBoundingClientRect();
      return { there: e.matches(wanted), body: e === document.body || e.id === "main", seen: box.bottom > 0 && box.top < innerHeight && getComputedStyle(e).outlineStyle !== "none" };
    }, selector);
    assert.ok(at.body || at.seen, `on the way to ${selector} the cursor is to be seen`);
    if (at.there) return;
    await keys.press("Tab");
  }
  assert.fail(`${selector} is not reached`);
}

test("check 8: money is taken and a paper handed over by keyboard alone", async () => {
  const desks = new Desks(browser, demo, {});
  const one = await takeIn(await desks.as("clerk"), "CER-04");
  const cashier = await desks.as("cashier");
  while (!(await desks.glance(cashier, `/counter/pay?q=${one.number.replaceAll(" ", "")}`)).includes('name="amount"')) assert.ok((await desks.turn("clerk", one)) || (await desks.turn("officer", one)), "nothing is to be paid");


  await cashier.goto("/counter/pay");
  const till = new Keys(cashier);
  await inOrder(cashier, "the till");
  await reach(till, "main input[name=q]");
  await till.data(one.number);
  await Promise.all([cashier.waitForURL(/q=/), till.press("Enter")]);
  await inOrder(cashier, "a bill");
  const total = (await cashier.locator(".total .num").innerText()).replace(/[^\d.]/g, "");
  for (const field of await asked(cashier.locator('main form[method=post]'))) {
    if (field.optional && field.name !== "slip") continue;
    const choice = field.type === "radio" || field.type === "checkbox";
    if (choice && field.chosen) continue;
    await reach(till, `main [name="${field.name}"]`);
    if (choice) await till.press("Space");
    else if (!(await cashier.inputValue(`main [name="${field.name}"]`))) await till.data(field.name === "amount" ? total : "4711");
  }
  await Promise.all([cashier.waitForURL(/paid=/).catch(async () => assert.fail(`${await cashier.locator("main [name=amount]").inputValue()} of ${total}: ${await cashier.locator("main").innerText()}`)), till.press("Control+Enter")]);
  assert.ok(till.commands <= 25, `the till: ${till.commands} keys`);

  await desks.work(one);
  const clerk = await desks.as("clerk");
  await clerk.goto("/counter");
  const window = new Keys(clerk);
  await window.press("F4");
  await window.data(one.number);
  await Promise.all([clerk.waitForURL((url) => url.pathname.includes(one.id)), window.press("Enter")]);
  await inOrder(clerk, "a request");
  await Promise.all([clerk.waitForURL(/hand-over/), window.press("Control+Enter")]);
  await inOrder(clerk, "the hand-over");
  for (const field of await asked(clerk.locator("main form[method=post]"))) {
    if (field.optional || field.chosen) continue;
    await reach(window, `main [name="${field.name}"]`);
    if (/radio|checkbox/.test(field.type)) await window.press("Space");
    // A digit chooses in a list.
    else await window.data(field.type === "select-one" ? "1" : "29001010112345");
  }
  const [answer] = await Promise.all([clerk.waitForResponse((r) => r.request().method() === "POST" && r.request().isNavigationRequest()), window.press("Control+Enter")]);
  assert.equal(answer.status(), 303, await clerk.locator("main").innerText());
  assert.ok(window.commands <= 25, `the hand-over: ${window.commands} keys`);
  console.log(`the till ${till.commands} keys, the hand-over ${window.commands} keys besides the data`);
  await desks.close();
});

test("check 8: a whole mobile goes on, an Enter out of habit goes no further, a corrected one stays", async () => {
  const { context, page, clean } = await clerk();
  await page.goto("/counter/new?service=SHP-01");
  const at = () => page.evaluate(() => document.activeElement?.getAttribute("name"));
  const mobile = page.locator('[name="applicant.mobile_number"]');
  await mobile.focus();
  await page.keyboard.type("0101234567", { delay: 45 });
  await page.waitForTimeout(300);
  assert.equal(await at(), "applicant.mobile_number", "ten digits are no mobile");
  await page.keyboard.type("8");
  await page.waitForFunction(() => document.activeElement?.getAttribute("name") !== "applicant.mobile_number");
  const next = await at();
  await page.keyboard.press("Enter");
  assert.equal(await at(), next, "the Enter was not a step of its own");
  await mobile.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Delete");
  await page.keyboard.type("0");
  await page.waitForTimeout(300);
  assert.equal(await at(), "applicant.mobile_number", "whoever corrects in the middle stays");
  clean();
  await context.close();
});

for (const javaScript of [true, false]) {
  test(`check 3: a building permit and a shop are taken in ${javaScript ? "with" : "without"} JavaScript`, async () => {
    const { context, page, clean } = await clerk({ javaScript });
    const seen = new Set();
    for (const service of ["BLD-02", "SHP-01"]) {
      const { number, pin } = await takeIn(page, service);
      assert.match(number, NUMBER, service);
      assert.match(pin, /^\d{4}$/, service);
      seen.add(number);
    }
    assert.equal(seen.size, 2);
    clean();
    await context.close();
  });
}

test("check 10: an empty form is refused, says so twice and keeps what was typed", async () => {
  const { context, page, clean } = await clerk({ width: 320 });
  await page.goto("/counter/new?service=SHP-01");
  await page.fill('[name="a.shop_trade_name"]', "بقالة النور");
  const answer = await press(page, page.locator("button[value=register]"));
  assert.equal(answer.status(), 422);
  assert.match(await page.title(), /^خطأ/);
  await page.waitForFunction(() => document.activeElement?.hasAttribute("data-summary"));
  assert.equal(await page.inputValue('[name="a.shop_trade_name"]'), "بقالة النور");
  const links = page.locator("[data-summary] a");
  assert.ok((await links.count()) > 5);
  for (const link of [links.nth(0), links.nth(4)]) {
    const id = (await link.getAttribute("href")).slice(1);
    await link.click();
    assert.equal(await page.evaluate(() => document.activeElement.id), id);
  }
  assert.ok((await page.locator(".fld .msg").count()) > 5, "said at the fields too");
  await accessible(page, "intake with errors");
  await fits(page, "intake with errors");
  clean();
  await context.close();
});
