// The whole life of a shop's request: through every desk to the hand-over, followed and verified by the citizen.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open, login, accessible, fits, wellFormed } from "./lib.mjs";
import { fill, press, takeIn, PERSON } from "./forms.mjs";
import { printed, here } from "./prints.mjs";

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

/** Somebody's own browser; the middle of the life goes without JavaScript. */
const people = new Map();
async function as(name) {
  if (!people.has(name)) {
    const opened = await open(browser, demo.base, { javaScript: false });
    await login(opened.page, name);
    people.set(name, opened);
  }
  return people.get(name).page;
}

/** Today's day in Egypt for a date of three boxes. */
function today(name) {
  const [year, month, day] = new Intl.DateTimeFormat("en-CA", { timeZone: "Africa/Cairo" }).format(new Date()).split("-");
  return { [`${name}.day`]: day, [`${name}.month`]: month, [`${name}.year`]: year };
}

const accepted = (answer, what, summary) => assert.equal(answer.status(), 303, `${what}: ${summary}`);
const summary = (page) => page.locator("[data-summary]").innerText({ timeout: 1000 }).catch(() => "");

/** One form of a file's page. */
async function send(page, form, given, what) {
  await form.evaluate((e) => e.closest("details")?.setAttribute("open", ""));
  await fill(form, given);
  const answer = await press(page, form.locator("button[type=submit]").first());
  accepted(answer, what, await summary(page));
}

/** What a file's page may ask for, most pressing first. */
const ACTIONS = [
  ["issue", {}],
  ["assess", {}],
  ["schedule", { ...today("schedule-date"), "schedule-hour": "11" }],
  ["accept", { "accept-opinion": "favourable", "accept-note": "لا مانع" }],
];
let scheduled = false;

/** What one person can do for the case now: a word for what was done, or nothing. */
async function turn(name, { id, number }) {
  const page = await as(name);
  if (name === "cashier") {
    await page.goto(`/counter/pay?q=${number.replaceAll(" ", "")}`);
    const form = page.locator('main form[method=post][action="/counter/pay"]');
    if ((await form.count()) === 0) return null;
    const total = (await page.locator(".total .num").innerText()).replace(/[^\d.]/g, "");
    await send(page, form, { amount: total }, "pay");
    assert.equal(await page.locator('a[href^="/receipts/"]').count() > 0, true, "a receipt is offered");
    return "pay";
  }
  if (name === "inspector") {
    await page.goto("/desk/visits");
    const link = page.locator(`a.btn[href^="/desk/visits/${id}/"]`);
    if ((await link.count()) === 0) return null;
    await page.goto(await link.first().getAttribute("href"));
    assert.ok((await page.locator("main").innerText()).includes(PERSON.name.split(" ")[0]), `the inspector sees the name on the day: ${await page.locator("main").innerText()}`);
    await send(page, page.locator("main form[method=post]"), { ...today("visit-date"), "visit-recommendation": "accept" }, "visit");
    return "visit";
  }
  await page.goto("/desk?service=SHP-01");
  const desks = new Set(await page.locator(`main tbody a[href*="${id}"]`).evaluateAll((all) => all.map((a) => a.getAttribute("href"))));
  if (desks.size === 0 && name === "bodies") desks.add(`/desk/requests/${id}`);
  for (const desk of desks) {
    if (!(await page.goto(desk)).ok()) continue;
    if (name === "officer" || name === "civdef" || name === "bodies") {
      const text = await page.locator("main").innerText();
      assert.ok(!text.includes(PERSON.nid) && !text.includes(PERSON.mobile), `${name} sees no person`);
    }
    for (const [action, given] of ACTIONS) {
      const form = page.locator(`form[action$="/${action}"]`);
      if ((await form.count()) === 0 || (action === "schedule" && scheduled)) continue;
      await send(page, form.first(), given, `${name} ${action}`);
      if (action === "schedule") scheduled = true;
      return action;
    }
  }
  return null;
}

/** Follows by the slip's link, and by number and PIN; answers what the page says. */
async function follow(citizen, slip, moment) {
  await citizen.goto(slip.link);
  const byLink = await citizen.locator("main").innerText();
  await citizen.goto("/track");
  await citizen.fill("input[name=number]", slip.number);
  await citizen.fill("input[name=pin]", slip.pin);
  await press(citizen, citizen.locator('form[action="/track"] button[type=submit]').last());
  const byNumber = await citizen.locator("main").innerText();
  for (const text of [byLink, byNumber]) {
    assert.ok(text.includes("محل"), `${moment}: the service is named in ${text}`);
    for (const secret of [PERSON.nid, PERSON.mobile, PERSON.name]) assert.ok(!text.includes(secret), `${moment}: personal data on the page`);
  }
  const tag = await citizen.locator("#now .tag").innerText();
  assert.ok(tag.trim().length > 1, `${moment}: a state`);
  return tag;
}

test("a shop licence from the counter to the citizen's hand, followed at each moment", async (t) => {
  const { page: citizen, context, clean } = await open(browser, demo.base, { width: 320 });
  let slip;
  await t.test("taken in, with a slip", async () => {
    const clerk = await as("clerk");
    slip = await takeIn(clerk, "SHP-01");
    const paper = await printed(clerk, `/requests/${slip.id}/slip-a5.pdf`);
    slip.link = here(paper.qr);
    assert.match(slip.link, /^\/[Tt]\//);
    assert.ok(await follow(citizen, slip, "taken in"));
    await wellFormed(citizen, "tracking");
    await fits(citizen, "tracking");
    await accessible(citizen, "tracking");
  });

  const done = [];
  const told = new Set();
  await t.test("from desk to desk", async () => {
    const roles = ["clerk", "officer", "cashier", "inspector", "civdef", "bodies", "decider", "head"];
    for (let quiet = 0, at = 0; quiet < roles.length; at += 1) {
      const name = roles[at % roles.length];
      const what = await turn(name, slip);
      if (!what) {
        quiet += 1;
        continue;
      }
      quiet = 0;
      at -= 1; // The same person may have more to do.
      done.push(`${name} ${what}`);
      if (what === "issue") break;
      told.add(await follow(citizen, slip, `${name} ${what}`));
      assert.ok(done.length < 40, `it does not end: ${done}`);
    }
    console.log(done.join(", "));
    for (const word of ["officer accept", "inspector visit", "civdef accept", "bodies accept", "decider accept", "head accept", "cashier pay"]) {
      assert.ok(done.includes(word), `${word} is missing among ${done}`);
    }
    assert.ok(done.at(-1).endsWith("issue"), `the licence was not issued: ${done}`);
    assert.ok(told.size > 1, `the state changes on the way: ${[...told]}`);
  });

  let paper;
  await t.test("handed over at the window", async () => {
    const clerk = await as("clerk");
    await clerk.goto(`/counter/requests/${slip.id}`);
    const file = await clerk.locator('main a[href^="/papers/"]').first().getAttribute("href");
    paper = await printed(await as("decider"), file);
    assert.match(paper.text, /رخصة|ترخيص/);
    assert.equal(paper.type, "application/pdf");
    await clerk.goto(`/counter/requests/${slip.id}/hand-over`);
    await send(clerk, clerk.locator("main form[method=post]"), { to: "applicant", checked: "NID" }, "hand-over");
    assert.ok(await follow(citizen, slip, "handed over"));
  });

  await t.test("verified online by the paper's QR", async () => {
    const link = here(paper.qr);
    assert.match(link, /^\/[Vv]\//);
    await citizen.goto(link);
    await wellFormed(citizen, "a paper");
    await fits(citizen, "a paper");
    await citizen.locator(".verdict.ok, [data-result].ok").first().waitFor();
    await accessible(citizen, "a paper");
    clean();
    const { page: plain, context: other } = await open(browser, demo.base, { javaScript: false });
    await plain.goto(link.split("#")[0]);
    assert.equal(await plain.locator(".verdict.ok").count(), 1, "also without JavaScript");
    await other.close();
  });

  await t.test("verified with the network off", async () => {
    await citizen.goto("/verifier");
    await citizen.evaluate(() => navigator.serviceWorker.ready);
    await citizen.goto("/verifier", { waitUntil: "networkidle" });
    const check = async (code) => {
      await citizen.fill("[data-code]", code);
      await citizen.press("[data-code]", "Enter");
      await citizen.locator("[data-result]:not([hidden])").waitFor();
      return citizen.locator("[data-result]");
    };
    await check(paper.qr);
    await citizen.waitForLoadState("networkidle");
    await context.setOffline(true);
    await citizen.locator("[data-result]").evaluate((e) => { e.hidden = true; });
    const result = await check(paper.qr);
    assert.match(await result.innerText(), /المحرر صحيح وسارٍ/);
    // One changed letter of the signature: it is no paper any more.
    const at = paper.qr.length - 20;
    const forged = paper.qr.slice(0, at) + (paper.qr[at] === "7" ? "8" : "7") + paper.qr.slice(at + 1);
    await citizen.locator("[data-result]").evaluate((e) => { e.hidden = true; });
    const refused = await check(forged);
    assert.doesNotMatch(await refused.innerText(), /المحرر صحيح/);
    await context.setOffline(false);
  });
  await context.close();
});
