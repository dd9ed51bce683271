// What stands on a printed page: its text, its pictures' QR codes, its number of pages.

import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readQr } from "./lib.mjs";

const QUIET = { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };

/** Works on a file in a folder of its own. */
function withFile(bytes, work) {
  const folder = mkdtempSync(join(tmpdir(), "shubbak-print-"));
  try {
    const file = join(folder, "paper.pdf");
    writeFileSync(file, bytes);
    return work(file, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Text as a person copies it: one space between words, no marks of direction. */
export function copied(text) {
  // Between its marks pdftotext puts what runs left to right, with the space that follows it in front.
  const moved = text.replace(/\u202a( ?)([^\u202c]*)\u202c/g, (_, space, run) => `${run}${space}`);
  return moved.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").replace(/\s+/g, " ").trim();
}

/** The pages of a PDF, each as its lines of text from top to bottom. */
export function pagesOf(bytes) {
  return withFile(bytes, (file) => execFileSync("pdftotext", ["-layout", file, "-"], QUIET).split("\f").slice(0, -1)
    .map((page) => page.split("\n").map(copied).filter(Boolean)));
}

/** Fetches a PDF as the person of the page and reads it. */
export async function printed(page, path) {
  const answer = await page.request.get(path);
  if (answer.status() !== 200) throw new Error(`${path}: ${answer.status()}`);
  return withFile(await answer.body(), (file, folder) => {
    const text = copied(execFileSync("pdftotext", [file, "-"], QUIET));
    const pages = Number(/Pages:\s+(\d+)/.exec(execFileSync("pdfinfo", [file], QUIET))[1]);
    execFileSync("pdftoppm", ["-r", "250", "-png", "-singlefile", file, join(folder, "paper")], QUIET);
    const codes = readQr(join(folder, "paper.png")).split("\n");
    return { text, pages, qr: codes.find((code) => /^https?:/i.test(code)), bars: codes.find((code) => /^\d+$/.test(code)), type: answer.headers()["content-type"] };
  });
}

/** The place of a code on this server, whatever address the deployment prints. */
export function here(code) {
  const url = new URL(code);
  return `${url.pathname}${url.search}${url.hash}`;
}
