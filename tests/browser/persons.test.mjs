// A person at the window: found by mobile, corrected, kept from being erased while a request runs; the
// vans of a unit, and what a citizen then reads of them.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open, login, accessible, fits, wellFormed } from "./lib.mjs";
import { press, takeIn, PERSON } from "./forms.mjs";

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

for (const [javaScript, width] of [[true, 1200], [false, 320]]) {
  test(`a person is found by mobile and corrected, ${width} px, ${javaScript ? "with" : "without"} JavaScript`, async () => {
    const { context, page, clean } = await open(browser, demo.base, { javaScript, width });
    if (javaScript) await page.addInitScript(() => { window.print = () => {}; });
    await login(page, "clerk");
    await takeIn(page, "SHP-02");
    await page.goto("/counter/search");
    await page.fill("main input[name=q]", "٠١٠١٢٣٤٥٦٧٨");
    await Promise.all([page.waitForEvent("load"), page.locator("main form button").first().click()]);
    assert.match(await page.locator("main").innerText(), new RegExp(PERSON.name));
    const person = await page.locator('main a[href^="/counter/persons/"]').first().getAttribute("href");
    for (const path of [person, `${person}/correct`, `${person}/erase`]) {
      await page.goto(path);
      await wellFormed(page, path);
      await fits(page, path);
      if (javaScript) await accessible(page, path);
    }
    await page.goto(`${person}/correct`);
    assert.equal(await page.inputValue("main input[name=name]"), PERSON.name);
    await page.fill("main input[name=address]", "9 شارع الهرم");
    const wrong = await press(page, page.locator("main form button[type=submit]").last());
    assert.equal(wrong.status(), 422, "without a reason");
    assert.equal(await page.inputValue("main input[name=address]"), "9 شارع الهرم");
    await page.fill("main textarea[name=reason]", "غيّر عنوانه");
    await press(page, page.locator("main form button[type=submit]").last());
    await page.waitForURL(new RegExp(`${person}$`));
    assert.match(await page.locator("main").innerText(), /9 شارع الهرم/);

    await page.goto(`${person}/erase`);
    await page.locator("main input[name=ground]").first().check();
    const refused = await press(page, page.locator("main button.danger"));
    assert.equal(refused.status(), 422);
    assert.match(await page.locator("[data-summary]").innerText(), /لم ينتهِ بعد/);
    clean();
    await context.close();
  });
}

test("a van is added and sent somewhere, and the citizen reads where", async () => {
  const { context, page, clean } = await open(browser, demo.base, { width: 320 });
  await login(page, "supervisor");
  const route = "/admin/units/01-D16/vans";
  await page.goto(route);
  const before = await page.locator("main section.card").count();
  await page.fill("main input[name=name]", "المتنقل رقم 7");
  await press(page, page.locator("main button[value=add]"));
  assert.equal(await page.locator("main section.card").count(), before + 1);
  const day = new Date(Date.now() + 3 * 24 * 3600 * 1000);
  await page.locator("main select[name=centre]").selectOption({ label: "المتنقل رقم 7" });
  for (const [part, value] of [["day", day.getDate()], ["month", day.getMonth() + 1], ["year", day.getFullYear()]]) await page.fill(`main input[name="day.${part}"]`, String(value));
  await page.fill("main input[name=place]", "ميدان المحطة");
  await page.fill("main input[name=opens]", "٩");
  await page.fill("main input[name=closes]", "13:30");
  const planned = await press(page, page.locator("main button[value=plan]"));
  assert.equal(planned.status(), 303);
  await wellFormed(page, route);
  await fits(page, route);
  await accessible(page, route);
  await page.goto("/centres/01-D16");
  assert.match(await page.locator("main").innerText(), /المتنقل رقم 7[\s\S]*ميدان المحطة/);
  await fits(page, "the centre's page");
  clean();
  await context.close();
});
