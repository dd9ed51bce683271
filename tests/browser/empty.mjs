// A form sent empty: what must be true of the page that comes back.

import assert from "node:assert/strict";
import { accessible, fits, wellFormed } from "./lib.mjs";
import { asked, press } from "./forms.mjs";

const TYPED = "كلمة مكتوبة";

/** Takes everything out of a form but one free text, if another field must be filled in; answers the name of that text. */
async function empty(form, fields) {
  const must = fields.filter((field) => !field.optional && !field.stays);
  const free = (field) => /^(text|textarea)$/.test(field.type) && !/^(date|point|national-id|mobile|money|area|length|number|integer)$/.test(field.kind);
  const kept = fields.find((field) => free(field) && field.optional) ?? (must.length > 1 ? must.find(free) : undefined);
  await form.evaluate((root, [keep, text]) => {
    for (const e of root.querySelectorAll("input:not([type=hidden]), select, textarea")) {
      if (e.readOnly || e.disabled) continue;
      // A radio that is chosen from the first cannot be taken back by a person.
      if (e.type === "radio") continue;
      if (e.type === "checkbox") e.checked = false;
      else if (e.tagName === "SELECT") e.value = [...e.options].some((o) => o.value === "") ? "" : e.value;
      else e.value = e.name === keep ? text : "";
    }
  }, [kept?.name, TYPED]);
  return kept?.name;
}

/**
 * Sends the form of a page empty. Refused, it says so twice and keeps what was typed. Answers the status.
 */
export async function sendEmpty(page, action, { axe }) {
  const forms = page.locator(`form[method=post][action="${action}"]`);
  // Of several with one address, the one that asks most.
  const sizes = await forms.evaluateAll((all) => all.map((form) => {
    form.closest("details")?.setAttribute("open", "");
    return form.querySelectorAll("input:not([type=hidden]), select, textarea").length;
  }));
  const form = forms.nth(sizes.indexOf(Math.max(...sizes)));
  const fields = await asked(form);
  if (fields.every((field) => field.optional || field.stays)) return "asks nothing that it needs";
  const kept = await empty(form, fields);
  const register = form.locator("button[value=register]");
  const button = (await register.count()) > 0 ? register : form.locator("button[type=submit]:not(.sec), button.danger").first();
  const where = `${action} sent empty`;
  const answer = await press(page, (await button.count()) > 0 ? button : form.locator("button").last());
  if (answer.status() !== 422) return answer.status();
  assert.match(await page.title(), /^خطأ:/, where);
  await page.waitForFunction(() => document.activeElement?.hasAttribute("data-summary"), undefined, { timeout: 5000 }).catch(() => assert.fail(`${where}: the summary has no focus`));
  await wellFormed(page, where);
  await fits(page, where);
  if (axe) await accessible(page, where);
  const links = page.locator("[data-summary] li");
  const count = await links.count();
  assert.ok(count > 0, `${where}: the summary is empty`);
  for (let at = 0; at < count; at += 1) {
    const link = links.nth(at).locator("a");
    const words = await links.nth(at).innerText();
    assert.equal(await link.count(), 1, `${where}: «${words}» leads to no field`);
    const id = (await link.getAttribute("href")).slice(1);
    await link.click();
    const landed = await page.evaluate((target) => {
      const place = document.getElementById(target);
      const field = place?.closest(".fld, fieldset");
      return { there: !!place && (document.activeElement === place || place.contains(document.activeElement)), said: field?.querySelector(".msg")?.textContent.trim() ?? "" };
    }, id);
    assert.ok(landed.there, `${where}: «${words}» leads to #${id}, the cursor is elsewhere`);
    assert.ok(landed.said, `${where}: «${words}» is not said at #${id}`);
  }
  if (kept) assert.equal(await page.locator(`form[method=post] [name="${kept}"]`).first().inputValue(), TYPED, `${where}: what was typed into ${kept}`);
  return 422;
}
