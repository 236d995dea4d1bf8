// Opens what `spfcheck report` writes in Chromium: report.mjs SPFCHECK ZONE
//
// Of each page, at the widths of a telephone and of a desk, light and dark, in each language:
// nothing is logged and nothing is requested, nothing is wider than the window, axe-core finds no
// violation, and everything that does something can be reached with the keyboard. The page is
// printed, too.
//
// Needs SPF_BROWSER_MODULES, a folder with node_modules of playwright-core and axe-core, and
// Chromium (SPF_CHROMIUM, or /usr/bin/chromium); says SKIPPED without them. With
// SPF_BROWSER_SCREENSHOTS, keeps pictures in that folder, to look at.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [spfcheck, zone] = process.argv.slice(2);
const chromium = process.env.SPF_CHROMIUM ?? "/usr/bin/chromium";
const modules = process.env.SPF_BROWSER_MODULES;
const pictures = process.env.SPF_BROWSER_SCREENSHOTS;
if (!modules || !existsSync(join(modules, "node_modules", "playwright-core")) || !existsSync(chromium)) {
  console.log("SKIPPED: needs chromium, and SPF_BROWSER_MODULES with playwright-core and axe-core");
  process.exit(0);
}
const require = createRequire(join(resolve(modules), "/"));
const playwright = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const evil = "<script>document.title='owned'</script><img src=https://evil.example/x onerror=alert(1)>\\\"'>]]>";
const records = (count, text) => Array.from({ length: count }, (_, i) => text(i)).join("\n");
const more = `
our.example. 3600 IN SOA ns.our.example. root.our.example. 1 2 3 4 5
our.example. TXT "v=spf1 mx include:a.our.example include:_spf.google.com include:spf.protection.outlook.com " "ip4:192.0.2.0/24 a:www.our.example include:a.our.example ~all"
our.example. MX 10 mx.our.example.
mx.our.example. A 192.0.2.1
www.our.example. A 192.0.2.2
a.our.example. TXT "v=spf1 include:b.our.example a:gone.our.example -all"
b.our.example. TXT "v=spf1 include:c.our.example ip6:2001:db8:1234:5678:9abc::/96 -all"
c.our.example. TXT "v=spf1 exists:%{i}.list.our.example include:a-very-long-name-of-a-mailing-service.our.example ?all"
a-very-long-name-of-a-mailing-service.our.example. TXT "v=spf1 ip4:203.0.113.0/24 mx -all"
google.com. SOA ns.google.com. root.google.com. 1 2 3 4 5
_spf.google.com. TXT "v=spf1 ip4:198.51.100.0/25 ~all"
outlook.com. SOA ns.outlook.com. root.outlook.com. 1 2 3 4 5
spf.protection.outlook.com. TXT "v=spf1 ip4:198.51.100.128/25 -all"
hostile.our.example. TXT "v=spf1 a:${evil}" " x=${evil}" " include:e.our.example exp=e.our.example ip4:1.2.3.4/99 -all"
texts.our.example. TXT "v=spf1 x=%{i}<b>&lt;]]> include:e.our.example mx -all"
texts.our.example. MX 10 \\<i\\>.our.example.
e.our.example. TXT "v=spf1 a:${evil} -all"
wide.our.example. TXT (${records(120, (i) => ` "include:s${i}.our.example "`).replace('"', '"v=spf1 ')} "-all" )
${records(120, (i) => `s${i}.our.example. TXT "v=spf1 include:s${i + 1}.our.example a:s${i}.our.example -all"`)}
long.our.example. TXT (${records(80, () => ` "${"x".repeat(240)}"`).replace('"', '"v=spf1 ')} )
`;
const domains = ["example.com", "broken.example", "toomany.example", "twice.example", "norecord.example",
  "our.example", "hostile.our.example", "texts.our.example", "wide.our.example", "long.our.example"];

const folder = mkdtempSync(join(tmpdir(), "spf-browser-"));
const problems = [];
const more_zone = join(folder, "more.zone");
writeFileSync(more_zone, more);

/** Returns the languages that the program has. */
function languages() {
  const help = execFileSync(spfcheck, ["report", "--help"], { encoding: "utf8" });
  return help.includes("--lang") ? ["en", "it"] : [""];
}

/** Writes a report; returns its path. */
function report(domain, language) {
  const path = join(folder, `${domain}${language && "-" + language}.html`);
  const options = language ? ["--lang", language] : [];
  const run = spawnSync(spfcheck, ["report", domain, "--zone", zone, "--zone", more_zone, "--html", path, ...options],
    { encoding: "utf8" });
  if (run.status > 5) throw new Error(`${domain}: exit status ${run.status}: ${run.stderr}`);
  return path;
}

async function check(browser, path, language, width, colorScheme) {
  const name = `${path.split("/").pop().replace(".html", "")}-${width}-${colorScheme}`;
  const tell = (text) => problems.push(`${name}: ${text}`);
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  page.on("console", (message) => tell(`console: ${message.text()}`));
  page.on("pageerror", (error) => tell(`error: ${error}`));
  page.on("dialog", (dialog) => { tell("a dialog"); dialog.dismiss(); });
  page.on("request", (request) => { if (request.url() !== pathToFileURL(path).href) tell(`request: ${request.url()}`); });
  await page.goto(pathToFileURL(path).href);
  const shown = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    title: document.title,
    language: document.documentElement.lang,
    scripts: document.scripts.length + document.images.length,
    heads: document.querySelectorAll("main h2").length,
    wide: [...document.querySelectorAll("svg text")].filter((each) => {
      if (getComputedStyle(each).display === "none") return false;
      const [part, whole] = [each.getBoundingClientRect(), each.closest("svg.picture").getBoundingClientRect()];
      return part.right > whole.right + 1 || part.left < whole.left - 1;
    }).map((each) => each.textContent),
  }));
  if (shown.width > width) tell(`is ${shown.width} wide`);
  if (shown.scripts > 0) tell("has scripts or images");
  if (shown.heads < 3) tell(`has only ${shown.heads} sections`);
  if (shown.title === "owned") tell("ran a script of a record");
  if (language && shown.language !== language) tell(`has the language ${shown.language}`);
  for (const text of shown.wide) tell(`cut in the picture: ${text}`);
  await page.evaluate(axe);
  const result = await page.evaluate(() => axe.run());
  for (const each of result.violations) tell(`axe: ${each.id}: ${each.nodes.map((node) => node.html).slice(0, 3).join(" | ")}`);
  const stops = await page.evaluate(() => document.querySelectorAll("a, summary").length);
  const reached = new Set();
  for (let i = 0; i < Math.min(stops, 5); ++i) {
    await page.keyboard.press("Tab");
    reached.add(await page.evaluate(() => {
      const at = document.activeElement;
      const outline = getComputedStyle(at).outlineStyle;
      return `${at.tagName} ${at.textContent} ${outline === "none" ? "invisible" : ""}`;
    }));
  }
  if (reached.size < Math.min(stops, 5)) tell(`the keyboard reaches ${[...reached]}`);
  if ([...reached].some((each) => each.endsWith("invisible") || each.startsWith("BODY"))) tell(`focus: ${[...reached]}`);
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  if (width > 1000 && colorScheme === "light") {
    const pdf = await page.pdf({ format: "A4", path: pictures && join(pictures, `${name}.pdf`) });
    if (pdf.length < 5000) tell("cannot be printed");
  }
  await page.close();
}

const browser = await playwright.chromium.launch({ executablePath: chromium });
try {
  for (const language of languages()) {
    for (const domain of domains) {
      const path = report(domain, language);
      for (const width of [360, 1280]) {
        for (const scheme of ["light", "dark"]) await check(browser, path, language, width, scheme);
      }
    }
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
console.log(problems.length ? problems.join("\n") : "no problem");
process.exit(problems.length ? 1 : 0);
