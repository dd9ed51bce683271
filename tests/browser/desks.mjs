// The desks of a unit and a case that goes from one to the next, as its people work on it.

import assert from "node:assert/strict";
import { open, login } from "./lib.mjs";
import { fill, press, PERSON } from "./forms.mjs";

/** What a file's page may ask for, most pressing first. */
const actions = (today) => [
  ["issue", {}],
  ["assess", {}],
  ["schedule", { ...today("schedule-date"), "schedule-hour": "11" }],
  ["accept", { "accept-opinion": "favourable", "accept-note": "لا مانع" }],
];

/** In whose hands a case may be; who decides comes after those who look at it. */
const ROLES = ["clerk", "officer", "cashier", "inspector", "officer", "civdef", "bodies", "officer", "decider", "head"];
/** Who sees a case, and no person. */
const BLIND = ["officer", "civdef", "bodies"];

const summary = (page) => page.locator("[data-summary]").innerText({ timeout: 1000 }).catch(() => "");

/** People at their desks, each with a browser of their own of one kind. */
export class Desks {
  constructor(browser, demo, options) {
    Object.assign(this, { browser, demo, options, people: new Map() });
  }

  async as(name) {
    if (!this.people.has(name)) {
      const opened = await open(this.browser, this.demo.base, this.options);
      await login(opened.page, name);
      this.people.set(name, opened);
    }
    return this.people.get(name).page;
  }

  /** Nothing went wrong in anybody's browser; they are closed. */
  async close() {
    for (const { context, clean } of this.people.values()) {
      clean();
      await context.close();
    }
  }

  /** Fills a form and sends it; it must be accepted. */
  async send(page, form, given, what) {
    await form.evaluate((e) => e.closest("details")?.setAttribute("open", ""));
    await fill(form, given);
    const answer = await press(page, form.locator("button[type=submit]").first());
    assert.equal(answer.status(), 303, `${what}: ${await summary(page)}`);
  }

  /** A page's text without opening it; empty if it is not theirs. */
  async glance(page, address) {
    const answer = await page.request.get(address);
    return answer.ok() ? answer.text() : "";
  }

  /** What one person can do for a case now: a word for what was done, or nothing. */
  async turn(name, slip) {
    const page = await this.as(name);
    if (name === "cashier") return this.collect(page, slip);
    if (name === "inspector") return this.visit(page, slip);
    const file = `/desk/requests/${slip.id}`;
    const links = (await this.glance(page, "/desk")).matchAll(new RegExp(`href="(${file}[^"]*)"`, "g"));
    const desks = new Set([...links].map(([, href]) => href.replaceAll("&amp;", "&")));
    for (const desk of desks.size > 0 ? desks : [file]) {
      const forms = await this.glance(page, desk);
      const fit = actions(this.demo.today).find(([action]) => forms.includes(`action="${file}/${action}"`) && !(action === "schedule" && slip.scheduled));
      if (!fit) continue;
      await page.goto(desk);
      const text = await page.locator("main").innerText();
      // Decided, the case has a name again: it stands on the paper.
      for (const secret of BLIND.includes(name) && fit[0] !== "issue" ? [PERSON.nid, PERSON.mobile, PERSON.name] : []) assert.ok(!text.includes(secret), `${name} sees ${secret} in ${text}`);
      await this.send(page, page.locator(`form[action$="/${fit[0]}"]`).first(), fit[1], `${name} ${fit[0]}`);
      if (fit[0] === "schedule") slip.scheduled = true;
      return fit[0];
    }
    return null;
  }

  /** Collects what is due; digits are typed as `write` writes them. */
  async collect(page, slip, write = (text) => text) {
    if (!(await this.glance(page, `/counter/pay?q=${slip.number.replaceAll(" ", "")}`)).includes('name="amount"')) return null;
    await page.goto("/counter/pay");
    await page.fill("main input[name=q]", write(slip.number));
    await Promise.all([page.waitForEvent("load"), page.press("main input[name=q]", "Enter")]);
    const form = page.locator('main form[method=post][action="/counter/pay"]');
    const total = (await page.locator(".total .num").innerText()).replace(/[^\d.,]/g, "");
    await this.send(page, form, { amount: write(total), slip: write("4711") }, "pay");
    slip.receipt = await page.locator('a[href^="/receipts/"]').first().getAttribute("href");
    slip.paid = total;
    return "pay";
  }

  async visit(page, slip) {
    if (!(await this.glance(page, "/desk/visits")).includes(`href="/desk/visits/${slip.id}/`)) return null;
    await page.goto("/desk/visits");
    await Promise.all([page.waitForEvent("load"), page.locator(`a.btn[href^="/desk/visits/${slip.id}/"]`).first().click()]);
    assert.ok((await page.locator("main").innerText()).includes(PERSON.name.split(" ")[0]), "the inspector sees the name on the day");
    const form = page.locator("main form[method=post]");
    await fill(form, { ...this.demo.today("visit-date"), "visit-recommendation": "accept" });
    // The page keeps the report on the device and sends it itself.
    await Promise.all([page.waitForURL("**/desk/visits"), form.locator("button[type=submit]").first().click()]);
    assert.ok(!(await this.glance(page, "/desk/visits")).includes(`href="/desk/visits/${slip.id}/`), `visit: ${await page.locator("main").innerText()}`);
    return "visit";
  }

  /** From desk to desk until the paper is issued; `then` is told of each act. Answers the acts. */
  async work(slip, then = async () => {}) {
    const done = [];
    for (let quiet = 0, at = 0; quiet < ROLES.length; at += 1) {
      const name = ROLES[at % ROLES.length];
      const what = await this.turn(name, slip);
      if (!what) {
        quiet += 1;
        continue;
      }
      quiet = 0;
      at -= 1; // The same person may have more to do.
      done.push(`${name} ${what}`);
      if (what === "issue") break;
      await then(done.at(-1), done.length);
      assert.ok(done.length < 40, `it does not end: ${done}`);
    }
    assert.ok(done.at(-1)?.endsWith("issue"), `the paper was not issued: ${done}`);
    return done;
  }

  /** Handed over at the window; answers the paper's address. */
  async handOver(slip) {
    const clerk = await this.as("clerk");
    await clerk.goto(`/counter/requests/${slip.id}`);
    const file = await clerk.locator('main a[href^="/papers/"]').first().getAttribute("href");
    await clerk.goto(`/counter/requests/${slip.id}/hand-over`);
    await this.send(clerk, clerk.locator("main form[method=post]"), { to: "applicant", checked: "NID" }, "hand-over");
    return file;
  }
}
