// verify_test.mjs PROGRAM ROOT BROWSER [FOLDER]: the page of verify as an editor opens and prints it. Pictures go to
// FOLDER, where one is given.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const [, , program, root, executablePath, pictures] = process.argv;
const folder = mkdtempSync(join(tmpdir(), 'suyuan-verify-'));
const faults = [];
let checks = 0;
const need = (ok, what) => { ++checks; if (!ok) faults.push(what); };

// verify ends with 1 where something is to be done: that is no failure here.
function verify(name, ...args) {
  const path = join(folder, name);
  try {
    execFileSync(program, ['verify', ...args, '-o', path], { cwd: root });
  } catch (e) {
    if (e.status !== 1) throw e;
  }
  return path;
}

const sample = ['data/sample/texts/03_article_quoting.txt', 'data/sample/texts/04_feature.txt', '--against', 'data/sample/texts'];
const decided = ['--accept', 'tests/golden/accept.json', '--points', '--characters', '20000'];
const page = {
  zh: verify('zh.html', ...sample, ...decided, '--format', 'html', '--lang', 'zh'),
  en: verify('en.html', ...sample, ...decided, '--format', 'html', '--lang', 'en'),
};
const report = JSON.parse(readFileSync(verify('report.json', ...sample, ...decided, '--format', 'json'), 'utf8'));
const quotations = report.quotations.filter((q) => q.form !== 'unmarked');
const open = quotations.filter((q) => q.level !== 'ok' && !q.accepted);

// Script in a source, in a draft, in a name and in what an editor wrote stays text.
const harm = '<script>window.harmed=1</script><img src=x onerror="window.harmed=1">';
mkdirSync(join(folder, 'library'));
writeFileSync(join(folder, 'library', 'speech.txt'), `沙漏讲话选编${harm}\n\n林有林的脾气，树多的时候要有地方透风${harm}，树少的时候要有地方遮阴，这是护林的根本道理。\n（2031年3月8日在云川林业座谈会上的讲话${harm}）\n`);
writeFileSync(join(folder, 'draft.txt'), `谈护林${harm}\n\n山里的人都记得。郗望澜指出：“林有林的脾气，树多的时候要有地方透光${harm}，树少的时候要有地方遮阴”。${harm}后来的事大家都知道了。\n`);
const planted = verify('planted.html', join(folder, 'draft.txt'), '--against', join(folder, 'library'), '--format', 'html', '--lang', 'zh');

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
await browser.newPage();  // one page stays open: with its last window closed the browser may end
async function load(path, { width = 1280 } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const tab = await context.newPage();
  tab.on('console', (m) => { if (['error', 'warning'].includes(m.type())) faults.push(`console: ${m.text()}`); });
  tab.on('pageerror', (e) => faults.push(`page error: ${e.message}`));
  tab.on('request', (r) => { if (!/^(file|data):/.test(r.url())) faults.push(`fetches ${r.url()}`); });
  await tab.goto(`file://${path}`);
  return tab;
}

{  // what it says
  const tab = await load(page.zh);
  need(await tab.locator('article').count() === open.length, 'one article for each open finding');
  need(await tab.locator('#table tbody tr').count() === quotations.length, 'the table lists every quotation');
  need(await tab.locator('#queries tbody tr').count() === open.filter((q) => q.level !== 'note').length, 'the queries are what is to be checked or changed');
  need(await tab.locator('#errata tbody tr').count() === quotations.filter((q) => q.accepted?.as === 'error').length, 'the errata are the confirmed errors');
  const heads = await tab.locator('#table thead th').allTextContents();
  need(heads.join() === '序号,稿中位置,引文,依据文字,判定与校记,依据,所称出处,他本异文,处理,核对人,日期', `the heads of the table: ${heads}`);
  for (const id of ['table', 'queries', 'errata']) {
    const head = await tab.locator(`#${id} dl`).first().textContent();
    need(report.documents.every((d) => head.includes(d.sha256)) && head.includes('suyuan') && head.includes('依据库'), `${id}: what it rests on stands at its head`);
  }
  const text = report.documents.find((d) => d.id === report.drafts[0]).text.split('\n').filter((l) => l.trim());
  const shown = await tab.locator('#draft').textContent();
  need(text.every((l) => shown.replace(/\d+/g, '').includes(l.trim().replace(/\d+/g, '').slice(0, 12))), 'the draft is there whole');
  need(await tab.locator('details:not([open]) li').count() === report.quotations.length - quotations.length, 'unmarked words are one closed group');
  for (const link of await tab.locator('#draft mark a').all()) {
    const href = await link.getAttribute('href');
    need(await tab.locator(href).count() === 1, `${href} leads nowhere`);
  }
  await tab.context().close();
}

{  // harm
  const tab = await load(planted);
  need(await tab.evaluate(() => window.harmed === undefined), 'a script of a source runs');
  need(await tab.locator('script, img').count() === 0, 'a source makes elements');
  need((await tab.locator('body').textContent()).includes('<script>window.harmed=1</script>'), 'a script of a source is not shown as text');
  await tab.context().close();
}

// widths, accessibility
for (const [lang, path] of Object.entries(page))
  for (const width of [390, 820, 1440]) {
    const tab = await load(path, { width });
    need(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${lang} at ${width} is wider than the window`);
    await tab.evaluate(axe);
    const { violations } = await tab.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    for (const v of violations) faults.push(`axe ${lang} ${width}: ${v.id}: ${v.help}: ${v.nodes.slice(0, 2).map((n) => n.html.slice(0, 160)).join(' | ')}`);
    ++checks;
    for (const id of pictures ? ['findings', 'draft', 'table'] : []) {
      await tab.evaluate((x) => document.getElementById(x).scrollIntoView(), id);
      await tab.screenshot({ path: join(pictures, `verify-${lang}-${width}-${id}.png`) });
    }
    await tab.context().close();
  }

{  // paper: the three forms and nothing else, no background, nothing cut off
  const tab = await load(page.zh, { width: 1040 });
  await tab.emulateMedia({ media: 'print' });
  for (const id of ['table', 'queries', 'errata']) need(await tab.locator(`#${id}`).isVisible(), `${id} is not printed`);
  for (const id of ['#findings', '#draft', 'nav']) need(!(await tab.locator(id).isVisible()), `${id} is printed`);
  const wide = await tab.evaluate(() => [...document.querySelectorAll('.print table')].map((t) => t.scrollWidth - t.parentElement.clientWidth));
  need(wide.every((w) => w <= 1), `a printed table is wider than the paper: ${wide}`);
  const colours = await tab.evaluate(() => [...document.querySelectorAll('.print *')].map((e) => getComputedStyle(e).backgroundColor).filter((c) => !/rgba\(0, 0, 0, 0\)|255, 255, 255/.test(c)));
  need(colours.length === 0, `colour in print: ${colours[0]}`);
  if (pictures) await tab.pdf({ path: join(pictures, 'verify.pdf'), preferCSSPageSize: true });
  await tab.context().close();
}

await browser.close();
rmSync(folder, { recursive: true });
for (const f of faults) console.log(f);
console.log(`${checks} checks, ${faults.length} failed`);
process.exit(faults.length ? 1 : 0);
