// Every address of the program: what its route tables declare, and where the links of its pages lead.

import assert from "node:assert/strict";
import { shubbak, FULL } from "./lib.mjs";

/** Who of the demonstration holds a role. */
export const HOLDERS = {
  clerk: "clerk", cashier: "cashier", reviewer: "officer", decider: "decider", inspector: "inspector", title_checker: "titles",
  committee_secretary: "secretary", body_officer: "bodies", unit_head: "head", centre_manager: "manager", follow_up: "followup",
  supervisor: "supervisor", catalogue_editor: "catalogue", auditor: "auditor", operator: "operator",
};

/** A citizen who is signed in. */
export const ACCOUNT = "account";

/** How many addresses of one route a person's tour opens. */
const DEPTH = FULL ? 60 : 16;

const plain = (text) => text.replaceAll("&amp;", "&").replaceAll("&#38;", "&").replaceAll("&quot;", '"').replaceAll("&#x27;", "'");
const parts = (path) => path.split("?")[0].split("/");

/** The route tables, as the program prints them. */
export class Routes {
  constructor(folder) {
    // What programs open with a key has its tests in Rust; what they read without one is opened here too.
    const forBrowsers = (route) => !route.program || (route.public && route.method === "GET");
    this.all = JSON.parse(shubbak(folder, "routes", "--json")).filter(forBrowsers).map((route) => ({
      ...route,
      pattern: new RegExp(`^${route.path.replace(/[.]/g, "\\.").replace(/\{[a-z_]+\}/g, "[^/]+")}$`),
      holes: (route.path.match(/\{/g) ?? []).length,
      logins: route.public ? [null] : route.roles.map((role) => (role === "citizen" ? ACCOUNT : HOLDERS[role]) ?? assert.fail(`nobody of the demonstration is ${role}`)),
    }));
    assert.ok(this.all.length > 80, `the tables are all here: ${this.all.length}`);
    /** Values of placeholders, by the names that the examples give them. */
    this.known = new Map();
  }

  /** The route of an address; the one with the fewest placeholders is meant. */
  of(method, address) {
    const path = address.split(/[?#]/)[0];
    const fit = this.all.filter((route) => route.method === method && route.pattern.test(path));
    return fit.sort((a, b) => a.holes - b.holes)[0];
  }

  /** Notes what stands in an address where the route's example has a placeholder. */
  learn(route, address) {
    const seen = parts(address);
    parts(route.example).forEach((part, at) => {
      const [whole, name, rest] = /^\{([a-z_]+)\}(.*)$/.exec(part) ?? [];
      if (!whole || !seen[at]?.endsWith(rest)) return;
      if (!this.known.has(name)) this.known.set(name, new Set());
      this.known.get(name).add(rest ? seen[at].slice(0, -rest.length) : seen[at]);
    });
  }

  /** Addresses of a route that is linked from nowhere: its example with what is known. */
  addresses(route, most = 60) {
    let all = [route.example];
    for (let name; (name = /\{([a-z_]+)\}/.exec(all[0] ?? "")?.[1]); ) {
      const values = [...(this.known.get(name) ?? [])];
      all = all.flatMap((address) => values.map((value) => address.replace(`{${name}}`, value))).slice(0, most);
    }
    return all;
  }
}

/** The local links of a page. */
function links(html) {
  const out = new Set();
  for (const [, href] of html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)) if (/^\/(?!\/)/.test(href)) out.add(plain(href).split("#")[0]);
  return out;
}

/** The forms that change something, each with the address that it is sent to. */
export function forms(html) {
  return [...html.matchAll(/<form\b[^>]*\bmethod="post"[^>]*>/g)].map(([form]) => plain(/\baction="([^"]*)"/.exec(form)?.[1] ?? "")).filter(Boolean);
}

/** The kinds of element that a page is made of: what it shows anew is a rendering of its own. */
export function kinds(html) {
  const main = /<main\b[\s\S]*<\/main>/.exec(html)?.[0] ?? "";
  const out = new Set();
  for (const [, tag, attributes] of main.matchAll(/<([a-z][a-z0-9]*)\b([^>]*)>/g)) {
    if (/^(path|circle|rect|g)$/.test(tag)) continue;
    const word = (name) => new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
    out.add(`${tag}.${word("class")}${tag === "input" ? `[${word("type")}]` : ""}${/\shidden/.test(attributes) ? "[hidden]" : ""}`);
  }
  return out;
}

/** One address as it answers, redirects not followed. */
export async function ask(request, address) {
  const answer = await request.get(address, { maxRedirects: 0 });
  const headers = answer.headers();
  const html = /text\/html/.test(headers["content-type"] ?? "");
  return { address, status: answer.status(), headers, html, text: html ? await answer.text() : "" };
}

/**
 * Follows one person's links from page to page, a page of each route in turn. Answers what was seen:
 * address, route, status, headers, text, and from where it was linked. Public pages are left to the citizen's tour, for
 * which their addresses go into `open`.
 */
export async function tour(request, routes, seeds, open = null) {
  const seen = new Map();
  const waiting = new Map();
  const put = (address, from) => {
    // The switch of languages would have the rest of the tour in English; english.test.mjs goes there.
    if (address.startsWith("/language/")) return;
    const route = routes.of("GET", address);
    if (open && route?.public) {
      open.add(address);
      return;
    }
    const name = route?.path ?? "no route";
    if (!waiting.has(name)) waiting.set(name, { route, opened: 0, queue: [], known: new Set() });
    const line = waiting.get(name);
    if (line.known.has(address)) return;
    line.known.add(address);
    line.queue.push({ address, from });
  };
  seeds.forEach((address) => put(address, "the seeds"));
  for (let moved = true; moved; ) {
    moved = false;
    for (const line of [...waiting.values()]) {
      if (line.queue.length === 0 || line.opened >= DEPTH) continue;
      const { address, from } = line.queue.shift();
      moved = true;
      const one = { ...(await ask(request, address)), route: line.route, from };
      seen.set(address, one);
      // Of files a few will do.
      line.opened += one.html || one.status !== 200 ? 1 : DEPTH / 4;
      if (line.route && one.status === 200) routes.learn(line.route, address);
      if (one.headers.location?.startsWith("/")) put(one.headers.location, address);
      for (const link of links(one.text)) put(link, address);
      for (const action of forms(one.text)) {
        const target = routes.of("POST", action);
        if (target) routes.learn(target, action);
      }
    }
  }
  return seen;
}
