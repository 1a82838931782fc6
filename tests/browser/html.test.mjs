// The Nu HTML checker reads every kind of page as the server sends it. It needs Java.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PAGES, base, none } from "./shared.mjs";

// What the checker warns of and is meant so.
const ALLOWED = [];

const jar = createRequire(import.meta.url)("vnu-jar");

// It has a frame of its own.
const SCREEN = { name: "screen", path: "/bang-tin/99001/man-hinh" };

// One start of the checker for all pages: it is the start that takes time.
const check = (folder) =>
  new Promise((resolve, reject) =>
    execFile("java", ["-jar", jar, "--format", "json", "--skip-non-html", folder], { maxBuffer: 64 << 20 }, (error, _, said) => {
      try {
        resolve(JSON.parse(said).messages);
      } catch {
        reject(error ?? new Error(said));
      }
    })
  );

test("every kind of page is valid HTML, without a warning", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bangtin-html-"));
  try {
    for (const { name, path, status = 200 } of [...PAGES, SCREEN]) {
      const answer = await fetch(new URL(path, base));
      assert.equal(answer.status, status, path);
      await writeFile(join(folder, `${name}.html`), await answer.text());
    }
    const messages = (await check(folder)).filter(({ type, message }) => type === "error" || type === "non-document-error" || !ALLOWED.some((allowed) => allowed.test(message)));
    none(messages.map(({ url, type, subType, message, extract }) => `${url.split("/").pop()}: ${subType ?? type}: ${message} ${extract ?? ""}`), "the checker says");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
