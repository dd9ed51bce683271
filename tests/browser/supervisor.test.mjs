// The supervisor of one governorate: people, roles, windows, hours and holidays; the same refused in another.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open, login, fits } from "./lib.mjs";
import { fill, press } from "./forms.mjs";

const UNIT = "/admin/units/01-D16";
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

const summary = (page) => page.locator("[data-summary]").innerText({ timeout: 1000 }).catch(() => "");

/** Fills the last form of the page and sends it. */
async function send(page, given, what) {
  const form = page.locator("main form[method=post]").last();
  await fill(form, given);
  const answer = await press(page, form.locator("button[type=submit]").last());
  const words = await summary(page);
  assert.ok(answer.status() === 303 || answer.status() === 200, `${what}: ${answer.status()} ${words}`);
  assert.equal(words, "", what);
}

/** With JavaScript on a phone, without at a desk; what is added is another each time. */
const RUNS = [
  { javaScript: true, width: 320, name: "samira", window: "17", month: "3", day: "28" },
  { javaScript: false, width: 1200, name: "nawal", window: "18", month: "4", day: "29" },
];

for (const { javaScript, width, name, window, month, day } of RUNS) test(`the supervisor of Cairo adds a person, gives a role, opens a window, changes hours, adds a holiday, ${javaScript ? "with" : "without"} JavaScript`, async (t) => {
  const { context, page, clean } = await open(browser, demo.base, { width, javaScript });
  await login(page, "supervisor");
  let person;
  await t.test("a person", async () => {
    await page.goto("/admin/people/new");
    await send(page, { login: name, name: "سميرة عبد الحميد نوفل", unit: "01-D16" }, "a person");
    await page.goto(`/admin/people?q=${name}`);
    const link = page.locator('main a[href^="/admin/people/"]').filter({ hasText: /سميرة/ });
    person = await link.first().getAttribute("href");
    assert.match(person, /^\/admin\/people\/[0-9a-f-]+$/);
  });
  await t.test("a role", async () => {
    await page.goto(`${person}/grant`);
    // The unit is asked first.
    const first = page.locator("main form").last();
    if ((await first.getAttribute("method")) !== "post") {
      await fill(first, { unit: "01-D16" });
      await Promise.all([page.waitForEvent("load"), first.locator("button[type=submit]").last().click()]);
    }
    await send(page, { role: "clerk", department: null, first_day: null }, "a role");
    await page.goto(person);
    assert.match(await page.locator("main").innerText(), /شباك/);
    await fits(page, `a person at ${width} px`);
  });
  await t.test("a window", async () => {
    await page.goto(`${UNIT}/windows`);
    await send(page, { number: window, name: `شباك كبار السن ${window}` }, "a window");
    await page.goto(`${UNIT}/windows`);
    assert.ok((await page.locator("main").innerText()).includes(`شباك كبار السن ${window}`));
  });
  await t.test("hours", async () => {
    await page.goto(`${UNIT}/hours`);
    const form = page.locator("main form[method=post]").last();
    const text = await page.locator("main table").innerText();
    const dates = { "first_day.day": "1", "first_day.month": month, "first_day.year": "2027", "last_day.day": "30", "last_day.month": month, "last_day.year": "2027" };
    await form.locator("input[name=kind]").last().check();
    await form.locator("input[name=kind]").first().check();
    await send(page, { opens: "09:00", closes: "14:00", name: `مواعيد شهر ${month}`, ...dates }, "hours");
    await page.goto(`${UNIT}/hours`);
    assert.notEqual(await page.locator("main table").innerText(), text);
  });
  await t.test("a local holiday, which the centre's page then shows", async () => {
    await page.goto(`${UNIT}/holidays`);
    await send(page, { "day.day": day, "day.month": "12", "day.year": "2027", name: `العيد المحلي ${day}`, decision: "قرار المحافظ 900 لسنة 2026" }, "a holiday");
    await page.goto(`${UNIT}/holidays`);
    assert.ok((await page.locator("main").innerText()).includes(`العيد المحلي ${day}`));
  });
  clean();
  await context.close();
});

test("the supervisor of Giza is refused the same in Cairo", async () => {
  const { context, page } = await open(browser, demo.base);
  await login(page, "giza");
  for (const route of [UNIT, `${UNIT}/windows`, `${UNIT}/hours`, `${UNIT}/holidays`]) {
    const answer = await page.goto(route);
    assert.equal(answer.status(), 403, route);
    assert.ok((await page.locator("main a").count()) > 0, "a way on");
  }
  // The form's own address, with a sound token of their own.
  await page.goto("/me");
  const csrf = await page.locator("input[name=csrf]").first().inputValue();
  for (const [route, form] of [[`${UNIT}/windows`, { do: "add", number: "19", name: "شباك" }], [`${UNIT}/holidays`, { "day.day": "1", "day.month": "1", "day.year": "2028", name: "عطلة" }]]) {
    const answer = await page.request.post(route, { form: { csrf, command: "01a20112-1205-706d-a60d-15e9043cf0c7", ...form }, headers: { origin: demo.base }, maxRedirects: 0 });
    assert.equal(answer.status(), 403, route);
  }
  const own = await page.goto("/admin/people");
  assert.equal(own.status(), 200);
  assert.ok(!(await page.locator("main").innerText()).includes("موظفة الشباك، حي شرق"), "nobody of Cairo is listed");
  await context.close();
});
