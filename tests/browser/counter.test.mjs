// The counter: intake by keyboard alone, the slip and its prints, without JavaScript, and what an empty form says.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open, login, accessible, fits, Keys } from "./lib.mjs";
import { press, slip, takeIn, PERSON } from "./forms.mjs";
import { printed } from "./prints.mjs";

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

test("a shop licence is taken in by keyboard alone, in at most 25 keys besides the data", async () => {
  const { context, page, clean } = await clerk();
  const keys = new Keys(page);
  await page.goto("/counter");
  await Promise.all([page.waitForURL(/\/counter\/new$/), keys.press("F2")]);
  await page.waitForFunction(() => document.activeElement?.matches("main input"));
  await keys.data("SHP-02");
  await Promise.all([page.waitForURL(/service=SHP-02/), keys.press("Enter")]);
  await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "applicant.nid");

  // What the clerk types, or which choice by its digit, at whatever the cursor stands on.
  const data = {
    "applicant.nid": "٢٩٠٠١٠١٠١١٢٣٤٥", "applicant.full_name": PERSON.name, "applicant.mobile_number": PERSON.mobile,
    "a.shop_trade_name": "بقالة النور", "a.activity_code": "1", "a.premises_address": "12 شارع عباس العقاد", "a.premises_location": "30.0561, 31.3301",
    "a.fee_zone": "2", "a.premises_tenure": "1", "a.building_licence_status": "1", "a.floor_level": "1", "a.shop_area_m2": "٤٤٫٥", "a.workers_count": "3",
    "a.handles_food": "2", "a.operation_start_date": "22/11/2026", "a.hours_class": "1", "a.read_conditions": "1",
  };
  const passed = [];
  for (let at = 0; at < 30; at += 1) {
    const now = await page.evaluate(() => {
      const e = document.activeElement;
      const box = e.getBoundingClientRect();
      const seen = box.bottom > 0 && box.top < innerHeight && getComputedStyle(e).outlineStyle !== "none";
      return { name: e.getAttribute("name"), type: e.type, value: e.value, seen };
    });
    assert.ok(now.seen, `the cursor at ${now.name} is in view`);
    passed.push(now.name);
    if (now.name === "papers") break;
    if (now.name in data && !(now.value && /text|tel|select-one/.test(now.type) && now.value === data[now.name])) await keys.data(data[now.name]);
    await keys.press("Enter");
  }
  assert.equal(passed.at(-1), "papers", `Enter leads through the fields to the papers: ${passed}`);
  for (const name of Object.keys(data)) assert.ok(passed.includes(name), `Enter passes by ${name}`);
  await keys.press("Shift+Space");
  const mice = await page.evaluate(() => window.mice);
  const filled = await page.evaluate(() => JSON.stringify(Object.fromEntries(new FormData(document.querySelector("form[data-intake]")))));
  await Promise.all([page.waitForEvent("load"), keys.press("Control+Enter")]);
  assert.match(page.url(), /\/counter\/done\//, `${filled} ${await page.locator("[data-summary]").innerText({ timeout: 1000 }).catch(() => "")}`);
  assert.equal(mice, 0, "no mouse");
  assert.ok(keys.commands <= 25, `${keys.commands} keys besides the data`);
  console.log(`intake: ${keys.commands} keys besides the data`);

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
  const out = await printed(page, `/requests/${id}/print-out.pdf`).catch((error) => error);
  assert.ok(!(out instanceof Error) || /qr|zbar/i.test(String(out)), `the print-out: ${out}`);
  clean();
  await context.close();
});

for (const javaScript of [true, false]) {
  test(`a building permit and a shop are taken in ${javaScript ? "with" : "without"} JavaScript`, async () => {
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

test("an empty form is refused, says so twice and keeps what was typed", async () => {
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
