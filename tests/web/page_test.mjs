// page_test.mjs PROGRAM ROOT BROWSER [FOLDER]: the page as a reader uses it. Pictures go to FOLDER, where one is given.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const [, , program, root, executablePath, pictures] = process.argv;
const folder = mkdtempSync(join(tmpdir(), 'suyuan-web-'));
const faults = [];
let checks = 0;
const need = (ok, what) => { ++checks; if (!ok) faults.push(what); };
const run = (...args) => execFileSync(program, args, { cwd: root, maxBuffer: 1 << 28 });
const write = (name, ...args) => { const path = join(folder, name); run(...args, '-o', path); return path; };
const at = (path, hash = '') => `file://${path}${hash}`;

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
await browser.newPage();  // one page stays open: with its last window closed the browser may end
async function open(path, { hash = '', width = 1280, scheme = 'light', scripts = true } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, javaScriptEnabled: scripts });
  const page = await context.newPage();
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) faults.push(`console: ${m.text()}`); });
  page.on('pageerror', (e) => faults.push(`page error: ${e.message}`));
  page.on('request', (r) => { if (!/^(file|data):/.test(r.url())) faults.push(`fetches ${r.url()}`); });
  await page.goto(at(path, hash));
  return page;
}

const sample = write('sample.html', 'trace', 'data/sample/texts', '--format', 'html', '--include', 'texts', '--lang', 'zh');
const saved = write('sample.json', 'trace', 'data/sample/texts', '--format', 'json', '--include', 'texts');
const report = JSON.parse(readFileSync(saved, 'utf8'));
need(readFileSync(write('again.html', 'render', saved, '--format', 'html', '--lang', 'zh'), 'utf8') === readFileSync(sample, 'utf8'), 'a saved report gives another page than its run');
const short = (key) => key.slice(0, 16);
const letters = ['wording', 'form', 'numeral', 'reporting'];

{  // an answer to find: what was searched is counted, not what is cited; the text asked for is none of it
  const page = await open(write('find.html', 'find', 'data/sample/texts', '--text', '书屋不在大，在于门常开', '--format', 'html', '--lang', 'zh'));
  const years = JSON.parse(run('find', 'data/sample/texts', '--text', '书屋不在大，在于门常开', '--format', 'json')).coverage;
  const works = years.reduce((n, y) => n + y.works, 0);
  need((await page.locator('.lede').textContent()).includes(`${works}，2031 – 2032`), 'the line of what was searched');
  await page.locator('.row').first().click();
  await page.waitForSelector('main.chain');
  const box = await page.locator('.coverage').textContent();
  need(!box.includes('无藏') && !box.includes('三十日') && box.includes(`体裁`), `what was searched: ${box}`);
  need(!(await page.locator('.witnesses').textContent()).includes('-:1:1'), 'the text asked for is no witness');
}

{  // the texts, sorted by how many chains they are in
  const page = await open(sample, { hash: '#/works' });
  const column = () => page.locator('table.works tbody td:last-child').allTextContents();
  const before = (await column()).map(Number);
  await page.locator('table.works thead a').last().click();
  await page.waitForSelector('table.works th[aria-sort]');
  need((await column()).map(Number).join() === [...before].sort((a, b) => b - a).join(), 'texts sorted by chains');
}

{  // the list
  const page = await open(sample);
  need(await page.locator('.row').count() === Math.min(50, report.chains.length), 'one row a chain');
  const before = await page.locator('.row').count();
  await page.keyboard.press('/');
  await page.keyboard.type('鱼道');
  await page.waitForFunction((n) => document.querySelectorAll('.row').length < n, before);
  need(await page.locator('.row').count() > 0 && await page.evaluate(() => document.activeElement.id === 'search'), 'search finds, and keeps the field');
  const marked = await page.locator('mark.hit').allTextContents();
  need(marked.length > 0 && marked.every((m) => m === '鱼道'), 'what is searched for is marked');
  need(page.url().includes('q='), 'a search is in the address');
  await page.reload();
  need(await page.locator('#search').inputValue() === '鱼道', 'and comes back from it');
  await page.fill('#search', '此语绝无');
  await page.waitForFunction(() => document.querySelectorAll('.row').length === 0);
  await page.fill('#search', '');
  await page.waitForFunction((n) => document.querySelectorAll('.row').length === n, before);
  for (const name of ['outlet', 'year', 'kind', 'speaker']) {
    const select = page.locator(`select[name=${name}]`);
    const option = select.locator('option').nth(1);
    const n = Number((await option.textContent()).match(/\((\d+)\)/)[1]);
    await select.selectOption({ index: 1 });
    need(await page.locator('.row').count() === n, `filter by ${name} shows as many as it says`);
    await select.selectOption({ index: 0 });
  }
  const most = Math.max(...report.chains.map((c) => new Set(c.witnesses.map((w) => report.works.find((x) => x.id === w.work).publication)).size));
  await page.fill('input[name=publications]', String(most));
  need(await page.locator('.row').count() >= 1 && await page.locator('.row').count() < before, 'filter by publications');
  await page.fill('input[name=publications]', '');
  await page.selectOption('select[name=sort]', 'length');
  const longest = [...report.chains].sort((a, b) => [...b.text].length - [...a.text].length)[0];
  need((await page.locator('.row').first().getAttribute('href')).includes(short(longest.key)), 'sort by length');
  await page.selectOption('select[name=sort]', '');

  // A hit in a name or another wording is shown, where the passage as shown has none.
  await page.fill('#search', '临江晚报');
  await page.waitForFunction(() => document.querySelectorAll('mark.hit').length > 0);
  need(await page.locator('mark.hit').count() >= await page.locator('.row').count(), 'every row shows why it was found');
  await page.fill('#search', '');

  // A search in either script finds the other's words.
  for (const [one, other] of [['护河', '護河'], ['書屋', '书屋']]) {
    const found = [];
    for (const q of [one, other]) {
      await page.fill('#search', q);
      await page.waitForFunction((want) => decodeURIComponent(location.hash).includes(want), q);
      found.push(await page.locator('.row').count());
      need(await page.locator('mark.hit').count() > 0, `${q} is marked`);
    }
    need(found[0] > 0 && found[0] === found[1], `${one} and ${other}: ${found}`);
  }
  await page.fill('#search', '');
  await page.waitForFunction(() => !location.hash.includes('q='));

  // keyboard: j, k, Enter, Esc, ?
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  need(await page.evaluate(() => document.activeElement === document.querySelectorAll('.row')[1]), 'j goes down');
  await page.keyboard.press('k');
  need(await page.evaluate(() => document.activeElement === document.querySelectorAll('.row')[0]), 'k goes up');
  await page.keyboard.press('Enter');
  await page.waitForSelector('main.chain');
  const first = await page.locator('blockquote.head p').textContent();
  await page.keyboard.press('j');
  await page.waitForFunction((t) => document.querySelector('blockquote.head p').textContent !== t, first);  // the address changes before the page does
  await page.keyboard.press('n');
  await page.waitForFunction(() => document.querySelector('.m.lit') || !document.querySelector('[data-n]'), null, { timeout: 5000 }).catch(() => {});
  need(await page.locator('.m.lit').count() > 0 || await page.locator('[data-n]').count() === 0, 'n lights a difference');
  await page.keyboard.press('Escape');
  await page.waitForSelector('main.chains');
  await page.keyboard.press('?');
  need(await page.locator('dialog[open] dt').count() >= 5, '? shows the keys');
  await page.keyboard.press('Escape');
  need(await page.locator('dialog[open]').count() === 0, 'Esc closes them');

  await page.getByRole('button', { name: 'English' }).click();
  need((await page.locator('h1').textContent()) === 'chains' && (await page.locator('html').getAttribute('lang')) === 'en', 'English');
  await page.close();
}

{  // one chain by its link, its marks against the report, every chain without an error
  const differing = report.chains.find((c) => c.witnesses.some((w) => w.nearest?.edits.some((e) => e.class === 'wording' && e.op === 'substitute')));
  const w = differing.witnesses.find((x) => x.nearest?.edits.some((e) => e.class === 'wording' && e.op === 'substitute'));
  const key = report.documents.find((d) => d.id === w.document).key;
  const page = await open(sample, { hash: `#/chain/${short(differing.key)}?w=${short(key)}:${w.span.start}` });
  need((await page.locator('blockquote.head p').textContent()) === differing.text, 'a chain by its link');
  const shown = w.nearest.edits.filter((e) => letters.includes(e.class));
  for (const [side, index] of [['from', 0], ['to', 1]]) {
    const marks = await page.locator('.side').nth(index).locator('[data-n]').evaluateAll((list) => list.map((m) => m.firstChild.data));
    const want = shown.map((e) => e[side].text || '‸');
    need(JSON.stringify([...marks].sort()) === JSON.stringify([...want].sort()), `marks of ${side}: ${marks} not ${want}`);
  }
  // Whose wording: each status in words, and the readings of one that some speak for.
  const status = (s) => report.chains.flatMap((c) => c.witnesses.filter((x) => x.follows.status === s && (s !== 'decided' || x.follows.readings.length)).map((x) => [c, x]))[0];
  for (const [s, words] of [['decided', '同于'], ['sibling', '同源异文']]) {
    const [c, x] = status(s);
    await page.goto(at(sample, `#/chain/${short(c.key)}?w=${short(report.documents.find((d) => d.id === x.document).key)}:${x.span.start}`));
    await page.waitForFunction((t) => document.querySelector('blockquote.head p')?.textContent === t, c.text);
    const cell = await page.locator('table.witnesses tr.selected td').last().textContent();
    const named = report.works.find((v) => v.id === c.witnesses.find((y) => y.id === x.follows.witnesses[0]).work).siglum;
    need(cell.includes(words) && cell.includes(named), `${s}: ${cell}`);
    need(await page.locator('.telling tbody tr').count() === x.follows.readings.length, `${s}: a row a reading`);
  }
  await page.goto(at(sample, `#/chain/${short(differing.key)}?w=${short(key)}:${w.span.start}`));
  await page.waitForFunction((t) => document.querySelector('blockquote.head p')?.textContent === t, differing.text);
  need(await page.locator('.side').nth(1).locator('mark.substitute').first().evaluate((m) => getComputedStyle(m).borderTopStyle) === 'solid', 'a substitution is boxed, not only coloured');
  need(await page.locator('table.readings tbody tr').count() > 1 && await page.locator('.timeline svg a').count() > 0 && await page.locator('.coverage li').count() > 0, 'readings, timeline, coverage');
  for (const c of report.chains) {
    await page.goto(at(sample, `#/chain/${short(c.key)}`));
    await page.waitForFunction((t) => document.querySelector('blockquote.head p')?.textContent === t, c.text);
    need(await page.locator('table.witnesses tbody tr').count() === c.witnesses.length, `${c.id}: a row a witness`);
  }
  await page.goto(at(sample, '#/chain/0000000000000000'));
  need((await page.locator('h1').textContent()).length > 0 && await page.locator('blockquote').count() === 0, 'a key of no chain');
  await page.close();
}

{  // the reading view: every character of the paragraphs, heat as the report has it
  const page = await open(sample, { hash: '#/works' });
  need(await page.locator('table.works tbody tr').count() === report.works.length && await page.locator('table.matrix').count() === 2, 'texts and coverage');
  for (const work of report.works.slice(0, 12)) {
    const doc = report.documents.find((d) => d.id === work.document);
    const points = [...doc.text];
    await page.goto(at(sample, `#/work/${short(doc.key)}:${work.span.start}-${work.span.end}`));
    await page.waitForFunction((s) => document.querySelector('h1 .sub')?.textContent.trim() === s, work.siglum);
    const want = work.paragraphs.map((p) => p.parts.map((s) => points.slice(s.start, s.end).join('')).join('')).join('');
    need((await page.locator('article').textContent()) === want, `${work.siglum}: the text is read whole`);
  }
  const hot = report.works.find((w) => w.recurs.some((r) => r[2] > 1));
  const doc = report.documents.find((d) => d.id === hot.document);
  await page.goto(at(sample, `#/work/${doc.key}:${hot.span.start}-${hot.span.end}`));
  await page.locator('a.heat.h2').first().click();
  await page.waitForFunction(() => document.querySelectorAll('.panel li').length > 0);
  need(await page.locator('a.heat.here').count() === 1, 'a marked place opens its passages');
  await page.close();
}

{  // characters beyond the basic plane: places still fit
  const a = join(folder, 'a.txt'), b = join(folder, 'b.txt');
  const planted = '<script>window.planted=1</script><img src=x onerror="window.planted=1"></script><!--';
  writeFileSync(a, `　　甲说${planted}𠀀𠀁𠮷，护河先要识河，要把上游的林、中游的田、下游的城放在一张图上看，然后才好动手。\n（《云川日报》 2031年3月9日）\n`);
  writeFileSync(b, `　　乙说${planted}𠀀𠀁𠮷，护河先要识河，要把上游的林、中游的田、下游的村放在一张图上看，然后才好动手。\n（《临江晚报》 2031年4月9日）\n`);
  const path = write('planted.html', 'trace', a, b, '--format', 'html', '--include', 'texts', '--lang', 'en');
  for (const scripts of [true, false]) {
    const page = await open(path, { scripts });
    if (scripts) {
      await page.locator('.row').first().click();
      await page.waitForSelector('.sides');
      const marks = await page.locator('.side').nth(1).locator('mark').evaluateAll((list) => list.map((m) => m.firstChild.data));
      need(marks.includes('村'), `the mark stands at its place behind astral characters: ${marks}`);
      need((await page.locator('body').textContent()).includes('window.planted'), 'a planted script is shown as text');
      need(await page.evaluate(() => window.planted === undefined && document.querySelectorAll('img').length === 0), 'a planted script ran');
      const blocked = await page.evaluate(() => { const x = document.createElement('script'); x.textContent = 'window.unsigned = 1'; document.body.append(x); return window.unsigned === undefined; });
      need(blocked, 'a script without the nonce ran');
      faults.splice(0, faults.length, ...faults.filter((f) => !/console: .*Content Security Policy/.test(f)));
    } else {
      need(await page.locator('table tbody tr').count() >= 1 && await page.locator('img').count() === 0, 'without scripts a plain table, and nothing planted in it');
      need((await page.locator('table').first().textContent()).includes('window.planted') || (await page.locator('caption').first().textContent()).includes('护河先要识河'), 'the passage stands in it');
    }
    await page.close();
  }
}

{  // accessible, light and dark, at three widths
  const differing = report.chains.find((c) => c.witnesses.some((w) => w.nearest?.edits.some((e) => e.class === 'wording')));
  const doc = report.documents[0], work = report.works.find((w) => w.document === doc.id);
  const views = { list: '#/chains', chain: `#/chain/${short(differing.key)}?readings=all&marks=all`, works: '#/works', reader: `#/work/${short(doc.key)}:${work.span.start}-${work.span.end}` };
  for (const scheme of ['light', 'dark'])
    for (const width of [390, 820, 1440])
      for (const [name, hash] of Object.entries(views)) {
        const page = await open(sample, { hash, width, scheme });
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
        for (const v of violations) faults.push(`axe ${name} ${scheme} ${width}: ${v.id}: ${v.help}: ${v.nodes.slice(0, 2).map((n) => n.html.slice(0, 160)).join(' | ')}`);
        ++checks;
        need(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} at ${width} is wider than the window`);
        if (pictures) await page.screenshot({ path: join(pictures, `${name}-${width}-${scheme}.png`), fullPage: true });
        await page.context().close();
      }
  const page = await open(sample, { hash: views.chain });
  await page.emulateMedia({ media: 'print' });
  need(!(await page.locator('.tools').isVisible()) && await page.locator('.sides').isVisible(), 'print leaves the tools out');
  if (pictures) await page.pdf({ path: join(pictures, 'chain.pdf'), format: 'A4' });
  await page.close();
}

// many chains: as many as asked for, each with its own key and text; the times are told, not judged
for (const n of [500, 5000]) {
  const many = { ...report, documents: report.documents.map((d) => ({ ...d, text: undefined })), chains: [] };
  for (let i = 0; i < n; ++i) {
    const c = JSON.parse(JSON.stringify(report.chains[i % report.chains.length]).replaceAll(`"${report.chains[i % report.chains.length].id}`, `"c${i + 1}`));
    c.key = i.toString(16).padStart(64, '0').split('').reverse().join('');
    c.text = `第${i}条：${c.text}`;
    many.chains.push(c);
  }
  const json = join(folder, 'many.json');
  writeFileSync(json, JSON.stringify(many));
  const path = write('many.html', 'render', json, '--format', 'html');
  if (n === 500) {  // on paper stands all of it
    const paper = await open(path);
    await paper.evaluate(() => dispatchEvent(new Event('beforeprint')));
    need(await paper.locator('.row').count() === n, 'the printed list is whole');
    await paper.evaluate(() => dispatchEvent(new Event('afterprint')));
    need(await paper.locator('.row').count() === 50, 'and is cut again on the screen');
  }
  const page = await browser.newPage();
  const start = Date.now();
  await page.goto(at(path), { waitUntil: 'commit' });
  await page.waitForSelector('.row');
  const opened = Date.now() - start;
  const searched = await page.evaluate(async () => {
    const field = document.getElementById('search'), begin = performance.now();
    field.value = '第17条';
    field.dispatchEvent(new Event('input'));
    while (document.querySelectorAll('.row').length !== 1) {
      await new Promise((r) => setTimeout(r, 10));
      if (performance.now() - begin > 10000) break;
    }
    return Math.round(performance.now() - begin);
  });
  console.log(`${n} chains, ${(readFileSync(path).length / 1e6).toFixed(1)} MB: open in ${opened} ms, searched in ${searched} ms`);
  need(await page.locator('.row').count() === 1, `of ${n} chains one is found`);
  await page.close();
}

await browser.close();
rmSync(folder, { recursive: true });
for (const f of faults) console.log(f);
console.log(`${checks} checks, ${faults.length} failed`);
process.exit(faults.length ? 1 : 0);
