// What axe-core knows to be wrong, on every kind of page, at three widths, in light, in the dark and in forced colours.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { HEIGHT, PAGES, WIDTHS, none, open, picture, visitor } from "./shared.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const LOOKS = [
  { name: "light", media: { colorScheme: "light", forcedColors: "none" } },
  { name: "dark", media: { colorScheme: "dark", forcedColors: "none" } },
  { name: "forced colours", media: { colorScheme: "dark", forcedColors: "active" } },
];
const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

function collect(faults, violations, where) {
  for (const { id, help, nodes } of violations) {
    for (const node of nodes) {
      const fault = `${id} (${help})\n    ${node.target.join(" ")}\n    ${node.failureSummary.replaceAll("\n", "\n    ")}`;
      faults.set(fault, [...(faults.get(fault) ?? []), where]);
    }
  }
}

// A place inside the folded list of communes unfolds it.
const UNFOLDED = { name: "province-unfolded", path: "/don-vi/ha-noi#chu-b", unfolded: ".choice[open]" };

for (const kind of [...PAGES, UNFOLDED]) {
  test(`${kind.name}: axe finds nothing at any width, in light, dark and forced colours`, () =>
    visitor({ bypassCSP: true }, async (page) => {
      const faults = new Map();
      await open(page, kind);
      if (kind.unfolded) await page.waitForSelector(kind.unfolded);
      await page.addScriptTag({ content: source });
      for (const { name, media } of LOOKS) {
        await page.emulateMedia(media);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: HEIGHT });
          const found = await page.evaluate(
            async (tags) => (await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] })).violations,
            TAGS
          );
          collect(faults, found, `${width} px, ${name}`);
          await picture(page, `${kind.name}-${width}-${name.replace(" ", "-")}`);
        }
      }
      none([...faults].map(([fault, where]) => `${where.join("; ")}: ${fault}`), "axe found");
    }));
}
