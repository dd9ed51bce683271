// The life of a licence in a real browser: the public register with its map, the same without WebGL, an area
// drawn by clicks and by the button, and a renewal begun from the list of what falls due.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open, login, accessible, fits } from "./lib.mjs";

/** Software WebGL: there is no graphics card under test. */
const GL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];
let demo;
let drawing;
let blind;
before(async () => {
  demo = await serveDemo();
  drawing = await launch(GL);
  blind = await launch(["--disable-3d-apis"]);
});
after(async () => {
  await drawing?.close();
  await blind?.close();
  await demo?.stop();
});

const NUMBER = /\d \d\d \d{3} \d\d \d{6} \d/;

for (const width of [320, 1200]) test(`the register is searched, its map opened when asked for, at ${width} px`, async () => {
  const { context, page, clean } = await open(drawing, demo.base, { width });
  const loaded = [];
  page.on("response", (answer) => loaded.push(answer.url()));
  await page.goto("/licences");
  assert.match(await page.locator("main table").innerText(), NUMBER);
  assert.ok(!loaded.some((url) => /maplibre/.test(url)), "the map waits until it is asked for");
  await fits(page, "/licences");
  await accessible(page, "/licences");
  await page.getByRole("button", { name: "اعرض الخريطة" }).click();
  await page.locator("shubbak-map[data-ready]").waitFor();
  assert.ok(loaded.some((url) => /maplibre/.test(url)));
  assert.equal(await page.locator("shubbak-map canvas").count(), 1);
  await fits(page, "the register with its map");
  clean();
  await page.fill("input[name=q]", "zzzz");
  await Promise.all([page.waitForURL(/q=zzzz/), page.locator("main form button[type=submit]").click()]);
  assert.match(await page.locator("main").innerText(), /لا توجد تراخيص بهذه البيانات/);
  clean();
  await context.close();
});

test("check 15: without WebGL the list and the form still do the job", async () => {
  const { context, page, clean } = await open(blind, demo.base, {});
  await page.goto("/licences");
  await page.getByRole("button", { name: "اعرض الخريطة" }).click();
  await page.locator("shubbak-map[data-failed]").waitFor();
  assert.match(await page.locator("shubbak-map").innerText(), /القائمة أدناه تعرض الأماكن نفسها/);
  assert.match(await page.locator("main table").innerText(), NUMBER);
  clean();
  await login(page, "head");
  await page.goto("/desk/freezes/new");
  await page.getByRole("button", { name: "اعرض الخريطة" }).click();
  await page.locator("shubbak-map[data-failed]").waitFor();
  await order(page, "301", "30.10, 31.24\n30.10, 31.25\n30.11, 31.25");
  clean();
  await context.close();
});

/** Fills the form of a freeze in and sends it. */
async function order(page, number, area) {
  await page.fill("input[name=decision]", number);
  for (const [name, value] of Object.entries({ ...demo.today("dated"), ...demo.today("from"), ...demo.today("to") })) {
    await page.fill(`input[name="${name}"]`, value);
  }
  await page.locator('input[name=groups][value="advertising"]').check();
  await page.locator('input[name=treatment][value="tell"]').check();
  await page.fill("textarea[name=reason]", "إعادة تنسيق الشارع");
  if (area) await page.fill("textarea[name=area]", area);
  await Promise.all([page.waitForURL(/\/desk\/freezes$/), page.locator("main form[method=post] button[type=submit]").click()]);
  assert.match(await page.locator("main").innerText(), new RegExp(number));
}

test("an area is drawn by clicks, by the button and by hand", async () => {
  const { context, page, clean } = await open(drawing, demo.base, {});
  await login(page, "head");
  await page.goto("/desk/freezes/new");
  await page.getByRole("button", { name: "اعرض الخريطة" }).click();
  await page.locator("shubbak-map[data-ready]").waitFor();
  const area = page.locator("textarea[name=area]");
  const corners = async () => (await area.inputValue()).split("\n").filter(Boolean).length;
  const canvas = page.locator("shubbak-map canvas");
  const box = await canvas.boundingBox();
  await canvas.click({ position: { x: box.width / 2 - 60, y: box.height / 2 + 40 } });
  await canvas.click({ position: { x: box.width / 2 + 60, y: box.height / 2 + 40 } });
  await page.getByRole("button", { name: "أضف ركنًا في وسط الخريطة" }).click();
  assert.equal(await corners(), 3);
  await page.getByRole("button", { name: "احذف آخر ركن" }).click();
  assert.equal(await corners(), 2);
  await page.getByRole("button", { name: "أضف ركنًا في وسط الخريطة" }).click();
  await order(page, "302", "");
  clean();
  await context.close();
});

test("a citizen puts the point of a place on the map of the form, and finds it again", async () => {
  const { context, page, clean } = await open(drawing, demo.base, { width: 320 });
  await page.goto("/account/login");
  await Promise.all([page.waitForURL(/account$/), page.locator('form[action="/account/demo"] button').first().click()]);
  await page.goto("/apply/BLD-01?gov=01");
  await page.locator("main select").last().selectOption({ index: 2 });
  await page.locator("main input[type=radio]").first().check();
  await Promise.all([page.waitForURL(/applications/), page.locator("main form button[type=submit]").last().click()]);
  const steps = await page.locator('main a[href*="/form/"]').evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  for (const step of steps) {
    await page.goto(step);
    if (await page.locator("shubbak-map").count()) break;
  }
  await page.getByRole("button", { name: "اعرض الخريطة" }).click();
  await page.locator("shubbak-map[data-ready]").waitFor();
  await fits(page, "a form with its map");
  await accessible(page, "a form with its map");
  await page.getByRole("button", { name: "ضع العلامة في وسط الخريطة" }).click();
  const here = page.url();
  const boxes = async () => [await page.inputValue('[name="a.site_point.lat"]'), await page.inputValue('[name="a.site_point.lng"]')];
  const put = await boxes();
  assert.ok(put.every((one) => /^\d\d\.\d{6}$/.test(one)), `${put}`);
  await Promise.all([page.waitForURL((url) => url.href !== here), page.locator("main form button[type=submit]").last().click()]);
  await page.goto(here);
  assert.deepEqual((await boxes()).map(Number), put.map(Number));
  clean();
  await context.close();
});

test("a renewal is begun from the list of what falls due, with what is known filled in", async () => {
  const { context, page, clean } = await open(drawing, demo.base, {});
  await login(page, "clerk");
  await page.goto("/counter/renewals");
  await accessible(page, "/counter/renewals");
  await fits(page, "/counter/renewals");
  assert.match(await page.locator("main").innerText(), NUMBER);
  // The renewed licence of the demonstration and the one in its place know each other.
  await page.goto("/licences?standing=superseded");
  const row = await page.locator("main table tbody tr").first().innerText();
  assert.match(row, /حل محله/);
  clean();
  await context.close();
});
