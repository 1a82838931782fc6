// A clock that is driven from outside: a line to stdout says what is wanted (`clock 2026-11-23T07:00:00`, `restart`), a line
// from stdin says that it is so and where the server now is. `tests/portal/story.rs` is at the other end; LINKS says by
// which links its people come in.

import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { begin } from "./shared.mjs";
import { DESK, join, signIn } from "./staff.mjs";

const links = JSON.parse(process.env.LINKS ?? "{}");
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
let address = process.env.BASE_URL;
let seconds = 0;

export async function ask(what) {
  process.stdout.write(`${what}\n`);
  const { value = "nobody answers" } = await lines.next();
  assert.match(value, /^ok http/, what);
  address = value.slice(3);
}

// The wall clock in Viet Nam.
export async function clock(local) {
  seconds = Date.parse(`${local}+07:00`) / 1000;
  await ask(`clock ${local}`);
}

after(() => process.stdin.destroy());

export const now = () => seconds;
export const at = (path) => new URL(path, address).href;
export const to = (page, path) => page.goto(at(`${DESK}${path}`));
export const tab = async (options = {}) => (await begin(options)).newPage();
export const enter = async (who) => {
  const page = await tab();
  return { page, person: await join(page, at(links[who].path), {}, now), ...links[who] };
};
export const again = async ({ page, person, login }) => {
  await to(page, "/dang-nhap");
  await signIn(page, { ...person, login });
};
