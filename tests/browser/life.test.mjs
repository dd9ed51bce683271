// The whole life of a request: through every desk to the hand-over, followed and verified by the citizen, with
// JavaScript and without.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open, accessible, fits, wellFormed, FULL, takeOffline } from "./lib.mjs";
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

/** Somebody else's phone, which opened the verifier once and never a paper, reads the code with the network off. */
async function verifyOffline(code) {
  const { page: phone, context: away } = await open(browser, demo.base, { width: 320 });
  // The verifier asks the browser how old its lists are.
  await away.clock.setSystemTime(demo.now());
  await phone.goto("/verifier", { waitUntil: "networkidle" });
  await phone.waitForFunction(async () => {
    const kept = await navigator.serviceWorker.getRegistrations();
    return kept.length === 4 && kept.every((one) => one.active?.state === "activated") && navigator.serviceWorker.controller !== null;
  });
  await takeOffline(away);
  assert.equal(await phone.evaluate(() => fetch("/healthz").then(() => "reached", () => "gone")), "gone", "the network is off");
  const result = phone.locator("[data-result]");
  const check = async (text) => {
    await result.evaluate((e) => { e.hidden = true; });
    await phone.fill("[data-code]", text);
    await phone.press("[data-code]", "Enter");
    await phone.locator("[data-result]:not([hidden])").waitFor();
    return result.innerText();
  };
  // One changed digit of the signature: it is no paper any more.
  const at = code.length - 20;
  const forged = code.slice(0, at) + (code[at] === "7" ? "8" : "7") + code.slice(at + 1);
  for (const address of ["/verifier", "/verify", "reload"]) {
    if (address === "reload") await phone.reload();
    else await phone.goto(address);
    await wellFormed(phone, `${address} offline`);
    await fits(phone, `${address} offline`);
    assert.match(await check(code), /المحرر صحيح|التوقيع سليم/, `${address} offline`);
    assert.doesNotMatch(await check(forged), /المحرر صحيح|التوقيع سليم/);
  }
  // The phone's camera opens the address of the QR itself.
  await phone.goto(here(code));
  await phone.locator("[data-result]:not([hidden])").waitFor();
  const shown = await result.innerText();
  assert.match(shown, /المحرر صحيح|التوقيع سليم/);
  const [first, ...rest] = PERSON.name.split(" ");
  assert.ok(shown.includes(first) && rest.every((word) => !shown.includes(word)), `the holder is masked: ${shown}`);
  await assert.rejects(phone.goto("/services"), "other pages are left alone");
  await away.close();
}

for (const { service, javaScript, width } of MODES) {
  test(`check 3: ${service} from the counter to the citizen's hand ${javaScript ? "with" : "without"} JavaScript, the staff at ${width} px`, async (t) => {
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
    if (javaScript) await t.test("verified with the network off", () => verifyOffline(paper.qr));
    await context.close();
    await desks.close();
  });
}
