// Filling a form of the program as a person would, whatever fields the service declares.

/** What goes into a field by its kind. Numbers in Arabic-Indic digits where a person would type them. */
const BY_KIND = {
  "national-id": "29001010112345",
  mobile: "01012345678",
  point: "30.0561, 31.3301",
  date: "22/11/2026",
  money: "٢٠٠٠",
  area: "٤٤٫٥",
  length: "12",
  number: "3",
  integer: "2",
  textarea: "لا مانع، والمستندات مطابقة",
};

const POLYGON = "30.0561, 31.3301\n30.0561, 31.3305\n30.0565, 31.3305\n30.0565, 31.3301";

/** Answers that keep a request plain, and the team that a building needs. */
const PLAIN = {
  "a.has_motors": "no", "a.hazardous_materials": "no", "a.handles_food": "no",
  "a.project_team.0.role": "architect", "a.project_team.0.name": "م. سنوسرت الفيروز", "a.project_team.0.syndicate_number": "123456", "a.project_team.0.mobile": "01012345678",
  "a.old_street_name": "شارع النخيل", "a.new_street_name": "شارع الزهور",
};

export const PERSON = { nid: "29001010112345", name: "نفرتاري سنوسرت الفيروز", mobile: "01012345678" };

/** The controls of a form that ask for something and are shown, in the order of the page. */
export function asked(form) {
  return form.evaluate((root) => {
    const seen = new Set();
    const out = [];
    for (const e of root.querySelectorAll("input:not([type=hidden]), select, textarea")) {
      if (!e.name || seen.has(e.name) || e.disabled || e.readOnly || !e.checkVisibility() || e.closest("details:not([open])")) continue;
      const field = e.closest(".fld");
      const kind = /k-([a-z-]+)/.exec(field?.className ?? "")?.[1] ?? "";
      const words = (field?.querySelector("label, legend") ?? e.labels?.[0])?.innerText ?? "";
      seen.add(e.name);
      out.push({
        name: e.name, type: e.type, kind, words, value: e.value, id: e.id,
        // What a person cannot take away again.
        stays: (e.type === "radio" && !!root.querySelector(`[name="${e.name}"]:checked`)) || (!!e.options && ![...e.options].some((o) => o.value === "")),
        chosen: (e.type === "radio" || e.type === "checkbox") && !!root.querySelector(`[name="${e.name}"]:checked`),
        options: e.options ? [...e.options].map((o) => o.value).filter(Boolean) : [],
        optional: /اختياري/.test(words) || !!field?.dataset.when,
      });
    }
    return out;
  });
}

/** The value for a field, or null where it may stay as it is. */
export function valueOf(field, given) {
  if (field.name in given) return given[field.name];
  const part = field.name.split(".").at(-1);
  if (field.optional || (field.value && !/^(radio|checkbox)$/.test(field.type)) || field.chosen) return null;
  if (field.type === "select-one") return field.options[0] ?? null;
  if (field.type === "radio" || field.type === "checkbox") return "";
  if (/polygon|حدود قطعة/.test(field.name + field.words)) return POLYGON;
  if (field.type !== "file" && /_(location|point)$|على الخريطة|on the map/i.test(field.name + field.words)) return BY_KIND.point;
  if (/_date$/.test(field.name)) return BY_KIND.date;
  if (field.kind === "date") return { day: "22", month: "11", year: "2026" }[part] ?? "22/11/2026";
  if (field.kind === "point") return { lat: "30.0561", lng: "31.3301" }[part] ?? BY_KIND.point;
  if (field.kind === "address") return { building: "12", street: "شارع عباس العقاد" }[part] ?? (part === field.name.split(".")[0] || field.name.startsWith("a.") ? "12 شارع عباس العقاد" : null);
  return BY_KIND[field.kind] ?? "بقالة النور";
}

/** Fills what the form asks, also what it asks only after an answer; `given` names values, `null` leaves a field alone. */
export async function fill(form, given = {}) {
  const done = new Set();
  for (let fields; (fields = (await asked(form)).filter((field) => !done.has(field.name))).length > 0; ) {
    for (const field of fields) {
      done.add(field.name);
      const value = valueOf(field, given);
      const control = form.locator(`[name="${field.name}"]`);
      // An answer before it may have taken it off the page.
      if (value === null || !(await control.first().isVisible())) continue;
      if (field.type === "select-one") await control.selectOption(value);
      else if (field.type === "radio") await (value === "" ? control.first() : form.locator(`[name="${field.name}"][value="${value}"]`)).check();
      else if (field.type === "checkbox") await control.first().check();
      else if (field.type === "file") await control.setInputFiles(value === "بقالة النور" ? { name: "scan.pdf", mimeType: "application/pdf", buffer: pdf() } : value);
      else await control.fill(value);
    }
  }
}

/** A small sound PDF. */
export function pdf() {
  const objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = text.length;
  text += `xref\n0 4\n0000000000 65535 f \n${places.map((p) => `${String(p).padStart(10, "0")} 00000 n \n`).join("")}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text);
}

/** Presses a form's button and answers the response to the post. */
export async function press(page, button) {
  const [answer] = await Promise.all([
    page.waitForResponse((r) => r.request().method() === "POST" && r.request().isNavigationRequest()),
    page.waitForEvent("load"),
    button.click(),
  ]);
  return answer;
}

/**
 * Takes a request in at the window with the pointer, and answers its number, PIN and identity. `without`: so many of its
 * papers are still to come.
 */
export async function takeIn(page, service, { without = 0, ...given } = {}) {
  await page.goto(`/counter/new?service=${service}`);
  const form = page.locator("form[data-intake]");
  await fill(form, { "applicant.nid": PERSON.nid, "applicant.full_name": PERSON.name, "applicant.mobile_number": PERSON.mobile, papers: null, ...PLAIN, ...given });
  const papers = [];
  // A page with JavaScript shows the papers whose condition holds; without, those that a licensed shop and a building of two floors need.
  const judged = (await form.locator(".fld[data-when][hidden]").count()) > 0;
  for (const paper of await form.locator('input[name=papers]:visible').all()) {
    if (await paper.evaluate((e, all) => !e.closest("details") && (all || !e.closest(".fld")?.dataset.when || /^(SHOP_DRAW|BLD_LICENCE|SOIL)$/.test(e.value)), judged)) papers.push(paper);
  }
  for (const paper of papers.slice(0, papers.length - without)) await paper.check();
  const answer = await press(page, form.locator('button[value=register]'));
  if (answer.status() !== 303) throw new Error(`intake of ${service}: ${answer.status()} ${await page.locator("[data-summary]").innerText().catch(() => "")}`);
  return slip(page);
}

/** What the slip's page says. */
export async function slip(page) {
  const codes = await page.locator(".panel .code").allInnerTexts();
  const id = /done\/([0-9a-f-]+)/.exec(page.url())?.[1];
  return { number: codes[0]?.trim(), pin: codes[1]?.trim(), id };
}
