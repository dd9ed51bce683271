// What every browser test needs: a served demonstration, a real Chromium, axe, and counting of keys.

import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRequire } from "node:module";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const PROGRAM = process.env.SHUBBAK ?? new URL("../../target/debug/shubbak", import.meta.url).pathname;
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Whether the long form of the tests was asked for. */
export const FULL = process.env.SHUBBAK_FULL === "1";

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Runs the program to its end; answers what it printed. */
export function shubbak(folder, ...args) {
  return execFileSync(PROGRAM, ["--data", folder, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, SHUBBAK_SITE__DEMO: "true" } });
}

/** Loads the demonstration into a folder of its own and serves it; `stop` ends both. */
export async function serveDemo() {
  const folder = mkdtempSync(join(tmpdir(), "shubbak-browser-"));
  shubbak(folder, "demo", "load");
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const server = spawn(PROGRAM, ["--data", folder, "serve", "--listen", `127.0.0.1:${port}`], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, SHUBBAK_SITE__DEMO: "true" },
  });
  let errors = "";
  server.stderr.on("data", (text) => (errors += text));
  const started = Date.now();
  for (;;) {
    try {
      if ((await fetch(`${base}/readyz`)).ok) break;
    } catch {
      // Not yet listening.
    }
    assert.ok(server.exitCode === null && Date.now() - started < 60_000, `the server did not start: ${errors}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // On a day off the demonstration lives on the last working day.
  const behind = Number(readFileSync(join(folder, "demonstration-clock"), "utf8"));
  const now = () => Date.now() - behind * 24 * 3600 * 1000;
  return {
    base,
    folder,
    /** Its present, in milliseconds. */
    now,
    /** Its day in Egypt as three boxes ask for it. */
    today: (name) => {
      const day = new Intl.DateTimeFormat("en-CA", { timeZone: "Africa/Cairo" }).format(now());
      return Object.fromEntries(day.split("-").map((part, at) => [`${name}.${["year", "month", "day"][at]}`, part]));
    },
    stop: async () => {
      const ended = new Promise((resolve) => server.on("exit", resolve));
      server.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Takes the network away from pages and their workers: a worker hears of it a moment later than its page. */
export async function takeOffline(context) {
  await context.setOffline(true);
  const gone = (worker) => worker.evaluate(async () => {
    for (let tries = 0; tries < 100 && (await fetch("/healthz").then(() => true, () => false)); tries += 1) await new Promise((done) => setTimeout(done, 50));
  });
  const patience = new Promise((done) => setTimeout(done, 6000).unref());
  await Promise.all(context.serviceWorkers().map((worker) => Promise.race([gone(worker).catch(() => undefined), patience])));
}

/** One Chromium for a test file; `more` are flags beside the usual ones. */
export function launch(more = []) {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more],
  });
}

/**
 * A page that notes what must not happen: script errors, violations of the content policy,
 * requests to other hosts. `clean()` fails the test if any did.
 */
export async function open(browser, base, { width = 1200, height = 900, javaScript = true, ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: javaScript, locale: "ar-EG", baseURL: base, ...more });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const wrong = [];
  if (javaScript) {
    await page.exposeFunction("noteViolation", (what) => wrong.push(`content policy: ${what}`));
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => window.noteViolation(`${event.violatedDirective} ${event.blockedURI}`));
      // The printer is not under test.
      window.print = () => {};
    });
  }
  page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) wrong.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !/^(data|blob|about):/.test(url)) wrong.push(`another host: ${url}`);
  });
  return { context, page, clean: () => assert.deepEqual(wrong.splice(0), []) };
}

/** Logs a demo person in by the form. */
export async function login(page, name, password = "shubbak-demo") {
  await page.goto("/login");
  await page.fill("input[name=login]", name);
  await page.fill("input[name=password]", password);
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith("/login")), page.click("main button[type=submit]")]);
}

/** Zero violations of any impact, by the tags of the design brief. */
export async function accessible(page, where) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    // eslint-disable-next-line no-undef
    axe.run(document, { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } }),
  );
  const told = violations.map((v) => `${v.id} (${v.impact}): ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
  assert.deepEqual(told, [], `axe at ${where}`);
}

/** No sideways scrolling. */
export async function fits(page, where) {
  const { scroll, client } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth }));
  assert.ok(scroll <= client, `${where} is ${scroll} px wide in a window of ${client}`);
}

/** Arabic and right to left, or English and left to right; a title and one main heading. */
export async function wellFormed(page, where, lang = "ar") {
  const seen = await page.evaluate(() => ({
    dir: document.documentElement.dir,
    lang: document.documentElement.lang,
    title: document.title,
    h1: document.querySelectorAll("h1").length,
    ids: [...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, at, all) => all.indexOf(id) !== at),
  }));
  assert.equal(seen.dir, lang === "ar" ? "rtl" : "ltr", where);
  assert.equal(seen.lang, lang, where);
  assert.ok(seen.title.length > 3, `${where} has a title`);
  assert.equal(seen.h1, 1, `${where} has one main heading`);
  assert.deepEqual(seen.ids, [], `${where} has ids twice`);
}

/** Bytes on the wire of what `go` loads: all with their heads, and the bodies of scripts, fonts and pictures. Cold: nothing is in the cache. */
export async function weigh(page, { cold }, go) {
  const session = await page.context().newCDPSession(page);
  const kinds = new Map();
  const weight = { total: 0, scripts: 0, fonts: 0, pictures: 0, answers: [] };
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    kinds.set(requestId, type);
    weight.answers.push({ url: response.url, headers: response.headers });
  });
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (weight.total += encodedDataLength));
  session.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    if (kinds.get(requestId) === "Script") weight.scripts += encodedDataLength;
    if (kinds.get(requestId) === "Font") weight.fonts += encodedDataLength;
    if (kinds.get(requestId) === "Image") weight.pictures += encodedDataLength;
  });
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: cold });
  await go();
  await session.detach();
  return weight;
}

/** Types with the keyboard only and counts the keys that are commands, not data. */
export class Keys {
  constructor(page) {
    this.page = page;
    this.commands = 0;
  }
  /** Data: not counted; at the pace of a hand, for what comes faster is a scanner's. */
  async data(text) {
    await this.page.keyboard.type(text, { delay: 45 });
  }
  /** A command key, or a chord. */
  async press(key) {
    this.commands += 1;
    await this.page.keyboard.press(key);
  }
}

const SIGNS = { "/": ["Slash"], ":": ["Semicolon", 8], ".": ["Period"], "-": ["Minus"], "#": ["Digit3", 8] };
/** What some keys give while the Arabic layout is on. */
const ARABIC = { 0: "٠", 1: "١", 2: "٢", 3: "٣", 4: "٤", 5: "٥", 6: "٦", 7: "٧", 8: "٨", 9: "٩", "/": "ظ", ".": "ز", ":": "ك" };

/** A hand scanner: a key each 5 ms and Enter at the end, by the machine's own account of when each was pressed. */
export async function scan(page, text, { arabic = false } = {}) {
  const session = await page.context().newCDPSession(page);
  const begun = Date.now() / 1000;
  const keys = [...text].map((sign) => {
    const [code, modifiers = 0] = SIGNS[sign] ?? (/\d/.test(sign) ? [`Digit${sign}`] : [`Key${sign.toUpperCase()}`, /[A-Z]/.test(sign) ? 8 : 0]);
    return { code, modifiers, text: arabic ? (ARABIC[sign] ?? "ش") : sign };
  });
  const sent = [...keys, { code: "Enter", modifiers: 0, text: "\r", key: "Enter", windowsVirtualKeyCode: 13 }].flatMap((key, at) => {
    const event = { key: key.text, ...key, timestamp: begun + at * 0.005 };
    return [session.send("Input.dispatchKeyEvent", { type: "keyDown", ...event }), session.send("Input.dispatchKeyEvent", { ...event, type: "keyUp", text: undefined })];
  });
  await Promise.allSettled(sent);
}

/** What a QR reader sees in a picture. */
export function readQr(pictureFile) {
  return execFileSync("zbarimg", ["--quiet", "--raw", pictureFile], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}
