// The checks 1 to 20 of the design all exist, and CHECKS.md says truly where.

import { test } from "node:test";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";

const HERE = new URL("./", import.meta.url).pathname;
/** The numbers of checks in the names of a file's tests; names may be made of a list of numbers. */
function numbers(file) {
  const text = readFileSync(HERE + file, "utf8");
  const named = [...text.matchAll(/\btest\([`"]check (\d+):/g)].map(([, number]) => Number(number));
  const listed = /\btest\(`check \$\{number\}:/.test(text) ? [...text.matchAll(/^ {2}\[(\d+), "/gm)].map(([, number]) => Number(number)) : [];
  return new Set([...named, ...listed]);
}

const files = readdirSync(HERE).filter((name) => name.endsWith(".test.mjs") && name !== "checks.test.mjs");
const found = new Map(files.map((file) => [file, numbers(file)]));

test("each check from 1 to 20 has a test named after it", () => {
  const all = new Set([...found.values()].flatMap((own) => [...own]));
  const missing = Array.from({ length: 20 }, (_, at) => at + 1).filter((number) => !all.has(number));
  assert.deepEqual(missing, [], "checks without a test");
});

test("CHECKS.md names for each check the files in which it is", () => {
  const lines = readFileSync(`${HERE}CHECKS.md`, "utf8").split("\n").map((line) => /^\| (\d+) \|[^|]*\|([^|]*)\|/.exec(line)).filter(Boolean);
  assert.deepEqual(lines.map(([, number]) => Number(number)), Array.from({ length: 20 }, (_, at) => at + 1));
  for (const [, number, named] of lines) {
    const real = [...found].filter(([, own]) => own.has(Number(number))).map(([file]) => file.replace(".test.mjs", "")).sort();
    const told = [...named.matchAll(/`([a-z]+)`/g)].map(([, name]) => name).sort();
    assert.deepEqual(told, real, `check ${number}`);
  }
});
