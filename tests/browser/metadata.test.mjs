// What pages say in schema.org's words, held against schema.org's own vocabulary: every type, every property, and whether
// the one may have the other, as schema-dts and the TypeScript compiler know them.
// BASE_URL is the running server.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const PAGES = [
  "/",
  "/?trang=2",
  "/chuyen-muc/tin-dung-chinh-sach",
  "/tin/cong-tac-giao-dich-xa",
  "/tin/ngan-hang-csxh-huyen-dan-phuong-no-luc-thuc-hien-muc-tieu-kep",
  "/don-vi/huyen-dan-phuong-ha-noi",
  "/don-vi/ha-noi",
  "/luu-tru/2026/11",
  "/trang/gioi-thieu",
  "/trang/lien-he",
  "/trang/so-do-trang",
  "/en/",
  "/en/tin/cong-tac-giao-dich-xa",
];

const base = new URL(process.env.BASE_URL ?? assert.fail("BASE_URL is not set: start the server and give its address"));
const here = dirname(fileURLToPath(import.meta.url));
const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");

let folder;

// Beside node_modules, where the compiler looks for the vocabulary.
before(() => (folder = mkdtempSync(join(here, "node_modules", ".metadata-"))));
after(() => rmSync(folder, { recursive: true, force: true }));

// What the compiler objects to in graphs, by the name of each; none is an empty text.
function objections(graphs) {
  const file = join(folder, "graphs.ts");
  const lines = graphs.map((graph, index) => `export const page${index}: Graph = ${JSON.stringify(graph)};`);
  writeFileSync(file, [`import type { Graph } from "schema-dts";`, ...lines, ""].join("\n"));
  const flags = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2022", "--types", "", "--pretty", "false"];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [compiler, ...flags, file], { encoding: "utf8", cwd: folder });
  assert.equal(error, undefined);
  assert.equal(status === 0, stdout === "", `the compiler says why: ${stderr}`);
  return stdout;
}

async function blocks(path) {
  const answer = await fetch(new URL(path, base));
  assert.equal(answer.status, 200, path);
  const html = await answer.text();
  return [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, text]) => JSON.parse(text));
}

test("every page speaks schema.org's language", async () => {
  const graphs = [];
  for (const path of PAGES) {
    const found = await blocks(path);
    assert.equal(found.length, 1, `${path} has one block`);
    graphs.push(found[0]);
  }
  assert.equal(objections(graphs), "");
});

test("a word that schema.org does not have is found, and one in the wrong place", async () => {
  const [graph] = await blocks("/tin/cong-tac-giao-dich-xa");
  const spoiled = (change) => {
    const copy = structuredClone(graph);
    change(copy["@graph"]);
    return objections([copy]);
  };
  const article = (nodes) => nodes.find((node) => node["@type"] === "NewsArticle");
  assert.match(spoiled((nodes) => (article(nodes).headlin = "x")), /headlin/);
  assert.match(spoiled((nodes) => (article(nodes).telephone = "x")), /telephone/);
  assert.match(spoiled((nodes) => (article(nodes)["@type"] = "NewsReport")), /NewsReport/);
});
