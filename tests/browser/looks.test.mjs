// Check 6: ten pages as they look, compared with stored pictures. A picture is stored small: grey, one pixel for eight by eight of
// the page. Letters may come a little bolder from another version of the browser; what moves, appears or goes is seen.
//
// After a wanted change:  SHUBBAK_LOOKS=update node --test looks.test.mjs  and look at the files in looks/.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { serveDemo, launch, open, login } from "./lib.mjs";

const FOLDER = new URL("./looks/", import.meta.url).pathname;
const UPDATE = process.env.SHUBBAK_LOOKS === "update";
/** Page pixels of one stored pixel. */
const CELL = 8;
/** Two cells differ by more than this of 255. */
const APART = 40;
/** Share of a picture's cells that may. */
const MOST = 0.004;

/** Name, person, address; the first with its head, the others from their main part on. */
const PAGES = [
  ["home", null, "/"],
  ["services", null, "/services?q=%D9%85%D8%AD%D9%84"],
  ["service", null, "/services/SHP-01"],
  ["centres", null, "/centres?gov=01"],
  ["track", null, "/track"],
  ["verify", null, "/verify"],
  ["login", null, "/login"],
  ["intake", "clerk", "/counter/new?service=SHP-01"],
  ["inbox", "officer", "/desk"],
  ["hours", "supervisor", "/admin/units/01-D16/hours"],
];

let demo;
let browser;
before(async () => {
  demo = await serveDemo();
  browser = await launch();
  mkdirSync(`${FOLDER}new`, { recursive: true });
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** A picture brought down to cells: its lightness from 0 to 255, and as PNG. Done by the browser, which can read and write pictures. */
function shrink(tool, png, cell) {
  return tool.evaluate(async ([data, size]) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const [width, height] = [Math.floor(picture.width / size), Math.floor(picture.height / size)];
    const whole = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    whole.drawImage(picture, 0, 0);
    const { data: pixels } = whole.getImageData(0, 0, picture.width, picture.height);
    const cells = [];
    for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let v = 0; v < size; v += 1) for (let u = 0; u < size; u += 1) {
        const at = ((y * size + v) * picture.width + x * size + u) * 4;
        sum += 0.299 * pixels[at] + 0.587 * pixels[at + 1] + 0.114 * pixels[at + 2];
      }
      cells.push(Math.round(sum / size / size));
    }
    const small = new OffscreenCanvas(width, height);
    const pen = small.getContext("2d");
    const image = pen.createImageData(width, height);
    // Sixteen greys pack well.
    cells.forEach((value, at) => image.data.set([value, value, value].map((v) => Math.min(255, (v >> 4) * 17)).concat(255), at * 4));
    pen.putImageData(image, 0, 0);
    const file = new Uint8Array(await (await small.convertToBlob()).arrayBuffer());
    return { width, height, cells, file: btoa(String.fromCharCode(...file)) };
  }, [png.toString("base64"), cell]);
}

for (const [name, person, address] of PAGES) {
  test(`check 6: ${name} looks as it did`, async () => {
    const { page, context } = await open(browser, demo.base, { reducedMotion: "reduce", height: 1000 });
    if (person) await login(page, person);
    await page.goto(address, { waitUntil: "networkidle" });
    await page.evaluate(async () => {
      await document.fonts.ready;
      document.activeElement?.blur();
      // What differs from day to day: rows of lists, dates and counts, what is filled in.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("tbody, time, .count, .due, .kpi b, .demo, [data-saved] { visibility:hidden !important } input, select, textarea { color:transparent !important; caret-color:transparent !important }");
      document.adoptedStyleSheets = [sheet];
    });
    const top = await page.locator("main").evaluate((e) => Math.round(e.getBoundingClientRect().top + scrollY));
    const height = name === "inbox" ? 320 : 720;
    const picture = await page.screenshot({ animations: "disabled", clip: { x: 0, y: name === "home" ? 0 : top, width: 1200, height } });
    const { page: tool, context: bench } = await open(browser, "about:", {});
    const seen = await shrink(tool, picture, CELL);
    const file = `${FOLDER}${name}.png`;
    if (UPDATE) writeFileSync(file, Buffer.from(seen.file, "base64"));
    assert.ok(existsSync(file), `${name} has no stored picture; SHUBBAK_LOOKS=update stores it`);
    const stored = await shrink(tool, readFileSync(file), 1);
    assert.deepEqual([seen.width, seen.height], [stored.width, stored.height], "another size");
    const apart = seen.cells.filter((value, at) => Math.abs(value - stored.cells[at]) > APART).length / seen.cells.length;
    if (apart > MOST) writeFileSync(`${FOLDER}new/${name}.png`, picture);
    assert.ok(apart <= MOST, `${name}: ${(apart * 100).toFixed(2)} % of the picture is different; see looks/new/${name}.png beside looks/${name}.png. If it is meant: SHUBBAK_LOOKS=update node --test looks.test.mjs`);
    await bench.close();
    await context.close();
  });
}
