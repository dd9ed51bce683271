// The main pages of each role: well formed, no sideways scrolling, no violation, no script error.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open, login, accessible, fits, wellFormed } from "./lib.mjs";

const UNIT = "/admin/units/01-D16";

/** Who opens what. */
const PAGES = {
  clerk: ["/counter", "/counter/new", "/counter/new?service=SHP-01", "/counter/search?q=", "/me"],
  cashier: ["/counter", "/counter/pay"],
  officer: ["/desk", "/desk?tab=late", "file"],
  decider: ["/desk", "file"],
  inspector: ["/desk/visits"],
  titles: ["/desk"],
  secretary: ["/desk/sittings"],
  civdef: ["/desk"],
  bodies: ["/desk"],
  head: ["/desk", "/desk/approvals"],
  manager: ["/me"],
  supervisor: ["/admin/people", "/admin/people/new", UNIT, `${UNIT}/windows`, `${UNIT}/hours`, `${UNIT}/holidays`],
  catalogue: ["/me"],
  auditor: ["/me"],
  operator: ["/me", "/me/password"],
};

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

async function look(name, width, checked) {
  const { context, page, clean } = await open(browser, demo.base, { width });
  await login(page, name);
  for (const route of PAGES[name]) {
    let path = route;
    if (route === "file") {
      await page.goto("/desk");
      path = await page.locator('main tbody a[href^="/desk/requests/"]').first().getAttribute("href");
    }
    const answer = await page.goto(path);
    const where = `${path} as ${name} at ${width} px`;
    assert.equal(answer.status(), 200, where);
    await wellFormed(page, where);
    await fits(page, where);
    if (checked) await accessible(page, where);
    clean();
  }
  await context.close();
}

for (const name of Object.keys(PAGES)) test(`the pages of ${name} at 320 px`, () => look(name, 320, true));
for (const name of ["officer", "clerk"]) test(`the pages of ${name} at 1200 px`, () => look(name, 1200, true));
