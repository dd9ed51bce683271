// The end of the session in mid-form, a power cut, the same form twice, the back button.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open, login, accessible, fits } from "./lib.mjs";
import { fill, press, PERSON } from "./forms.mjs";

const FORM = "/counter/new?service=SHP-02";
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

/** The session is over: the browser has forgotten it, as it does after twelve hours. */
const expire = (context) => context.clearCookies({ name: "__Host-shubbak" });

/** Logs in on the page that is open. */
async function again(page, name) {
  await page.fill("input[name=login]", name);
  await page.fill("input[name=password]", "shubbak-demo");
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith("/login")), page.click("main button[type=submit]")]);
}

for (const javaScript of [true, false]) {
  test(`check 11: after the session the typed form comes back ${javaScript ? "with" : "without"} JavaScript`, async () => {
    const { context, page, clean } = await open(browser, demo.base, { javaScript, width: javaScript ? 1200 : 320 });
    await login(page, "clerk");
    await page.goto(FORM);
    const typed = { "applicant.nid": PERSON.nid, "applicant.full_name": PERSON.name, "applicant.mobile_number": PERSON.mobile, "a.shop_trade_name": "بقالة النور" };
    for (const [name, value] of Object.entries(typed)) await page.fill(`[name="${name}"]`, value);
    await page.locator('input[name="papers"]').first().check();
    await expire(context);
    await Promise.all([page.waitForURL(/\/login\?/), page.locator("button[value=register]").last().click()]);
    assert.match(await page.locator("main").innerText(), /وهو محفوظ لك/);
    await again(page, "clerk");
    assert.match(page.url(), /\/counter\/new\?.*kept=/);
    for (const [name, value] of Object.entries(typed)) assert.equal(await page.inputValue(`[name="${name}"]`), value, name);
    assert.ok(await page.locator('input[name="papers"]').first().isChecked());
    assert.match(await page.locator("main").innerText(), /عاد ما كتبته/);
    await fits(page, "the form that came back");
    if (javaScript) await accessible(page, "the form that came back");
    // Another person at the same browser sees nothing of it.
    const kept = page.url();
    await expire(context);
    await page.goto(kept);
    await again(page, "maadi");
    assert.equal(await page.inputValue('[name="applicant.full_name"]'), "", "never shown to another");
    assert.doesNotMatch(await page.locator("main").innerText(), /عاد ما كتبته/);
    clean();
    await context.close();
  });
}

test("check 11: an administration form comes back by the same mechanism", async () => {
  const { context, page, clean } = await open(browser, demo.base);
  await login(page, "supervisor");
  await page.goto("/admin/units/01-D16/hours");
  await page.locator("main input[name=kind]").last().check();
  await page.fill("main input[name=opens]", "09:15");
  await page.fill("main input[name=name]", "مواعيد الربيع");
  await expire(context);
  await Promise.all([page.waitForURL(/\/login\?/), page.locator("main form[method=post] button[type=submit]").last().click()]);
  await again(page, "supervisor");
  assert.equal(await page.inputValue("main input[name=opens]"), "09:15");
  assert.equal(await page.inputValue("main input[name=name]"), "مواعيد الربيع");
  assert.ok(await page.locator("main input[name=kind]").last().isChecked());
  await accessible(page, "a form that came back");
  clean();
  await context.close();
});

test("check 11: a power cut loses at most the field being typed", async () => {
  const first = await open(browser, demo.base);
  await login(first.page, "clerk");
  await first.page.goto(FORM);
  const saved = () => first.page.waitForResponse((answer) => answer.request().method() === "POST" && answer.status() === 204);
  await first.page.fill('[name="applicant.full_name"]', PERSON.name);
  await Promise.all([saved(), first.page.locator('[name="applicant.full_name"]').press("Tab")]);
  await first.page.waitForFunction(() => /حُفظت المسودة/.test(document.querySelector("[data-saved]").textContent));
  await first.page.locator('[name="a.shop_trade_name"]').pressSequentially("بقا");
  const request = await first.page.inputValue('[name="request"]');
  first.clean();
  await first.context.close({ runBeforeUnload: false });

  const second = await open(browser, demo.base);
  await login(second.page, "clerk");
  await second.page.goto("/counter");
  await second.page.click(`a[href="/counter/new?draft=${request}"]`);
  assert.equal(await second.page.inputValue('[name="applicant.full_name"]'), PERSON.name);
  second.clean();
  await second.context.close();
});

test("check 11: going back after a registration sends nothing again", async () => {
  const { context, page, clean } = await open(browser, demo.base);
  await page.addInitScript(() => { window.print = () => {}; });
  await login(page, "clerk");
  await page.goto(FORM);
  const form = page.locator("form[data-intake]");
  await fill(form, { "applicant.nid": PERSON.nid, "applicant.full_name": PERSON.name, "applicant.mobile_number": PERSON.mobile, "a.handles_food": "no" });
  let posts = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && (request.postData() ?? "").includes("register")) posts += 1;
  });
  await press(page, page.locator("button[value=register]").last());
  await page.waitForURL(/\/counter\/done\//);
  assert.equal(posts, 1);
  await page.goBack();
  await page.waitForLoadState("networkidle");
  assert.equal(posts, 1, "back shows the form and sends nothing");
  clean();
  await context.close();
});
