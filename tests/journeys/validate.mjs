// Checks HTML for as long as its input is open. Started by validating.py as `node validate.mjs <module> <rules>`; a line of
// JSON with one page in, a line of JSON with the findings out.
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, rules] = process.argv.slice(2);
const { HtmlValidate } = await import(pathToFileURL(module));
const validator = new HtmlValidate(JSON.parse(readFileSync(rules, "utf8")));

for await (const line of createInterface({ input: process.stdin })) {
  const report = await validator.validateString(JSON.parse(line));
  console.log(JSON.stringify(report.results.flatMap((page) => page.messages)));
}
