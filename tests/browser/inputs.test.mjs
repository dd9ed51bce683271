// What comes in at the keyboard: digits of three scripts, the scanner's burst, a form sent twice, the way back.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { serveDemo, launch, open, login, scan } from "./lib.mjs";
import { fill, press, takeIn, slip, PERSON } from "./forms.mjs";
import { printed } from "./prints.mjs";
import { Desks } from "./desks.mjs";

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

async function as(name, options = {}) {
  const opened = await open(browser, demo.base, options);
  await login(opened.page, name);
  return opened;
}

/** The same digits as people write them. */
const SCRIPTS = {
  Latin: (text) => text,
  "Arabic-Indic": (text) => text.replace(/\d/g, (digit) => "٠١٢٣٤٥٦٧٨٩"[digit]).replaceAll(".", "٫").replaceAll(",", "٬"),
  Persian: (text) => text.replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]),
};
const answers = (page) => page.locator("main dl.answers > div").evaluateAll((all) => Object.fromEntries(all.map((row) => [row.querySelector("dt").innerText, row.querySelector("dd").innerText])));

test("check 7: digits of every script are the same at the intake, at the till, for tracking and for verifying", async (t) => {
  const desks = new Desks(browser, demo, { javaScript: false });
  const clerk = await desks.as("clerk");
  const taken = {};
  await t.test("the intake", async () => {
    for (const [script, write] of Object.entries(SCRIPTS)) {
      const given = {
        "applicant.nid": write(PERSON.nid), "applicant.mobile_number": write(PERSON.mobile), "a.shop_area_m2": write("44.5"), "a.workers_count": write("3"),
      };
      const one = await takeIn(clerk, "SHP-02", given);
      await clerk.goto(`/counter/requests/${one.id}`);
      taken[script] = { ...one, answers: await answers(clerk) };
    }
    const seen = Object.values(taken).map((one) => one.answers);
    assert.ok(Object.keys(seen[0]).length > 8, "there are answers");
    for (const own of seen.slice(1)) for (const [label, value] of Object.entries(seen[0])) if (!/تاريخ الاستلام|استُلم|وقت/.test(label)) assert.equal(own[label], value, label);
    assert.ok(Object.values(seen[0]).some((value) => value.includes("44.5")), "with its fraction");
  });
  const { page: citizen } = await open(browser, demo.base, { javaScript: false });
  await t.test("tracking", async () => {
    for (const write of Object.values(SCRIPTS)) {
      const { number, pin } = taken.Latin;
      await citizen.goto("/track");
      await citizen.fill("input[name=number]", write(number));
      await citizen.fill("input[name=pin]", write(pin));
      await press(citizen, citizen.locator('form[action="/track"] button[type=submit]').last());
      assert.ok((await citizen.locator("#now .tag").count()) > 0, `${write(number)} is found`);
    }
  });
  let paper;
  await t.test("the till", async () => {
    const cashier = await desks.as("cashier");
    for (const [script, write] of Object.entries(SCRIPTS)) {
      const one = await takeIn(clerk, "CER-04");
      while (!(await desks.collect(cashier, one, write))) assert.ok((await desks.turn("clerk", one)) || (await desks.turn("officer", one)), `${script}: nothing is to be paid`);
      paper = one;
    }
  });
  await t.test("verifying", async () => {
    await desks.work(paper);
    await clerk.goto(`/counter/requests/${paper.id}`);
    const number = (await clerk.locator('main a[href^="/papers/"]').first().innerText()).trim();
    for (const write of Object.values(SCRIPTS)) {
      await citizen.goto("/verify");
      await citizen.locator('form[action="/verify"] input[type=text]').fill(write(number));
      await press(citizen, citizen.locator('form[action="/verify"] button[type=submit]').last());
      assert.equal(await citizen.locator(".verdict.ok").count(), 1, `${write(number)} is verified`);
    }
  });
  await desks.close();
});

test("check 7: a code typed with the other layout on is understood", async () => {
  const { context, page, clean } = await as("clerk");
  // SHP-02 as its keys give it with the Arabic layout on.
  await page.goto("/counter/new");
  await page.fill("main input[name=service]", "ساح-٠٢");
  await Promise.all([page.waitForURL(/service=/), page.press("main input[name=service]", "Enter")]);
  assert.ok((await page.locator("main").innerText()).includes("SHP-02"), page.url());
  // And an Arabic search with the Latin one: «محل» is lpg.
  await page.goto("/services?q=lpg");
  assert.ok((await page.locator('main a[href^="/services/SHP-"]').count()) > 0);
  clean();
  await context.close();
});

test("check 9: a scanner opens the request, wherever the cursor is and whichever layout is on", async (t) => {
  const { context, page, clean } = await as("clerk");
  const { number, id } = await takeIn(page, "SHP-02");
  const digits = number.replaceAll(" ", "");
  for (const arabic of [false, true]) {
    for (const [place, address, focus] of [
      ["nowhere", "/counter", "body"], ["a search field", "/counter/search", "input[name=q]"], ["a text", "/counter/new?service=SHP-01", '[name="a.shop_trade_name"]'],
      ["a number", "/counter/new?service=SHP-01", '[name="applicant.nid"]'], ["a list", "/counter/new?service=SHP-01", "main select"],
    ]) {
      await t.test(`${place}, ${arabic ? "Arabic" : "Latin"} layout`, async () => {
        await page.goto(address);
        if (focus === "body") await page.evaluate(() => document.activeElement?.blur());
        else await page.focus(focus);
        await Promise.all([page.waitForURL((url) => url.pathname === `/counter/requests/${id}`), scan(page, digits, { arabic })]);
      });
    }
  }
  await t.test("the code on the slip", async () => {
    const { qr } = await printed(page, `/requests/${id}/slip-80.pdf`);
    for (const arabic of [false, true]) {
      await page.goto("/counter/new?service=SHP-01");
      await page.focus('[name="applicant.full_name"]');
      await Promise.all([page.waitForURL((url) => url.pathname === `/counter/requests/${id}`), scan(page, qr, { arabic })]);
    }
  });
  clean();
  await context.close();
});

test("check 9: what a scanner types into a text is taken back, what a hand types stays", async () => {
  const { context, page } = await as("clerk");
  await page.goto("/counter/new?service=SHP-01");
  await page.fill('[name="a.shop_trade_name"]', "بقالة");
  await page.focus('[name="a.shop_trade_name"]');
  await page.keyboard.press("End");
  await page.keyboard.type(" 2", { delay: 45 });
  assert.equal(await page.inputValue('[name="a.shop_trade_name"]'), "بقالة 2");
  await context.close();
});

/** A shop's form filled in, ready to be sent. */
async function filled(page) {
  await page.goto("/counter/new?service=SHP-02");
  const form = page.locator("form[data-intake]");
  await fill(form, { "applicant.nid": PERSON.nid, "applicant.full_name": PERSON.name, "applicant.mobile_number": PERSON.mobile, "a.handles_food": "no", papers: null });
  return form.locator("button[value=register]");
}

test("check 11: an impatient clerk who presses twice registers once", async () => {
  const { context, page, clean } = await as("clerk");
  const button = await filled(page);
  const posts = [];
  page.on("request", (request) => request.method() === "POST" && request.isNavigationRequest() && posts.push(request.url()));
  await Promise.all([page.waitForURL(/\/counter\/done\//), button.dblclick()]);
  assert.equal(posts.length, 1, "one form was sent");
  const { number } = await slip(page);
  await page.goto("/counter");
  assert.equal(await page.locator("main tbody tr").filter({ hasText: number }).count(), 1);
  clean();
  await context.close();
});

test("check 11: an impatient cashier who presses twice collects once", async () => {
  const desks = new Desks(browser, demo, {});
  const one = await takeIn(await desks.as("clerk"), "CER-04");
  const cashier = await desks.as("cashier");
  while (!(await desks.glance(cashier, `/counter/pay?q=${one.number.replaceAll(" ", "")}`)).includes('name="amount"')) assert.ok(await desks.turn("officer", one), "nothing is to be paid");
  await cashier.goto(`/counter/pay?q=${one.number.replaceAll(" ", "")}`);
  const form = cashier.locator('main form[method=post][action="/counter/pay"]');
  await fill(form, { amount: (await cashier.locator(".total .num").innerText()).replace(/[^\d.]/g, "") });
  await Promise.all([cashier.waitForURL(/paid=/), form.locator("button[type=submit]").dblclick()]);
  const receipt = await cashier.locator('a[href^="/receipts/"]').first().getAttribute("href");
  // Back, and once more: the step is paid, and nothing is collected again.
  await cashier.goBack();
  const again = cashier.locator('main form[method=post][action="/counter/pay"] button[type=submit]');
  if ((await again.count()) > 0) await press(cashier, again);
  await cashier.goto(`/counter/requests/${one.id}`);
  assert.deepEqual(await cashier.locator('main a[href^="/receipts/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href"))), [receipt]);
  await desks.close();
});

for (const javaScript of [true, false]) {
  test(`check 11: the way back after sending makes no second request, ${javaScript ? "with" : "without"} JavaScript`, async () => {
    const { context, page } = await as("clerk", { javaScript });
    page.on("dialog", (dialog) => dialog.accept());
    await press(page, await filled(page));
    const first = await slip(page);
    await page.goBack();
    assert.match(page.url(), /\/counter\/new/);
    const again = page.locator("form[data-intake] button[value=register]");
    // The browser has kept what was typed; whatever it kept, the same command answers.
    const answer = await press(page, again);
    if (answer.status() === 303) assert.equal((await slip(page)).id, first.id, "the same slip");
    else assert.equal(answer.status(), 422);
    await page.goto("/counter");
    assert.equal(await page.locator("main tbody tr").filter({ hasText: first.number }).count(), 1);
    await context.close();
  });
}

test("check 11: a form sent twice at the same moment is one request", async () => {
  const { context, page } = await as("clerk", { javaScript: false });
  await filled(page);
  const body = await page.locator("form[data-intake]").evaluate((e) => {
    const pairs = [...new FormData(e)].filter(([, value]) => typeof value === "string");
    return new URLSearchParams([...pairs, ["do", "register"]]).toString();
  });
  const send = () => page.request.post("/counter/new", { data: body, headers: { "content-type": "application/x-www-form-urlencoded", origin: demo.base }, maxRedirects: 0 });
  const [first, second] = await Promise.all([send(), send()]);
  assert.equal(first.status(), 303, await first.text());
  assert.equal(second.status(), 303, await second.text());
  const id = (answer) => /done\/([0-9a-f-]+)/.exec(answer.headers().location)[1];
  assert.equal(id(first), id(second));
  await context.close();
});
