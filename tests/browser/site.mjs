// The whole site of one demonstration as its people see it: every route, and every page that a link leads to.

import assert from "node:assert/strict";
import { serveDemo, launch, open as openPage, login, FULL } from "./lib.mjs";
import { Routes, HOLDERS, ACCOUNT, ask, tour, kinds } from "./routes.mjs";
import { fill, press, takeIn, PERSON } from "./forms.mjs";
import { printed, here } from "./prints.mjs";

/** Addresses beside the links: searches that find and that find nothing, what is mistyped, what is not there. */
export const VARIANTS = {
  citizen: ["/services?q=%D9%85%D8%AD%D9%84", "/services?q=zzzz", "/services/BLD-02", "/centres/01-D16", "/T/2222222222222222", "/V/HELLO", "/no-such-page"],
  clerk: ["/counter/new?service=%D9%85%D8%AD%D9%84", "/counter/new?service=BLD-02", "/counter/search?q=101016260000013"],
  cashier: ["/counter/pay?q=1", "/counter/search?q=zzz"],
  supervisor: ["/admin/people?q=zzz", "/admin/units/01-D16", "/admin/units/01-D16/hours", "/admin/units/01-D16/holidays", "/admin/units/01-D16/windows"],
};

/** Fills the last form of a page and sends it. */
async function send(page, given, button = "button[type=submit]") {
  const form = page.locator("main form[method=post]").last();
  await fill(form, given);
  const answer = await press(page, form.locator(button).last());
  // A first password is shown once, in the answer itself.
  assert.ok([200, 303].includes(answer.status()), `${page.url()}: ${answer.status()} ${await page.locator("main").innerText()}`);
}

/** What is looked at: routes, people with their browsers, and what each saw on a tour. */
export class Site {
  static async open() {
    const site = new Site();
    site.demo = await serveDemo();
    site.browser = await launch();
    site.routes = new Routes(site.demo.folder);
    site.people = new Map();
    site.tours = new Map();
    return site;
  }

  async close() {
    await this.browser?.close();
    await this.demo?.stop();
  }

  /** Signs a citizen of the demonstration in, where it has one. */
  async enter(page) {
    await page.goto("/account/login");
    const button = page.locator('form[action="/account/demo"] button').first();
    this.accounts = (await button.count()) > 0;
    if (this.accounts) await Promise.all([page.waitForURL((url) => url.pathname !== "/account/login"), button.click()]);
  }

  /** The page that asks for the code of a citizen who signs in. */
  async code() {
    const { page, context } = await openPage(this.browser, this.demo.base, { width: 320 });
    await page.goto("/account/login");
    const form = page.locator('main form[action="/account/login"]');
    await fill(form, {});
    await press(page, form.locator("button[type=submit]").first());
    const { pathname } = new URL(page.url());
    await context.close();
    return pathname;
  }

  /** Whether somebody of the demonstration may open a route at all: it may have no citizen with an account. */
  opens(route) {
    return this.accounts || !(route.path === "/account/demo" || route.logins.every((name) => name === ACCOUNT));
  }

  /** The browser of a person; of a citizen without a name. */
  async as(name) {
    if (!this.people.has(name)) {
      const opened = await openPage(this.browser, this.demo.base, { width: 320 });
      if (name === ACCOUNT) await this.enter(opened.page);
      else if (name) await login(opened.page, name);
      else await opened.page.goto("/");
      this.people.set(name, opened);
    }
    return this.people.get(name);
  }

  /**
   * What the demonstration does not hold: requests of this minute, one of them without a paper, a parked draft, a district's hours and holiday, a
   * governorate's figure, somebody who has left.
   */
  async prepare() {
    const { page: clerk } = await this.as("clerk");
    this.slip = await takeIn(clerk, "SHP-02");
    await takeIn(clerk, "CER-04", { without: 1 });
    await clerk.goto("/counter/new?service=SHP-01");
    await clerk.fill('[name="applicant.full_name"]', PERSON.name);
    await press(clerk, clerk.locator("button[value=park]"));
    const { page: supervisor } = await this.as("supervisor");
    const days = { "first_day.day": "1", "first_day.month": "3", "first_day.year": "2027", "last_day.day": "31", "last_day.month": "3", "last_day.year": "2027" };
    await supervisor.goto("/admin/units/01-D16/hours");
    await supervisor.locator("main form input[name=kind]").first().check();
    await send(supervisor, { opens: "09:00", closes: "14:00", name: "مواعيد الربيع", ...days });
    await supervisor.goto("/admin/units/01-D16/holidays");
    await send(supervisor, { "day.day": "28", "day.month": "12", "day.year": "2027", name: "العيد المحلي للحي", decision: "قرار المحافظ 900 لسنة 2026" });
    await supervisor.goto("/admin/services/SHP-01/figures/01");
    await send(supervisor, { value: "600", decision: "قرار المحافظ 901 لسنة 2026" });
    await supervisor.goto("/admin/people/new");
    await send(supervisor, { login: "samira", name: "سميرة عبد الحميد نوفل", unit: "01-D16" });
    await supervisor.goto("/admin/people?q=samira");
    const person = await supervisor.locator('main tbody a[href^="/admin/people/"]').first().getAttribute("href");
    await supervisor.goto(`${person}/disable`);
    await send(supervisor, {});
    const { page: officer } = await this.as("officer");
    const first = async (address, part) => {
      await officer.goto(address);
      return officer.locator(`main tbody a[href^="/desk/requests/"][href*="${part}"]`).first().getAttribute("href");
    };
    // A question that waits for its answer lies deep in a long inbox: the case that asks, and who is asked.
    const asked = [await first("/desk?service=CER-06", "step="), await first("/desk?tab=asked", "consult=")];
    // An appointment has its page by its code alone.
    const { page: citizen } = await this.as(null);
    await citizen.goto("/centres/01-D16/appointments?service=SHP-01");
    await citizen.locator('main a[href*="day="]').first().click();
    await citizen.locator('[name="minute"]').selectOption({ index: 1 });
    await citizen.fill('[name="mobile"]', "01000000998");
    await press(citizen, citizen.locator("main form[method=post] button").first());
    this.booking = new URL(citizen.url()).pathname;
    this.more = { supervisor: [person, `${person}/grant?unit=01-D16`], officer: asked };
  }

  /** Sends everybody on their tour; the citizen last, with the codes that are printed on paper. */
  async survey() {
    const declared = (name) => this.routes.all.filter((r) => r.method === "GET" && r.logins.includes(name) && !r.example.includes("{")).map((r) => r.example);
    await this.as(ACCOUNT);
    const names = [...new Set(Object.values(HOLDERS)), ...(this.accounts ? [ACCOUNT] : [])];
    const open = new Set();
    for (const name of names) this.tours.set(name, (await this.as(name)) && null);
    await Promise.all(names.map(async (name) => {
      const { context } = await this.as(name);
      this.tours.set(name, await tour(context.request, this.routes, [...declared(name), ...(VARIANTS[name] ?? []), ...(this.more[name] ?? [])], FULL ? null : open));
    }));
    const { page: clerk } = await this.as("clerk");
    const paper = [...this.tours.get("clerk").values()].find((seen) => seen.route?.path === "/papers/{file}" && seen.status === 200);
    const codes = [`/requests/${this.slip.id}/slip-a5.pdf`, paper.address].map(async (address) => here((await printed(clerk, address)).qr).split("#")[0]);
    const { context } = await this.as(null);
    this.tours.set(null, await tour(context.request, this.routes, [...VARIANTS.citizen, this.booking, ...(await Promise.all(codes)), await this.code(), ...declared(null), ...open]));
    for (const route of this.routes.all.filter((r) => r.method === "GET")) await this.find(route);
  }

  /** A page that somebody saw at an address of the route, or may see at its example. */
  async find(route) {
    for (const name of route.logins) {
      for (const one of this.tours.get(name)?.values() ?? []) if (one.route === route && one.status === 200) return one;
    }
    for (const name of route.logins) {
      const { context } = await this.as(name);
      for (const address of this.routes.addresses(route)) {
        const one = { ...(await ask(context.request, address)), route, from: "its example" };
        if (one.status !== 200) continue;
        this.tours.get(name).set(address, one);
        return one;
      }
    }
    return null;
  }

  /** Everything that anybody saw. */
  *seen() {
    for (const [name, pages] of this.tours) for (const one of pages.values()) yield { name, ...one };
  }

  /**
   * The pages to look at: of each route what shows something new, whoever sees it, public ones as a citizen; or of each
   * route and each person. `first`: the route's first page.
   */
  *renderings(all = false) {
    const shown = new Map();
    for (const one of this.seen()) {
      if (!one.html || (one.name && !all && (one.route?.public ?? true))) continue;
      const path = `${one.route?.path ?? "no route"}${all ? ` ${one.name}` : ""}`;
      const known = shown.get(path) ?? shown.set(path, new Set()).get(path);
      const first = known.size === 0;
      const own = kinds(one.text);
      if ([...own].every((kind) => known.has(kind))) continue;
      own.forEach((kind) => known.add(kind));
      yield { ...one, first };
    }
  }
}
