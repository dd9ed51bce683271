// Runs the test files, one after the other. A file that fails is run once more, for a browser on a busy machine now and then
// loses an answer; what failed at first and not again is named at the end. A fault of the product fails both times.
// `node run.mjs [file …]`

import { run } from "node:test";
import { spec } from "node:test/reporters";
import { readdirSync } from "node:fs";
import { basename, resolve } from "node:path";

/** Milliseconds after which a test or a file hangs, and is a failure. */
const PATIENCE = 15 * 60_000;

const HERE = new URL("./", import.meta.url).pathname;
const named = process.argv.slice(2).map((name) => resolve(name));
const all = named.length ? named : readdirSync(HERE).filter((name) => name.endsWith(".test.mjs")).sort().map((name) => HERE + name);

/** Runs files; answers those that failed. */
async function go(files) {
  const failed = new Set();
  const events = run({ files, concurrency: 1, timeout: PATIENCE });
  events.on("test:fail", ({ file, name, todo }) => todo === undefined && failed.add(resolve(file ?? name)));
  for await (const line of events.compose(spec)) process.stdout.write(line);
  return [...failed];
}

const first = await go(all);
const second = first.length && first.length <= 3 ? await go(first) : first;
for (const file of first) console.log(`${basename(file)}: ${second.includes(file) ? "failed" : "failed once, and not again"}`);
process.exitCode = second.length ? 1 : 0;
