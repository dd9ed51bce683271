// Check 18: Lighthouse on public pages, as a phone sees them. Two pages in continuous integration, five in the long form.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { createServer } from "node:net";
import lighthouse from "lighthouse";
import { serveDemo, launch, FULL } from "./lib.mjs";

const PAGES = ["/", "/services/SHP-01", ...(FULL ? ["/services?q=%D9%85%D8%AD%D9%84", "/centres?gov=01", "/verify"] : [])];
/** Scores that a page must reach. */
const LEAST = { performance: 0.9, accessibility: 1, "best-practices": 1 };

let demo;
let browser;
let port;
before(async () => {
  demo = await serveDemo();
  const probe = createServer();
  port = await new Promise((done) => probe.listen(0, "127.0.0.1", () => done(probe.address().port)));
  await new Promise((done) => probe.close(done));
  browser = await launch([`--remote-debugging-port=${port}`]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

for (const address of PAGES) {
  test(`check 18: Lighthouse at ${address}`, async () => {
    // The network and the phone's processor are simulated from what was loaded, so that the machine's own pace counts little.
    const { lhr } = await lighthouse(demo.base + address, { port, logLevel: "error", output: "json", onlyCategories: Object.keys(LEAST), maxWaitForLoad: 20_000 });
    assert.equal(lhr.runtimeError, undefined);
    const scores = Object.fromEntries(Object.entries(lhr.categories).map(([name, { score }]) => [name, score]));
    const missed = Object.values(lhr.categories).flatMap(({ id, auditRefs }) => (id === "performance" ? [] : auditRefs.filter(({ id: audit, weight }) => weight > 0 && lhr.audits[audit].score !== null && lhr.audits[audit].score < 1).map(({ id: audit }) => audit)));
    console.log(`${address}: ${JSON.stringify(scores)}, shown after ${Math.round(lhr.audits["first-contentful-paint"].numericValue)} ms of a phone's time`);
    for (const [name, least] of Object.entries(LEAST)) assert.ok(scores[name] >= least, `${address}: ${name} ${scores[name]}, missed: ${missed}`);
  });
}
