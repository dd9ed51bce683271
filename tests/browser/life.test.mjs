// The whole life of a request: through every desk to the hand-over, followed and verified by the citizen, with
// JavaScript and without.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open, accessible, fits, wellFormed, FULL } from "./lib.mjs";
import { press, takeIn, PERSON } from "./forms.mjs";
import { printed, here } from "./prints.mjs";
import { Desks } from "./desks.mjs";

/** Service, words by which the citizen knows it, what must be done on the way. */
const LIVES = {
  "SHP-01": { name: "محل", paper: /رخصة|ترخيص/, pages: 1, facts: [PERSON.name, "بقالة النور"], acts: ["officer accept", "inspector visit", "civdef accept", "bodies accept", "decider accept", "head accept", "cashier pay"] },
  "BLD-02": { name: "بناء", paper: /رخصة بناء/, pages: 1, facts: [PERSON.name, "م. سنوسرت الفيروز"], acts: ["officer accept", "inspector visit", "officer assess", "head accept", "cashier pay"] },
};
const MODES = [
  { service: "SHP-01", javaScript: false, width: 1200 },
  { service: "SHP-01", javaScript: true, width: 1200 },
  { service: "BLD-02", javaScript: true, width: 1200 },
  ...(FULL ? [{ service: "SHP-01", javaScript: true, width: 320 }, { service: "SHP-01", javaScript: false, width: 320 }, { service: "BLD-02", javaScript: false, width: 320 }] : []),
];

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

/** Follows by the slip's link, or by its number and PIN; answers the state that the page tells. */
async function follow(citizen, slip, moment, { typed = false } = {}) {
  if (typed) {
    await citizen.goto("/track");
    await citizen.fill("input[name=number]", slip.number);
    await citizen.fill("input[name=pin]", slip.pin);
    await press(citizen, citizen.locator('form[action="/track"] button[type=submit]').last());
  } else await citizen.goto(slip.link);
  const text = await citizen.locator("main").innerText();
  assert.ok(text.includes(slip.name), `${moment}: the service is named in ${text}`);
  for (const secret of [PERSON.nid, PERSON.mobile, PERSON.name]) assert.ok(!text.includes(secret), `${moment}: personal data on the page`);
  const tag = await citizen.locator("#now .tag").innerText();
  assert.ok(tag.trim().length > 1, `${moment}: a state`);
  return tag;
}

/** The verifier page of the citizen's browser reads the code with the network off; one changed digit is refused. */
async function verifyOffline(citizen, context, code) {
  await citizen.goto("/verifier");
  await citizen.evaluate(() => navigator.serviceWorker.ready);
  await citizen.goto("/verifier", { waitUntil: "networkidle" });
  const result = citizen.locator("[data-result]");
  const check = async (text) => {
    await result.evaluate((e) => { e.hidden = true; });
    await citizen.fill("[data-code]", text);
    await citizen.press("[data-code]", "Enter");
    await citizen.locator("[data-result]:not([hidden])").waitFor();
    return result.innerText();
  };
  await check(code);
  await citizen.waitForLoadState("networkidle");
  await context.setOffline(true);
  assert.match(await check(code), /المحرر صحيح وسارٍ/);
  // One changed digit of the signature: it is no paper any more.
  const at = code.length - 20;
  assert.doesNotMatch(await check(code.slice(0, at) + (code[at] === "7" ? "8" : "7") + code.slice(at + 1)), /المحرر صحيح/);
  await context.setOffline(false);
}

for (const { service, javaScript, width } of MODES) {
  test(`${service} from the counter to the citizen's hand ${javaScript ? "with" : "without"} JavaScript, the staff at ${width} px`, async (t) => {
    const life = LIVES[service];
    const desks = new Desks(browser, demo, { javaScript, width });
    const { page: citizen, context, clean } = await open(browser, demo.base, { width: 320, javaScript });
    // The verifier asks the browser how old its lists are.
    if (javaScript) await context.clock.setSystemTime(demo.now());
    // Axe runs where a rendering is new: once, in a browser with JavaScript.
    const looked = async (where) => {
      await wellFormed(citizen, where);
      await fits(citizen, where);
      if (javaScript) await accessible(citizen, where);
    };
    let slip;
    await t.test("taken in, with a slip", async () => {
      const clerk = await desks.as("clerk");
      slip = { name: life.name, ...(await takeIn(clerk, service)) };
      slip.link = here((await printed(clerk, `/requests/${slip.id}/slip-a5.pdf`)).qr);
      assert.match(slip.link, /^\/[Tt]\//);
      assert.equal(await follow(citizen, slip, "taken in", { typed: true }), await follow(citizen, slip, "taken in"));
      await looked("tracking");
    });
    await t.test("from desk to desk", async () => {
      const told = new Set();
      const done = await desks.work(slip, async (act, at) => told.add(await follow(citizen, slip, act, { typed: at % 3 === 0 })));
      console.log(done.join(", "));
      for (const word of life.acts) assert.ok(done.includes(word), `${word} is missing among ${done}`);
      assert.ok(told.size > 1, `the state changes on the way: ${[...told]}`);
    });
    let paper;
    await t.test("handed over at the window", async () => {
      const file = await desks.handOver(slip);
      paper = await printed(await desks.as("decider"), file);
      assert.match(paper.text, life.paper);
      assert.equal(paper.pages, life.pages);
      for (const fact of life.facts) assert.ok(paper.text.includes(fact), `«${fact}» is missing in ${paper.text}`);
      assert.equal(paper.type, "application/pdf");
      await follow(citizen, slip, "handed over", { typed: true });
      await follow(citizen, slip, "handed over");
      await looked("a finished request");
    });
    await t.test("verified online by the paper's QR", async () => {
      const link = here(paper.qr);
      assert.match(link, /^\/[Vv]\//);
      await citizen.goto(javaScript ? link : link.split("#")[0]);
      await citizen.locator(".verdict.ok, [data-result].ok").first().waitFor();
      await looked("a paper");
      clean();
    });
    if (javaScript) await t.test("verified with the network off", () => verifyOffline(citizen, context, paper.qr));
    await context.close();
    await desks.close();
  });
}
