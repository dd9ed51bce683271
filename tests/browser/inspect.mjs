// What is measured on an open page, beside axe: how it is made, which way it runs, what its links are called, whether wider
// text still fits, and what remains of it in forced colours, in the dark and without motion.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Facts of a page as it stands. */
export const facts = (page) => page.evaluate(() => {
  const words = (e) => (e.getAttribute("aria-label") ?? e.textContent).replace(/\s+/g, " ").trim();
  const shown = (e) => e.checkVisibility();
  const links = new Map();
  for (const a of document.querySelectorAll("main a[href], header a[href], footer a[href]")) {
    // A place on the same page, another part of the same list and a telephone are no other page.
    if (!shown(a) || !/^\//.test(a.getAttribute("href"))) continue;
    const name = words(a);
    if (!links.has(name)) links.set(name, new Set());
    links.get(name).add(a.getAttribute("href").split(/[#?]/)[0]);
  }
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown).map((h) => Number(h.tagName[1]));
  const backwards = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); ) {
    const text = node.data.trim();
    // Groups of digits stand in the order in which they are read only where the text runs from left to right.
    const found = /(?<![A-Za-z\d\u2066\u2068])\+?\d+(?: \d+)+/.exec(text)?.[0];
    if (!found || found.match(/\d/g).length < 6 || node.parentElement.closest("script, style, template, svg, textarea")) continue;
    if (shown(node.parentElement) && getComputedStyle(node.parentElement).direction !== "ltr") backwards.push(text.slice(0, 60));
  }
  for (const e of document.querySelectorAll("input[inputmode], input[type=tel], .code, :not(td).num, table:not(.stack) .num")) {
    if (/^(text|search)$/.test(e.getAttribute("inputmode") ?? "")) continue;
    if (shown(e) && getComputedStyle(e).direction !== "ltr") backwards.push(`${e.tagName} ${e.name ?? ""} ${e.className}`);
  }
  return {
    dir: document.documentElement.dir,
    lang: document.documentElement.lang,
    title: document.title,
    text: document.querySelector("main")?.innerText ?? "",
    h1: document.querySelectorAll("h1").length,
    ids: [...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, at, all) => all.indexOf(id) !== at),
    leaps: levels.filter((level, at) => at > 0 && level > levels[at - 1] + 1).length,
    unnamed: [...document.querySelectorAll("a[href]")].filter((a) => shown(a) && !words(a) && !a.querySelector("img[alt], svg[aria-label]")).length,
    double: [...links].filter(([, to]) => to.size > 1).map(([name, to]) => `«${name}» to ${[...to].slice(0, 3).join(" and ")}`),
    backwards,
    scroll: document.documentElement.scrollWidth,
    client: document.documentElement.clientWidth,
  };
});

/** Widens the text as a reader may (WCAG 1.4.12); answers what is cut off then and how wide the page is. */
export const spaced = (page) => page.evaluate(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height:1.5 !important; letter-spacing:.12em !important; word-spacing:.16em !important } p { margin-block-end:2em !important }");
  document.adoptedStyleSheets = [sheet];
  const cut = [];
  for (const e of document.querySelectorAll("body *")) {
    const style = getComputedStyle(e);
    if (!/hidden|clip/.test(style.overflowX + style.overflowY) || style.clipPath !== "none" || !e.checkVisibility() || e.closest(".sr, svg, select, input, textarea") || !e.innerText?.trim()) continue;
    if (e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2) cut.push(`${e.tagName}.${e.className}`);
  }
  const out = { cut, scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth };
  document.adoptedStyleSheets = [];
  return out;
});

/** At 1280 px and 400 % a window is 320 by 256: what stays in place must leave room for the rest. */
export async function magnified(page) {
  await page.setViewportSize({ width: 320, height: 256 });
  const out = await page.evaluate(() => {
    scrollTo(0, document.body.scrollHeight / 2);
    const held = [...document.querySelectorAll("body *")].filter((e) => /fixed|sticky/.test(getComputedStyle(e).position) && e.checkVisibility());
    const high = held.map((e) => e.getBoundingClientRect()).filter((box) => box.bottom > 0 && box.top < innerHeight && box.height > 0);
    return { scroll: document.documentElement.scrollWidth, client: document.documentElement.clientWidth, held: high.reduce((sum, box) => sum + Math.min(box.bottom, innerHeight) - Math.max(box.top, 0), 0) / innerHeight };
  });
  await page.setViewportSize({ width: 320, height: 900 });
  return out;
}

/** What is lost in forced colours, in the dark and without motion. */
export async function preferences(page) {
  const lost = [];
  await page.emulateMedia({ forcedColors: "active" });
  lost.push(...await page.evaluate(() => {
    const out = [];
    const shown = (e) => e.checkVisibility() && e.getClientRects().length > 0;
    // A state is a word; a box that says something by its colour keeps an edge.
    for (const e of document.querySelectorAll(".tag, .deadline, .count")) if (shown(e) && !e.innerText.trim()) out.push(`${e.className} has no word`);
    for (const e of document.querySelectorAll(".tag, .note, .verdict, .sum, .panel, .card, .btn, .inp")) {
      const style = getComputedStyle(e);
      const edges = ["Top", "Right", "Bottom", "Left"].filter((side) => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) > 0);
      if (shown(e) && edges.length === 0) out.push(`${e.tagName}.${e.className} has no edge`);
    }
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode()); ) {
      const parent = node.parentElement;
      if (!node.data.trim() || !shown(parent) || parent.closest(".sr, script, style, template, option")) continue;
      let behind = parent;
      while (behind && /rgba\(.*, 0\)|transparent/.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
      if (behind && getComputedStyle(behind).backgroundColor === getComputedStyle(parent).color) out.push(`«${node.data.trim().slice(0, 30)}» is not to be seen`);
    }
    return out.map((what) => `forced colours: ${what}`);
  }));
  await page.emulateMedia({ forcedColors: "none", colorScheme: "dark" });
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const pale = await page.evaluate(async () => {
    // eslint-disable-next-line no-undef
    const { violations } = await axe.run(document, { runOnly: { type: "rule", values: ["color-contrast"] } });
    return violations.flatMap((v) => v.nodes.map((n) => n.target.join(" ")));
  });
  lost.push(...pale.map((what) => `dark: ${what} is too pale`));
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  lost.push(...await page.evaluate(() => {
    const moving = document.getAnimations().filter((a) => a.playState === "running").map((a) => `reduced motion: ${a.effect?.target?.className} moves`);
    const slow = [...document.querySelectorAll("body *")].filter((e) => /[1-9]/.test(getComputedStyle(e).animationDuration + getComputedStyle(e).transitionDuration)).map((e) => `reduced motion: ${e.tagName}.${e.className} has a transition`);
    return [...moving, ...slow, ...(getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["reduced motion: scrolls smoothly"] : [])];
  }));
  await page.emulateMedia({ reducedMotion: "no-preference" });
  return [...new Set(lost)];
}
