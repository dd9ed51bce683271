// What is printed: the papers of a case with their facts and codes, and pages of the site by the browser's own printer.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open } from "./lib.mjs";
import { takeIn, PERSON } from "./forms.mjs";
import { printed, pagesOf, copied, here } from "./prints.mjs";
import { Desks } from "./desks.mjs";

let demo;
let browser;
let desks;
before(async () => {
  demo = await serveDemo();
  browser = await launch();
  desks = new Desks(browser, demo, {});
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** The paper holds the facts, each in one piece and in the order in which it is read. */
function holds(paper, facts, what) {
  for (const fact of facts) assert.ok(paper.text.includes(fact), `${what}: «${fact}» is missing in ${paper.text}`);
}

/** The code opens its page on this server. */
async function opens(page, code, path, what) {
  assert.match(code ?? "none", /^https?:\/\//i, `${what}: a code`);
  const url = new URL(code);
  assert.equal(url.host.toLowerCase(), new URL(demo.base).host.replace(/:\d+$/, url.port ? `:${url.port}` : ""), `${what}: the code's host`);
  assert.match(url.pathname, path, what);
  assert.equal((await page.request.get(here(code))).status(), 200, `${what}: the code's page`);
}

test("check 13: the papers of a certificate, from slip to receipt to the paper itself", async (t) => {
  const clerk = await desks.as("clerk");
  const slip = await takeIn(clerk, "CER-04", { "applicant.nid": PERSON.nid });
  const { page: citizen } = await open(browser, demo.base);
  for (const [kind, pages] of [["slip-a5", 1], ["slip-80", 1], ["print-out", undefined]]) {
    await t.test(kind, async () => {
      const paper = await printed(clerk, `/requests/${slip.id}/${kind}.pdf`);
      assert.equal(paper.type, "application/pdf");
      if (pages) assert.equal(paper.pages, pages);
      holds(paper, [slip.number, PERSON.name, "تغيير"].slice(0, 2), kind);
      if (kind !== "print-out") holds(paper, [slip.pin, "إيصال استلام طلب"], kind);
      await opens(citizen, paper.qr, /^\/T\/[0-9A-Z]{16}$/i, kind);
    });
  }
  await desks.work(slip);
  await t.test("the receipt", async () => {
    const cashier = await desks.as("cashier");
    const receipt = await printed(cashier, slip.receipt);
    assert.equal(receipt.pages, 1);
    holds(receipt, [slip.number, PERSON.name, "إيصال سداد"], "receipt");
    assert.ok(receipt.text.replaceAll(",", "").includes(slip.paid.replaceAll(",", "")), `the sum ${slip.paid} in ${receipt.text}`);
    await opens(citizen, receipt.qr, /^\/[VT]\//i, "receipt");
  });
  await t.test("the certificate", async () => {
    const paper = await printed(await desks.as("decider"), await desks.handOver(slip));
    assert.equal(paper.pages, 1);
    holds(paper, [PERSON.name], "certificate");
    await opens(citizen, paper.qr, /^\/V\//i, "certificate");
  });
});

/** What the printer would show: no text lighter than the sheet can carry. */
async function legible(page, where) {
  await page.emulateMedia({ media: "print" });
  const pale = await page.evaluate(() => {
    const channel = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    const light = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
    const out = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode()); ) {
      const parent = node.parentElement;
      if (!node.data.trim() || !parent.checkVisibility({ visibilityProperty: true }) || parent.closest(".sr, script, style")) continue;
      const color = getComputedStyle(parent).color.match(/[\d.]+/g).map(Number);
      // Backgrounds are not printed.
      if (1.05 / (light(color) + 0.05) < 4.5) out.push(`${node.data.trim()} (${getComputedStyle(parent).color})`);
    }
    return out;
  });
  assert.deepEqual(pale, [], `${where}: too pale on paper`);
}

for (const [name, route] of [[null, "/services/SHP-01"], [null, "/services/SHP-01/print"], [null, "/services/BLD-02/print"], ["officer", "a file"], ["clerk", "/counter"], ["auditor", "/me"]]) {
  test(`check 13: ${route} prints as ${name ?? "a citizen"}`, async () => {
    const page = name ? await desks.as(name) : (await open(browser, demo.base)).page;
    let address = route;
    if (route === "a file") {
      await page.goto("/desk");
      address = await page.locator('main tbody a[href^="/desk/requests/"]').first().getAttribute("href");
    }
    await page.goto(address);
    await legible(page, address);
    const words = (text) => copied(text).split(" ").sort().join(" ");
    const headings = new Set((await page.locator("h1:visible, h2:visible, h3:visible").allInnerTexts()).map(words));
    const pages = pagesOf(await page.pdf({ preferCSSPageSize: true }));
    assert.ok(pages.length >= 1 && pages.length < 8, `${address}: ${pages.length} pages`);
    const title = await page.locator("h1").innerText();
    assert.ok(pages[0].some((line) => words(line).includes(words(title).split(" ")[0])), `${address}: its heading is on the first page`);
    for (const lines of pages.slice(0, -1)) assert.ok(!headings.has(words(lines.at(-1))), `${address}: «${lines.at(-1)}» stands alone at a page's end`);
    await page.emulateMedia({ media: null });
  });
}
