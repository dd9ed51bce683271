// A camera that looks at a paper: the picture of a PDF as the stream of Chromium's pretended camera (Y4M, one frame).

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A picture of a PDF's first page as PNG, as from a phone's gallery. */
export function photo(pdf, width = 1100) {
  const folder = mkdtempSync(join(tmpdir(), "shubbak-photo-"));
  writeFileSync(join(folder, "paper.pdf"), pdf);
  execFileSync("pdftoppm", ["-scale-to-x", String(width), "-scale-to-y", "-1", "-png", "-singlefile", join(folder, "paper.pdf"), join(folder, "paper")], { stdio: "ignore" });
  return join(folder, "paper.png");
}

/**
 * A PDF's first page as a camera sees it that is held to the corner with the code, below on the left: half of the page's width,
 * as Y4M. Answers the file.
 */
export function stream(pdf, { width = 1280, height = 960 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "shubbak-camera-"));
  writeFileSync(join(folder, "paper.pdf"), pdf);
  execFileSync("pdftoppm", ["-scale-to-x", String(width * 2), "-scale-to-y", "-1", "-gray", "-singlefile", join(folder, "paper.pdf"), join(folder, "paper")], { stdio: "ignore" });
  const picture = readFileSync(join(folder, "paper.pgm"));
  const [head, wide, tall] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(picture.subarray(0, 40).toString("latin1"));
  const light = Buffer.alloc(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) light[y * width + x] = 16 + Math.round((picture[head.length + (Number(tall) - height + y) * Number(wide) + x] / 255) * 219);
  }
  // Grey has no colour: both chroma planes stand in the middle.
  const frame = Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\nFRAME\n`), light, Buffer.alloc((width / 2) * (height / 2) * 2, 128)]);
  writeFileSync(join(folder, "paper.y4m"), frame);
  return join(folder, "paper.y4m");
}
