// What stands on a printed page: its text, its pictures' QR codes, its number of pages.

import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readQr } from "./lib.mjs";

const QUIET = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };

/** Fetches a PDF as the person of the page and reads it. */
export async function printed(page, path) {
  const answer = await page.request.get(path);
  if (answer.status() !== 200) throw new Error(`${path}: ${answer.status()}`);
  const folder = mkdtempSync(join(tmpdir(), "shubbak-print-"));
  try {
    const file = join(folder, "paper.pdf");
    writeFileSync(file, await answer.body());
    const text = execFileSync("pdftotext", ["-layout", file, "-"], QUIET);
    const pages = Number(/Pages:\s+(\d+)/.exec(execFileSync("pdfinfo", [file], QUIET))[1]);
    execFileSync("pdftoppm", ["-r", "250", "-png", "-singlefile", file, join(folder, "paper")], QUIET);
    const codes = readQr(join(folder, "paper.png")).split("\n");
    return { text, pages, qr: codes.find((code) => /^https?:/i.test(code)), bars: codes.find((code) => /^\d+$/.test(code)), type: answer.headers()["content-type"] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The place of a code on this server, whatever address the deployment prints. */
export function here(code) {
  const url = new URL(code);
  return `${url.pathname}${url.search}${url.hash}`;
}
