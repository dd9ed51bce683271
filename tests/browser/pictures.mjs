// Photographs the main pages of the demonstration: for the README into docs/pictures, small ones for the guide into
// manual/src/pictures.

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync, rmSync } from "node:fs";
import { serveDemo, launch, open, login } from "./lib.mjs";
import { fill, takeIn, PERSON } from "./forms.mjs";
import { printed, here } from "./prints.mjs";

const FOLDER = new URL("../../docs/pictures/", import.meta.url).pathname;
const GUIDE = new URL("../../manual/src/pictures/", import.meta.url).pathname;
mkdirSync(FOLDER, { recursive: true });
mkdirSync(GUIDE, { recursive: true });
const demo = await serveDemo();
const browser = await launch();
const opened = async (name) => {
  const { page } = await open(browser, demo.base, { width: 1200, height: 800 });
  await page.addInitScript(() => { window.print = () => {}; });
  if (name) await login(page, name);
  return page;
};
const shoot = async (page, name) => {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${FOLDER}${name}.png`, animations: "disabled", caret: "hide" });
};
/** The upper part of a page, without the banner of the demonstration, as a picture of some 20 KB. */
const guide = async (page, name, { height = 620 } = {}) => {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 960, height });
  await page.evaluate(() => {
    document.querySelector(".demo")?.remove();
    document.activeElement?.blur();
    scrollTo(0, 0);
    return document.fonts.ready;
  });
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 45 });
  writeFileSync(`${GUIDE}${name}.webp`, Buffer.from(data, "base64"));
  await session.detach();
  await page.setViewportSize(before);
};

try {
  const citizen = await opened();
  await citizen.goto("/");
  await shoot(citizen, "home");
  await citizen.goto("/services/SHP-01");
  await guide(citizen, "service");

  const clerk = await opened("clerk");
  await clerk.goto("/counter/new?service=SHP-01");
  await fill(clerk.locator("form[data-intake]"), { "applicant.nid": PERSON.nid, "applicant.full_name": PERSON.name, "applicant.mobile_number": PERSON.mobile, "a.has_motors": "no", "a.hazardous_materials": "no", "a.handles_food": "no", papers: null });
  await clerk.waitForTimeout(1500);
  await clerk.evaluate(() => scrollTo(0, 0));
  await shoot(clerk, "intake");
  await guide(clerk, "intake");
  await clerk.goto("/counter");
  await guide(clerk, "counter");

  const officer = await opened("officer");
  await officer.goto("/desk");
  await shoot(officer, "inbox");
  await guide(officer, "inbox");
  await officer.locator('main tbody a[href^="/desk/requests/"]').first().click();
  await officer.waitForURL(/\/desk\/requests\//);
  await guide(officer, "file");

  const others = { cashier: ["/counter", "till"], inspector: ["/desk/visits", "visits"], secretary: ["/desk/sittings", "sittings"], head: ["/desk/approvals", "approvals"], supervisor: ["/admin/people", "people"], catalogue: ["/admin/services", "services"] };
  for (const [name, [address, picture]] of Object.entries(others)) {
    const page = await opened(name);
    await page.goto(address);
    await guide(page, picture);
  }

  const counter = await opened("clerk");
  const slip = await takeIn(counter, "SHP-01");
  const { qr } = await printed(counter, `/requests/${slip.id}/slip-a5.pdf`);
  await citizen.goto(here(qr));
  await shoot(citizen, "track");
  await guide(citizen, "track");

  // A licence that the demonstration has issued.
  await counter.goto(`/counter/search?q=${encodeURIComponent("أحمد محمد عبد الله")}`);
  const cases = await counter.locator('main a[href^="/counter/requests/"]').evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  let file = null;
  for (const one of cases) {
    await counter.goto(one);
    const link = counter.locator('main a[href^="/papers/"]').first();
    if ((await link.count()) === 0) continue;
    file = await link.getAttribute("href");
    if (/محل/.test(await counter.locator("main h1, main h1 + p").first().innerText())) break;
  }
  const paper = await printed(counter, file);
  const pdf = `${FOLDER}licence.pdf`;
  writeFileSync(pdf, await (await counter.request.get(file)).body());
  execFileSync("pdftoppm", ["-r", "80", "-png", "-singlefile", pdf, `${FOLDER}licence`], { stdio: "ignore" });
  rmSync(pdf);
  await citizen.goto(here(paper.qr));
  await citizen.waitForLoadState("networkidle");
  await citizen.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
  await shoot(citizen, "verify");
} finally {
  await browser.close();
  await demo.stop();
}
