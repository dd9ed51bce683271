// Every page of the program, taken from its own route tables, as each of its readers sees it. One walk looks at all of them;
// each check asserts what it found under its number (CHECKS.md). A route without an address that somebody may open fails by name.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { accessible, weigh, FULL } from "./lib.mjs";
import { facts, spaced, magnified, preferences } from "./inspect.mjs";
import { Site } from "./site.mjs";
import { forms, ask, ACCOUNT } from "./routes.mjs";
import { press } from "./forms.mjs";
import { sendEmpty } from "./empty.mjs";

/** What is no page to look at, and why. */
const NO_PAGE = { "/language/{lang}": "sends back to the page in the other language", "/verifier": "sends on to the page that verifies", "/scan": "sends on to what was scanned", "/counter/last-slip": "sends on to the slip", "/account/open/{code}": "opens with a code that was sent to a mobile", "/account/requests/{number}/supply": "no citizen of the demonstration is asked for a paper", "/account/requests/{number}/visit": "no citizen of the demonstration waits for a visit", "/account/requests/{number}/objection": "no citizen of the demonstration was refused", "/counter/accounts/{id}/confirm": "opens from an account that was looked up by a form", "/account/mandates/{id}/scan": "nobody of the demonstration attached one", "/counter/mandates/{id}/scan": "nobody of the demonstration attached one" };

let site;
before(async () => {
  site = await Site.open();
  await site.prepare();
  await site.survey();
});
after(() => site?.close());

test("check 1: every route of the tables has an address that somebody of the demonstration opens", async () => {
  const lost = [];
  for (const route of site.routes.all.filter((r) => r.method === "GET" && !(r.path in NO_PAGE) && site.opens(r))) {
    if (!(await site.find(route))) lost.push(route.path);
  }
  assert.deepEqual(lost, []);
});

test("check 1: every link leads to a page that its reader may open", () => {
  const dead = [];
  for (const one of site.seen()) {
    const sound = one.status === 200 || (one.status === 303 && one.headers.location);
    if (!sound && one.from.startsWith("/")) dead.push(`${one.address}: ${one.status} for ${one.name}, linked from ${one.from}`);
  }
  assert.deepEqual(dead, []);
});

/** Pages whose help is the guide's front page: the guide itself, and what is about the platform. */
const NO_CHAPTER = /^\/(help|about|accessibility|demo|api)\b/;
/** Screens of the hall: whole screens without the foot of a page. */
const NO_FOOT = /^\/(hall|kiosk)\b/;

test("the help of every page is its page of the guide", async () => {
  const { context } = await site.as(null);
  const known = new Map();
  const wrong = [];
  for (const { name, address, text, html, status, route } of site.seen()) {
    if (!html || status !== 200) continue;
    const help = /<footer[\s\S]*?<a href="(\/help[^"#]*)/.exec(text)?.[1];
    if (!help && NO_FOOT.test(route?.path ?? "")) continue;
    if (help && !known.has(help)) known.set(help, (await ask(context.request, help)).status);
    const own = help !== "/help" || NO_CHAPTER.test(route?.path ?? "");
    if (known.get(help) !== 200 || !own) wrong.push(`${address} as ${name ?? "a citizen"}: ${help}`);
  }
  assert.deepEqual(wrong, []);
  assert.ok(known.size > 25, `only ${known.size} pages of the guide are linked`);
});

test("check 17: every page is sound HTML", async () => {
  const html = new HtmlValidate(new StaticConfigLoader(JSON.parse(readFileSync(new URL("../../assets/.htmlvalidate.json", import.meta.url), "utf8"))));
  const wrong = [];
  for (const { name, address, text } of site.renderings()) {
    const { results } = await html.validateString(text);
    for (const { messages } of results) wrong.push(...messages.map((m) => `${address} as ${name ?? "a citizen"}, line ${m.line}: ${m.ruleId}: ${m.message}`));
  }
  assert.deepEqual(wrong, []);
});

test("what is fetched as a file says what it is", () => {
  for (const one of site.seen()) {
    if (one.html || one.status !== 200) continue;
    assert.ok(one.headers["content-type"], `${one.address} has a type`);
    assert.equal(one.headers["x-content-type-options"], "nosniff", one.address);
  }
});

/** Bytes on the wire that a page may weigh with nothing in the cache, its scripts, and with everything there. */
const BUDGET = { citizen: { cold: 100_000, scripts: 35_000 }, staff: { cold: 150_000, scripts: 50_000 }, warm: 15_000 };

/** Pages that fetch more than themselves: lists that the reader asked for, and the day's forms of an inspector. */
const CARRIES = new Set(["/verify?offline=yes", "/desk/visits"]);

/** What was found wrong, by the number of the check. */
const found = new Map();

/** Notes under a check's number what `work` throws. */
async function asks(number, work) {
  try {
    await work();
  } catch (error) {
    found.set(number, [...(found.get(number) ?? []), error.message]);
  }
}

/** One page of one reader at one width. */
async function look({ name, address, route, status, first }, width) {
  const { page, clean } = await site.as(name);
  const where = `${address} as ${name ?? "a citizen"} at ${width} px`;
  const says = (wrong, what) => assert.ok(!wrong, `${where}: ${what}`);
  await page.setViewportSize({ width, height: 900 });
  // Narrow pages come with what was there before, wide ones as on the first visit.
  const weight = await weigh(page, { cold: width > 320 }, () => page.goto(address));
  const seen = await facts(page);
  await asks(1, () => accessible(page, where));
  await asks(2, () => says(seen.scroll > seen.client, `${seen.scroll} px wide in a window of ${seen.client}`));
  await asks(4, () => clean());
  const budget = name && name !== ACCOUNT ? BUDGET.staff : BUDGET.citizen;
  // The guide's pictures come as one scrolls to them.
  if (address.startsWith("/help")) weight.total -= weight.pictures;
  const told = `${weight.total} bytes, scripts ${weight.scripts}, fonts ${weight.fonts}`;
  await asks(5, () => {
    if (width > 320) says(weight.total >= budget.cold || weight.scripts >= budget.scripts || weight.fonts > FONTS, told);
    else if (!CARRIES.has(address)) says(weight.total - weight.scripts >= BUDGET.warm, told);
    for (const { url, headers } of weight.answers) {
      const { pathname } = new URL(url);
      if (!/^\/assets\//.test(pathname)) continue;
      says(!/max-age=31536000.*immutable/.test(headers["cache-control"] ?? ""), `${pathname} is not kept`);
      if (/\.(css|js|svg)$/.test(pathname)) says(!/br|gzip|zstd/.test(headers["content-encoding"] ?? ""), `${pathname} is not compressed`);
    }
  });
  await asks(6, () => {
    says(seen.dir !== "rtl" || seen.lang !== "ar", `${seen.dir} ${seen.lang}`);
    says(seen.backwards.length, `runs from right to left: ${seen.backwards}`);
  });
  await asks(17, () => {
    says(seen.title.length <= 3, "has no title");
    says(seen.h1 !== 1, `${seen.h1} main headings`);
    says(seen.ids.length, `ids twice: ${seen.ids}`);
    says(seen.leaps, "leaves out a level of headings");
    says(seen.unnamed, "a link without a text");
    says(seen.double.length, `one text for several links: ${seen.double.join("; ")}`);
    // The same page at another address may have the same title; another page may not.
    const other = titles.get(`${name} ${seen.title}`);
    // The short guide is one page at several addresses.
    if (!route || status !== 200 || seen.title.startsWith("خطأ") || route.path.startsWith("/help")) return;
    says(other && other.path !== route.path.toLowerCase() && other.text !== seen.text, `is called «${seen.title}» like ${other?.path}`);
    titles.set(`${name} ${seen.title}`, { path: route.path.toLowerCase(), text: seen.text });
  });
  if (width > 320) return weight;
  await asks(2, async () => {
    const wide = await spaced(page);
    says(wide.scroll > wide.client, `with wide spacing ${wide.scroll} px wide`);
    says(wide.cut.length, `with wide spacing cut off: ${wide.cut}`);
    const large = await magnified(page);
    says(large.scroll > large.client, `at 400 % ${large.scroll} px wide`);
    says(large.held > 0.5, `at 400 % ${Math.round(large.held * 100)} % of the window does not scroll`);
  });
  if (first || FULL) {
    await asks(16, async () => {
      const lost = await preferences(page);
      says(lost.length, lost.join("; "));
    });
  }
  return weight;
}

const titles = new Map();
/** Bytes of the two fonts together. */
const FONTS = 46 * 1024;

/** Two people's pages at a time: work on each of `all`, one after the other for the same person. */
function byPerson(t, all, work) {
  const names = [...new Set(all.map((one) => one.name))];
  return Promise.all(names.map((name) => [name, all.filter((one) => one.name === name)]).map(([name, own]) => t.test(name ?? "a citizen", async (person) => {
    for (const one of own) await work(person, one);
  })));
}

let walk;
/** Looks at every page, once, whichever check asks first. */
function walked() {
  walk ??= (async () => {
    for (const width of [320, 1200]) {
      const begun = Date.now();
      const heavy = [];
      // Wide, one reader's view of each route will do.
      const all = [...site.renderings(FULL)].filter((one) => FULL || width === 320 || one.first);
      assert.ok(all.length > 60, `${all.length} pages to look at`);
      const waiting = [...new Set(all.map((one) => one.name))].map((name) => all.filter((one) => one.name === name));
      const hand = async () => {
        for (let own; (own = waiting.shift()); ) for (const one of own) await asks(1, async () => heavy.push([(await look(one, width)).total, one.address]));
      };
      await Promise.all([hand(), hand()]);
      heavy.sort(([a], [b]) => b - a);
      console.log(`${heavy.length} pages at ${width} px in ${Math.round((Date.now() - begun) / 1000)} s; heaviest ${heavy.slice(0, 3).map(([bytes, address]) => `${address} ${bytes}`).join(", ")}`);
    }
  })();
  return walk;
}

for (const [number, what] of [
  [1, "axe finds nothing on any page, for any reader, at 320 and at 1200 px"],
  [2, "no page scrolls sideways at 320 px, with wide spacing or at 400 %, and nothing is cut off"],
  [4, "no page violates the content policy, writes an error to the console or asks another host"],
  [5, "every page is within its weight, and what it brings is kept and compressed"],
  [6, "every page runs from right to left, its numbers, codes, money and telephones from left to right"],
  [16, "nothing is lost in forced colours, in the dark and without motion"],
  [17, "one main heading, no level left out, no id twice, titles and link texts that tell apart"],
]) {
  test(`check ${number}: ${what}`, async () => {
    await walked();
    assert.deepEqual(found.get(number) ?? [], []);
  });
}

/** Targets that no page of ours has a form for. */
const BY_SCRIPT = { "/account/applications/{id}/check": "shown when an application is complete: window/tests/window/online.rs sends it empty", "/account/requests/{number}/supply": "shown when something is missing: online.rs sends it empty", "/account/applications/{id}/pieces": "sent by the module of large files: upload.test.mjs", "/account/requests/{number}/visit": "shown while a visit is awaited: window/tests/window/objections.rs", "/account/requests/{number}/objection": "shown after a refusal: objections.rs sends it empty", "/counter/accounts/{id}/confirm": "shown for an account that no window has seen: window/tests/window/mandates.rs", "/admin/imports/take": "shown after a file was tried: the registry's tests", "/admin/outbox/retry": "a button beside a message that failed", "/counter/person": "asked by the intake's module while one types", "/account/open/{code}": "asked with a code that was sent to a mobile" };
/** Pages that come by sending a form. */
const BY_SENDING = [
  {
    name: null, address: "/centres/01-D16/appointments?service=SHP-01", action: "/centres/01-D16/appointments",
    send: async (page) => {
      await page.locator('main a[href*="day="]').first().click();
      await page.waitForURL(/day=/);
    },
  },
  { name: "clerk", address: "/kiosk/01-D16?class=booking", action: "/kiosk/01-D16" },
  { name: "manager", address: "/kiosk/01-D16", action: "/kiosk/01-D16/enrol" },
  {
    name: "catalogue", address: "/admin/services/SHP-01/edit", action: "/admin/services/SHP-01/publish",
    send: async (page) => {
      await page.locator("textarea[name=text]").evaluate((e) => (e.value += "\n# مراجعة\n"));
      await press(page, page.locator('form[action$="/check"] button[type=submit]'));
    },
  },
];

/** Of each target the forms of different pages; a page of the first that shows it. */
function targets() {
  const found = new Map();
  const put = (key, one) => found.has(key) || found.set(key, { ...one, target: site.routes.of("POST", one.action) });
  for (const one of site.seen()) {
    if (one.status !== 200 || !one.route) continue;
    for (const action of forms(one.text)) put(`${site.routes.of("POST", action)?.path ?? action} on ${one.route.path}`, { ...one, action });
  }
  for (const one of BY_SENDING) put(one.action, one);
  return found;
}

test("check 10: each form sent empty is refused, says so twice and keeps what was typed", { concurrency: 2 }, async (t) => {
  const begun = Date.now();
  const all = [...targets()].map(([key, one]) => ({ key, ...one })).filter(({ target }) => target?.path !== "/logout");
  const shown = new Set();
  await byPerson(t, all, (person, { key, name, address, action, target, send }) => person.test(key, async () => {
    assert.ok(target, `${action} is no target of ours`);
    const { page, clean } = await site.as(name);
    await page.setViewportSize({ width: 320, height: 900 });
    await page.goto(address);
    await send?.(page);
    const axe = !shown.has(target);
    shown.add(target);
    const status = await sendEmpty(page, action, { axe });
    assert.ok(status === 422 || status === "asks nothing that it needs", `${address} to ${action}: ${status}`);
    clean();
  }));
  const met = new Set(all.map(({ target }) => target));
  const missing = site.routes.all.filter((r) => r.method === "POST" && r.path !== "/logout" && site.opens(r) && !met.has(r) && !(r.path in BY_SCRIPT)).map((r) => r.path);
  assert.deepEqual(missing, [], "targets of forms that no page shows");
  console.log(`${all.length} forms in ${Math.round((Date.now() - begun) / 1000)} s`);
});
