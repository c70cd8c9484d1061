// The page of a report: one module, no framework. It reads the report (schema suyuan.report/1) out of the file it
// stands in and shows three views: the chains, one chain, one text. All text reaches the page as text nodes; every
// state of a view is in the address after '#', by keys that a new run of the same texts gives again.

const byId = (id) => document.getElementById(id);
const report = { documents: [], works: [], chains: [], series: [], diagnostics: [], ...JSON.parse(byId('report').textContent) };
const labels = JSON.parse(byId('labels').textContent);
const app = byId('app');

// ---- words -------------------------------------------------------------------------------------------------------

let language = document.documentElement.lang.startsWith('zh') ? 1 : 0;
const t = (key) => (labels[key] ? labels[key][language] : key);
// The label with the number in it; where it has two forms, the first is that of one.
function count(n, key) {
  const forms = t(key).split('|');
  return (n === 1 ? forms[0] : forms[forms.length - 1]).replace('{n}', n.toLocaleString('en-US'));
}

const aside = (words) => (language ? `（${words}）` : ` (${words})`);
// What something was told by: a rule; for what a page, a record or a side file says, with the name of the field.
function ruleText(rule) {
  if (rule.startsWith('copy, ')) return `${t('rule copy')}${t('comma')}${ruleText(rule.slice(6))}`;
  const [name, ...field] = rule.split(' ');
  return [t(`rule ${name}`), ...field].join(' ');
}

// ---- code points -------------------------------------------------------------------------------------------------

// Offsets of a report count code points; strings here count UTF-16 units. Starts of the code points, built once for
// a text that needs it; null where both count alike.
const starts = new Map();
function indexOf(text) {
  if (!/[\ud800-\udbff]/.test(text)) return null;
  let index = starts.get(text);
  if (!index) {
    index = new Uint32Array(text.length + 1);
    let n = 0;
    for (let i = 0; i < text.length; ++n) {
      index[n] = i;
      i += text.codePointAt(i) > 0xffff ? 2 : 1;
    }
    index[n] = text.length;
    index = index.slice(0, n + 1);
    starts.set(text, index);
  }
  return index;
}
function slice(text, begin, end) {
  const index = indexOf(text);
  if (!index) return text.slice(begin, end);
  const at = (i) => index[Math.max(0, Math.min(i, index.length - 1))];
  return text.slice(at(begin), at(end));
}
const lengthOf = (text) => (indexOf(text)?.length ?? text.length + 1) - 1;

// The index in a witness's text of an offset of its document.
function placed(witness, offset) {
  let before = 0;
  for (const p of witness.parts) {
    if (offset <= p.start) break;
    before += Math.min(offset, p.end) - p.start;
    if (offset < p.end) break;
  }
  return before;
}
function sideIn(witness, side) {
  if (!side.span) {
    const at = placed(witness, side.at);
    return [at, at];
  }
  const begin = placed(witness, side.span.start);
  return [begin, Math.max(begin, placed(witness, side.span.end))];
}

// ---- elements ----------------------------------------------------------------------------------------------------

const SVG = 'http://www.w3.org/2000/svg';
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}
const h = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
const s = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

// ---- what the report holds ---------------------------------------------------------------------------------------

const works = new Map(report.works.map((w) => [w.id, w]));
const documents = new Map(report.documents.map((d) => [d.id, d]));
const short = (key) => key.slice(0, 16);
const workKey = (w) => `${short(documents.get(w.document).key)}:${w.span.start}-${w.span.end}`;
const withRecord = (d) => (d.record ? `${d.path}#${d.record}` : d.path);
const fileName = (d) => withRecord(d).replace(/^.*\//, '');
const placeKey = (w) => `${short(documents.get(w.document).key)}:${w.span.start}`;
// An untitled copy is known by the title of another copy of the same publication, in brackets.
const titles = new Map(report.works.filter((w) => w.title).map((w) => [w.publication, w.title]));
const bare = (w) => w.title ?? (titles.has(w.publication) ? `［${titles.get(w.publication)}］` : t('untitled'));
// A title within a title has the single marks.
const inner = (title) => (title.includes('《') ? [...title].map((c) => '〈〉《》'['《》〈〉'.indexOf(c)] ?? c).join('') : title);
const titleOf = (w) => (w.title ? `《${inner(w.title)}》` : bare(w));
const letters = ['wording', 'form', 'numeral', 'reporting'];

// A report of find: the head of its chain is the text that was asked for, and none of those searched.
const find = report.options?.command === 'find';
const isAsked = (chain, w) => find && w.id === chain.head;
const askedWork = find && report.chains.length ? report.chains[0].witnesses.find((w) => w.id === report.chains[0].head).work : null;
const held = report.works.filter((w) => w.kind !== 'collection' && w.id !== askedWork);
const searched = find ? report.coverage : [];  // by year, of all texts that have a date

const chains = report.chains.map((chain, number) => {
  const c = { chain, number, key: short(chain.key), length: lengthOf(chain.text), outlets: new Set(), years: new Set(),
    kinds: new Set(), speakers: new Set(), publications: new Set(), days: [] };
  for (const w of chain.witnesses) {
    const work = works.get(w.work);
    // What the page's data leaves out because it stands elsewhere in them.
    w.date ??= { earliest: work.published.earliest, latest: work.published.latest, basis: 'publication' };
    w.follows ??= { status: 'first', witnesses: [], readings: [] };
    if (w.nearest?.witness === chain.first) w.against_first ??= w.nearest;
    if (w.id === chain.first) c.first = w;
    if (w.id === chain.head) c.head = w;
    if (isAsked(chain, w)) continue;
    if (work.outlet) c.outlets.add(work.outlet);
    c.kinds.add(work.kind);
    c.publications.add(work.publication);
    if (w.speaker) c.speakers.add(w.speaker);
    if (w.date.latest) c.years.add(w.date.latest.slice(0, 4));
  }
  c.places_held = chain.witnesses.filter((w) => !isAsked(chain, w)).length;
  c.from = c.first.date.latest ?? '9999';
  c.places = chain.readings.places.filter((p) => letters.includes(p.class));
  c.sensitive = c.places.filter((p) => p.sensitive).length;
  return c;
});
const chainOf = new Map(chains.map((c) => [c.key, c]));

// A search finds either script by the other: pairs of characters, the second what the first is searched as.
const scripts = new Map();
{
  const pairs = [...JSON.parse(byId('scripts').textContent)];
  for (let i = 0; i + 1 < pairs.length; i += 2) scripts.set(pairs[i], pairs[i + 1]);
}
function fold(text) {
  let out = '';
  for (const c of text.toLowerCase()) out += scripts.get(c) ?? c;
  return out;
}
const squeeze = (text) => fold(text.replace(/\s+/g, ''));
// What a search looks in: every wording of the passage, and the texts' names.
function haystack(c) {
  if (c.haystack === undefined) {
    const parts = new Set([c.chain.text]);
    for (const w of c.chain.witnesses) {
      const work = works.get(w.work);
      for (const x of [w.text, work.title, work.siglum, work.outlet, w.speaker]) if (x) parts.add(x);
    }
    c.haystack = squeeze([...parts].join('\n'));
  }
  return c.haystack;
}

// ---- dates -------------------------------------------------------------------------------------------------------

const day = (text) => Date.parse(`${text}T00:00:00Z`) / 86400000;
function dateText(d) {
  let words;
  if (!d.earliest && !d.latest) return t('undated');
  if (!d.latest) words = `${t('not before')} ${d.earliest}`;
  else if (d.earliest === d.latest) words = d.latest;
  else if (!d.earliest) words = `${t('by')} ${d.latest}`;
  else words = `${d.earliest} – ${d.latest}`;
  return d.basis === 'edition' ? `${words}${aside(t('date of this copy'))}` : words;
}
// Whether nothing says which of the two came first.
const unordered = (a, b) =>
  (a.earliest ?? '0') <= (b.latest ?? '9') && (b.earliest ?? '0') <= (a.latest ?? '9');

// ---- address -----------------------------------------------------------------------------------------------------

function readAddress() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [view, id] = path.split('/');
  return { view: view || 'chains', id: id ? decodeURIComponent(id) : '', query: new URLSearchParams(query ?? '') };
}
function address(view, id, query) {
  const q = new URLSearchParams();
  for (const [k, v] of query instanceof URLSearchParams ? query : Object.entries(query ?? {})) if (v) q.set(k, v);
  const tail = q.toString().replaceAll('%3A', ':');
  return `#/${view}${id ? `/${id}` : ''}${tail ? `?${tail}` : ''}`;
}
const chainAddress = (c, query) => address('chain', c.key, query);
let lastList = '#/chains';
let shown = chains;  // in the order of the list

// ---- the list ----------------------------------------------------------------------------------------------------

const PAGE = 50;
const sorts = {
  first: (a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.number - b.number),
  latest: (a, b) => (a.from > b.from ? -1 : a.from < b.from ? 1 : a.number - b.number),
  publications: (a, b) => b.publications.size - a.publications.size || a.number - b.number,
  length: (a, b) => b.length - a.length || a.number - b.number,
  differences: (a, b) => b.places.length - a.places.length || a.number - b.number,
};

function select(query) {
  const q = squeeze(query.get('q') ?? '');
  const least = (name) => Number(query.get(name)) || 0;
  const length = least('length'), publications = least('publications');
  const [outlet, year, kind, speaker, only] = ['outlet', 'year', 'kind', 'speaker', 'only'].map((k) => query.get(k));
  const out = chains.filter((c) =>
    (!outlet || c.outlets.has(outlet)) && (!year || c.years.has(year)) && (!kind || c.kinds.has(kind)) &&
    (!speaker || c.speakers.has(speaker)) && c.length >= length && c.publications.size >= publications &&
    (only !== 'differences' || c.places.length > 0) && (only !== 'quotations' || c.chain.kind === 'quotation') &&
    (!q || haystack(c).includes(q)));
  return out.sort(sorts[query.get('sort')] ?? sorts.first);
}

// The text with what was searched for marked, cut to begin near it.
function found(text, query, limit) {
  const q = squeeze(query ?? '');
  // Both sides folded; where folding changes how many units a character takes, the place is lost, not the text.
  const folded = q ? fold(text) : '';
  const at = q && folded.length === text.length ? folded.indexOf(q) : -1;
  const begin = at > limit - 40 ? Math.max(0, at - 30) : 0;
  const cut = text.length > begin + limit;
  let end = Math.min(text.length, begin + limit);
  if (/[\ud800-\udbff]/.test(text[end - 1])) ++end;
  if (at < 0) return [slice(text, 0, limit), lengthOf(text) > limit ? '…' : ''];
  return [begin > 0 ? '…' : '', text.slice(begin, at), h('mark', { class: 'hit' }, text.slice(at, at + q.length)),
    text.slice(at + q.length, Math.max(end, at + q.length)), cut ? '…' : ''];
}

let range = null;  // of all dated witnesses, in days
function timeRange() {
  if (!range) {
    let low = Infinity, high = -Infinity;
    for (const w of report.works) {
      const d = w.published.latest;
      if (!d || w.kind === 'collection') continue;
      low = Math.min(low, day(d));
      high = Math.max(high, day(d));
    }
    range = low <= high ? [low, high] : [0, 1];
  }
  return range;
}

function spark(c) {
  const [low, high] = timeRange();
  const x = (d) => (4 + ((day(d) - low) / Math.max(1, high - low)) * 132).toFixed(1);
  const seen = new Set();
  const dots = [];
  for (const w of c.chain.witnesses) {
    if (!w.date.latest) continue;
    const cx = x(w.date.latest);
    if (w !== c.first && !seen.has(cx)) dots.push(s('circle', { cx, cy: 8, r: 2.5 }));
    seen.add(cx);
  }
  const star = c.first.date.latest
    ? s('path', { class: 'star', d: `M${x(c.first.date.latest)} 2l5 6l-5 6l-5 -6z` }) : null;
  return s('svg', { class: 'spark', viewBox: '0 0 140 16', width: 140, height: 16, 'aria-hidden': 'true' },
    s('line', { x1: 0, x2: 140, y1: 8, y2: 8 }), dots, star);
}

// Where what was searched for stands, if not in the words that are shown: another wording, or a text's name.
function foundElsewhere(c, query) {
  const q = squeeze(query ?? '');
  if (!q || squeeze(c.chain.text).includes(q)) return null;
  for (const w of c.chain.witnesses) {
    const work = works.get(w.work);
    for (const [key, text] of [['reading', w.text], ['title', work.title], ['siglum', work.siglum], ['outlet', work.outlet], ['speaker', w.speaker]])
      if (text && squeeze(text).includes(q))
        return h('span', { class: 'facts' }, h('span', {}, `${t(key)} `, key === 'reading' ? `${work.siglum} ` : '', h('span', { lang: 'zh' }, found(text, query, 60))));
  }
  return null;
}

function listRow(c, query) {
  const first = works.get(c.first.work);
  const facts = [
    h('span', {}, `${t('first appearance')} `, h('b', {}, first.siglum), ` ${dateText(c.first.date)}`,
      c.chain.rivals ? ` ≈ ${t('may precede')}` : ''),
    h('span', {}, count(c.publications.size, '{n} publications')),
    h('span', {}, count(c.places_held, '{n} witnesses')),
    h('span', {}, count(c.length, '{n} characters')),
    c.places.length ? h('span', {}, count(c.places.length, '{n} places differ'),
      c.sensitive ? h('span', { class: 'flag' }, ` ‼ ${count(c.sensitive, '{n} sensitive')}`) : '')
      : h('span', {}, t('all alike')),
    c.speakers.size ? h('span', {}, [...c.speakers].slice(0, 3).join('、') + (c.speakers.size > 3 ? '…' : '')) : null,
  ];
  return h('li', {}, h('a', { class: 'row', href: chainAddress(c) },
    h('span', { class: 'passage', lang: 'zh' }, found(c.chain.text, query.get('q'), 110)),
    foundElsewhere(c, query.get('q')),
    h('span', { class: 'facts' }, facts, spark(c))));
}

function tally(pick) {
  const out = new Map();
  for (const c of chains) for (const v of pick(c)) out.set(v, (out.get(v) ?? 0) + 1);
  return out;
}

function listView({ query }) {
  const set = (name, value, replace) => {
    const q = new URLSearchParams(query);
    q.delete('page');
    if (value) q.set(name, value);
    else q.delete(name);
    lastList = address('chains', '', q);
    if (replace) {
      history.replaceState(null, '', lastList);
      query = q;
      results();
    } else {
      location.hash = lastList;
    }
  };
  const facet = (name, key, pick, say, byName) => {
    const options = [...tally(pick)].sort((a, b) => (byName ? 0 : b[1] - a[1]) || (a[0] < b[0] ? -1 : 1));
    if (options.length === 0) return null;
    return h('label', {}, h('span', {}, t(key)), h('select', { name, onchange: (e) => set(name, e.target.value, true) },
      h('option', { value: '' }, t('all')),
      options.map(([v, n]) => h('option', { value: v, selected: query.get(name) === v }, `${say ? t(v) : v} (${n})`))));
  };
  const number = (name, key) => h('label', {}, h('span', {}, t(key)), h('input', { type: 'number', min: 0, name,
    value: query.get(name) ?? '', oninput: (e) => set(name, e.target.value, true) }));
  let timer = 0;
  const search = h('input', { type: 'search', id: 'search', name: 'q', value: query.get('q') ?? '',
    placeholder: t('search the passages'), 'aria-label': t('search the passages'),
    oninput: (e) => { clearTimeout(timer); timer = setTimeout(() => set('q', e.target.value.trim(), true), 120); } });
  const only = h('label', {}, h('span', {}, t('show')), h('select', { name: 'only', onchange: (e) => set('only', e.target.value, true) },
    [['', 'all'], ['differences', 'only where wording differs'], ['quotations', 'only quotations']].map(([v, key]) =>
      h('option', { value: v, selected: (query.get('only') ?? '') === v }, t(key)))));
  const sort = h('label', {}, h('span', {}, t('sort by')), h('select', { name: 'sort', onchange: (e) => set('sort', e.target.value, true) },
    [['', 'earliest first'], ['latest', 'latest first'], ['publications', 'most publications'], ['length', 'longest'],
      ['differences', 'most differences']].map(([v, key]) =>
      h('option', { value: v, selected: (query.get('sort') ?? '') === v }, t(key)))));
  const list = h('section', { 'aria-label': t('chains'), id: 'results' });
  const filters = h('form', { class: 'filters', role: 'search', 'aria-label': t('filter'), onsubmit: (e) => e.preventDefault() },
    search,
    h('details', { open: innerWidth > 800 || [...query.keys()].some((k) => k !== 'q' && k !== 'page') },
      h('summary', {}, t('sort and filter')),
      h('div', { class: 'facets' }, sort, only,
        facet('outlet', 'outlet', (c) => c.outlets),
        facet('year', 'year', (c) => c.years, false, true),
        facet('kind', 'kind', (c) => c.kinds, true),
        facet('speaker', 'speaker', (c) => c.speakers),
        number('length', 'characters at least'), number('publications', 'publications at least'))));

  function results() {
    shown = select(query);
    const most = printing ? Infinity : PAGE;  // on paper there is no next page to go to
    const pages = Math.max(1, Math.ceil(shown.length / most));
    const page = Math.min(pages, Math.max(1, Number(query.get('page')) || 1));
    const to = (n) => { const q = new URLSearchParams(query); q.set('page', n === 1 ? '' : n); return address('chains', '', q); };
    const pager = () => (pages === 1 ? null : h('nav', { class: 'pager', 'aria-label': t('pages of the list') },
      page > 1 ? h('a', { href: to(page - 1), rel: 'prev' }, `← ${t('previous page')}`) : h('span', {}),
      h('span', {}, `${page} / ${pages}`),
      page < pages ? h('a', { href: to(page + 1), rel: 'next' }, `${t('next page')} →`) : h('span', {})));
    list.replaceChildren(...[
      h('p', { class: 'summary', role: 'status' }, shown.length === chains.length
        ? count(chains.length, '{n} chains') : `${count(shown.length, '{n} chains')} / ${chains.length}`),
      shown.length === 0 ? h('p', { class: 'none' }, chains.length ? t('nothing matches these filters') : nothingFound()) : null,
      h('ol', { class: 'chains', start: pages > 1 ? (page - 1) * PAGE + 1 : 1 },
        (pages > 1 ? shown.slice((page - 1) * PAGE, page * PAGE) : shown).map((c) => listRow(c, query))),
      pager()].filter(Boolean));
  }
  results();
  lastList = address('chains', '', query);
  return [h('h1', { tabindex: -1 }, t('chains')), holdings(), filters, list, setAside()];
}

// One sentence with other values, again and again: after the chains, closed, made when it is opened.
function setAside() {
  if (report.series.length === 0) return null;
  const box = h('details', { class: 'series', ontoggle: () => {
    if (box.open && box.children.length === 1)
      box.append(h('p', {}, t('one sentence with other values')), h('ul', { lang: 'zh' }, report.series.map((x) => h('li', {},
        x.pattern, h('span', { class: 'facts' }, count(x.count, '{n} places'), ' ', dateText(x)),
        x.occurrences ? h('ul', {}, x.occurrences.map((o) => h('li', {}, h('b', {}, works.get(o.work).siglum), ` ${o.text}`))) : null))));
  } }, h('summary', {}, count(report.series.length, '{n} series')));
  return box;
}

function nothingFound() {
  if (find) return t('asked and not found');
  if (report.documents.length === 0) return t('nothing read');
  return t(report.options?.since || report.options?.work ? 'nothing so chosen' : 'nothing found');
}

// What the texts at hand are, in one line.
function holdings() {
  if (find) return h('p', { class: 'lede' }, t('dated works searched'), ` ${searched.reduce((n, y) => n + y.works, 0)}`,
    searched.length ? `${t('comma')}${searched[0].year} – ${searched.at(-1).year}` : '', t('stop'), h('a', { href: '#/works' }, t('what is held')));
  const [low, high] = timeRange();
  const iso = (d) => new Date(d * 86400000).toISOString().slice(0, 10);
  return h('p', { class: 'lede' }, count(report.documents.length, '{n} documents'), t('comma'), count(held.length, '{n} texts'),
    high > low ? `${t('comma')}${iso(low)} – ${iso(high)}` : '', t('stop'), h('a', { href: '#/works' }, t('what is held and what is not')));
}

// ---- one chain ---------------------------------------------------------------------------------------------------

const opMark = { substitute: 'substitute', omit: 'omit', add: 'add', move: 'move' };

// The texts' own evidence for a date.
function evidence(interval) {
  const e = interval?.evidence?.[0];
  if (!e) return null;
  return h('span', { class: 'evidence' }, `${t('because')} “${e.text.replace(/\s+/g, ' ').trim().slice(0, 60)}”`, aside(ruleText(e.rule)));
}

// What is held of the days around a first appearance: no claim goes further than that.
function coverage(c) {
  const first = works.get(c.first.work);
  const latest = c.first.date.latest;
  if (find) return searchedAround(latest);
  const dated = held.filter((w) => w.published.latest);
  const seen = new Set();
  const once = (w) => !seen.has(w.publication) && seen.add(w.publication);
  const tallied = (list, key) => {
    const n = new Map();
    seen.clear();
    for (const w of list) if (once(w)) n.set(w[key] ?? '', (n.get(w[key] ?? '') ?? 0) + 1);
    return [...n].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .map(([k, v]) => `${k === '' ? t('no outlet') : key === 'kind' ? t(k) : k} ${v}`).join(t('comma'));
  };
  const items = [];
  if (latest) {
    const year = latest.slice(0, 4);
    const same = dated.filter((w) => w.published.latest.slice(0, 4) === year);
    items.push(yearItem(year, tallied(same, 'outlet'), tallied(same, 'kind')));
    const month = dated.filter((w) => day(w.published.latest) < day(latest) && day(w.published.latest) >= day(latest) - 30);
    items.push(h('li', {}, `${t('in the 30 days before it')}: `, month.length ? tallied(month, 'outlet') : t('nothing is held')));
    const before = dated.filter((w) => w.published.latest < latest).length;
    items.push(h('li', {}, before ? count(before, '{n} texts of earlier days are held, and none is listed')
      : t('no text of an earlier day is held')));
    const outlets = new Set(held.map((w) => w.outlet).filter(Boolean));
    for (const w of month) outlets.delete(w.outlet);
    outlets.delete(first.outlet);
    if (outlets.size) items.push(h('li', {}, `${t('not held for those 30 days')}: `, [...outlets].slice(0, 8).join(t('comma')) + (outlets.size > 8 ? '…' : '')));
  }
  const undated = held.length - dated.length;
  if (undated) items.push(h('li', {}, count(undated, '{n} texts have no date')));
  return h('div', { class: 'coverage' }, h('h2', { class: 'minor' }, t('among what texts')), h('ul', {}, items));
}

const yearItem = (year, outlets, kinds) =>
  h('li', {}, `${year}: ${t('outlet')} `, outlets, t('semicolon'), `${t('kind')} `, kinds);

// The same of what was searched, which is known by the year.
function searchedAround(latest) {
  const year = Number(latest?.slice(0, 4)), same = searched.find((y) => y.year === year);
  const listed = (of, say) => Object.entries(of).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 12)
    .map(([k, n]) => `${say ? t(k) : k} ${n}`).join(t('comma'));
  const before = searched.reduce((n, y) => n + (y.year < year ? y.works : 0), 0);
  return h('div', { class: 'coverage' }, h('h2', { class: 'minor' }, t('among what texts')), h('ul', {},
    same ? yearItem(year, listed(same.outlets) || t('no outlet'), listed(same.kinds, true)) : null,
    !latest ? null : h('li', {}, before ? count(before, '{n} texts of earlier years were searched, and none is listed') : t('no text of an earlier year was searched'))));
}

function statements(c) {
  const { chain, first } = c;
  const work = works.get(first.work);
  const rows = [];
  const others = (chain.rivals ?? []).map((id) => chain.witnesses.find((w) => w.id === id));
  rows.push([t('first appearance'), [
    h('p', { class: 'strong' }, h('a', { href: chainAddress(c, { w: placeKey(first) }) }, work.siglum), ' ', h('span', { class: 'date' }, dateText(first.date))),
    h('p', {}, work.outlet ? `${work.outlet} ` : '', titleOf(work), ` · ${t(work.kind)}`, work.copy !== 'unknown' ? ` · ${t(work.copy)}` : ''),
    h('p', { class: 'small' }, evidence(first.date.basis === 'edition' ? work.edition : work.published)),
    others.length ? h('p', { class: 'warn' }, `≈ ${t('order not decided, dates overlap')}: `,
      others.slice(0, 6).map((w, i) => [i ? t('comma') : '', `${works.get(w.work).siglum}${aside(dateText(w.date))}`])) : null,
    chain.first_part !== chain.first ? (() => {
      const part = chain.witnesses.find((w) => w.id === chain.first_part);
      if (works.get(part.work).publication === work.publication) return null;
      return h('p', {}, `${t('a part of it already')}: ${works.get(part.work).siglum} ${dateText(part.date)}${t('comma')}${percent(part.extent)}`);
    })() : null,
    (chain.earlier_parts ?? []).map((p) => {
      const own = chainOf.get(p.chain.slice(0, 16));
      const place = `${works.get(p.work).siglum} ${dateText(p.date)}`;
      return h('p', {}, `${t('a part of it already')}: `, own ? h('a', { href: chainAddress(own) }, place) : place, p.speaker ? ` ${p.speaker}` : '', ' ',
        h('span', { class: 'small', lang: 'zh' }, p.text));
    })]]);
  // 在今年两会上 and 3月5日 may be one occasion: the day within it says more.
  const dated = chain.witnesses.filter((w) => w.occasion?.latest);
  const within = (a, b) => a.earliest && a.latest <= b.latest && (!b.earliest || a.earliest >= b.earliest);
  let by = chain.occasion ? c.head : dated[0] ?? chain.witnesses.find((w) => w.occasion);
  if (!chain.occasion) for (const w of dated) if (within(w.occasion, by.occasion) && !within(by.occasion, w.occasion)) by = w;
  const said = chain.occasion ?? by?.occasion;
  rows.push([t('spoken'), said ? [
    h('p', { class: 'strong' }, said.latest || said.earliest ? dateText(said) : t('no day stated')),
    h('p', { lang: 'zh' }, said.text.replace(/\s+/g, ' ')),
    h('p', { class: 'small' }, `${t('as stated by')} ${works.get(by.work).siglum}`)] : h('p', {}, t('no text states it'))]);
  const reference = said?.latest;
  const earlier = chain.witnesses.filter((w) => w.occasion?.latest && w.occasion !== said &&
    (reference ? w.occasion.latest < (said.earliest ?? reference) : first.date.latest && w.occasion.latest < (first.date.earliest ?? first.date.latest)))
    .sort((a, b) => (a.occasion.latest < b.occasion.latest ? -1 : 1))[0];
  rows.push([t('an earlier occasion that a text states'), earlier ? [
    h('p', { class: 'strong' }, dateText(earlier.occasion)), h('p', { lang: 'zh' }, earlier.occasion.text),
    h('p', { class: 'small' }, `${t('as stated by')} ${works.get(earlier.work).siglum}`)] : h('p', {}, t('none'))]);
  return h('section', { class: 'statements', 'aria-label': t('where it first stands') },
    h('dl', {}, rows.map(([k, v]) => h('div', {}, h('dt', {}, k), h('dd', {}, v)))), coverage(c));
}

const percent = (x) => `${Math.round(x * 100)} %`;

// Publications in order of their first witness in the chain.
function groups(c) {
  const out = new Map();
  for (const w of c.chain.witnesses) {
    if (isAsked(c.chain, w)) continue;
    const p = works.get(w.work).publication;
    if (!out.has(p)) out.set(p, []);
    out.get(p).push(w);
  }
  return [...out.values()];
}

// The siglum of a publication, without the number of its copy.
const publicationName = (work) => work.siglum.replace(/·\d+$/, '');

function timeline(c) {
  const all = groups(c);
  const days = [];
  const spoken = c.chain.occasion?.latest;
  for (const g of all) for (const e of ['earliest', 'latest']) if (g[0].date[e]) days.push(day(g[0].date[e]));
  if (spoken) days.push(day(spoken));
  if (days.length === 0) return null;
  let low = Math.min(...days), high = Math.max(...days);
  const pad = Math.max(2, (high - low) * 0.04);
  low -= pad;
  high += pad;
  const width = Math.max(300, Math.min(1060, app.clientWidth - 48)), left = Math.min(width * 0.5, 8 + Math.max(...all.map((g) => [...works.get(g[0].work).siglum].reduce((n, ch) => n + (ch > '\u2e80' ? 13 : 8), 0)))), row = 22, top = spoken ? 26 : 8;
  const x = (d) => left + 8 + ((d - low) / (high - low)) * (width - left - 20);
  const height = top + all.length * row + 24;
  const parts = [];
  const span = high - low, steps = [1, 2, 5, 7, 14, 30, 91, 182, 365, 730, 1826, 3652, 7305];
  const step = steps.find((n) => span / n <= (width < 500 ? 4 : 8)) ?? 7305;
  const tick = (d, label) => parts.push(s('line', { class: 'grid', x1: x(d), x2: x(d), y1: top - 4, y2: height - 20 }),
    s('text', { class: 'tick', x: x(d), y: height - 6, 'text-anchor': 'middle' }, label));
  const start = new Date(low * 86400000);
  if (step >= 30) {
    const months = Math.max(1, Math.round(step / 30.4));
    for (let y = start.getUTCFullYear(), m = 0; ; m += months) {
      const d = Date.UTC(y, m, 1) / 86400000;
      if (d > high) break;
      if (d >= low && x(d) < width - 24) tick(d, new Date(d * 86400000).toISOString().slice(0, months >= 12 ? 4 : 7));
    }
  } else {
    for (let d = Math.ceil(low / step) * step; d <= high; d += step) tick(d, new Date(d * 86400000).toISOString().slice(5, 10));
  }
  if (spoken) parts.push(s('line', { class: 'spoken', x1: x(day(spoken)), x2: x(day(spoken)), y1: 18, y2: height - 20 }),
    s('text', { class: 'tick', x: x(day(spoken)), y: 13, 'text-anchor': x(day(spoken)) > width - 90 ? 'end' : x(day(spoken)) < left + 60 ? 'start' : 'middle' }, `${t('spoken')} ${spoken}`));
  all.forEach((g, i) => {
    const y = top + i * row + row / 2;
    const d = g[0].date, work = works.get(g[0].work);
    const extent = Math.max(...g.map((w) => w.extent));
    const isFirst = g.includes(c.first);
    const shape = [];
    if (d.latest || d.earliest) {
      const a = x(d.earliest ? day(d.earliest) : low), b = x(d.latest ? day(d.latest) : high);
      if (b - a > 1) shape.push(s('line', { class: 'bar', x1: a, x2: b, y1: y, y2: y }));
      const cx = d.latest ? b : a;
      shape.push(isFirst ? s('path', { class: 'star', d: `M${cx} ${y - 8}l7 8l-7 8l-7 -8z` })
        : s('circle', { class: extent >= 0.5 ? 'full' : 'part', cx, cy: y, r: 5 }));
    } else {
      shape.push(s('text', { class: 'tick', x: left + 12, y: y + 4 }, t('undated')));
    }
    parts.push(s('a', { href: chainAddress(c, { w: placeKey(g[0]) }) },
      s('title', {}, `${work.siglum} ${dateText(d)}${t('comma')}${percent(extent)}`),
      s('rect', { class: 'rowband', x: 0, y: y - row / 2, width, height: row }),
      s('text', { class: isFirst ? 'name first' : 'name', x: left, y: y + 5, 'text-anchor': 'end' }, publicationName(work)), shape));
  });
  return h('section', {}, h('h2', {}, t('timeline')),
    h('div', { class: 'timeline', tabindex: all.length > 18 ? 0 : null, role: 'group', 'aria-label': t('timeline') },
      s('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': t('timeline') }, parts)),
    h('p', { class: 'legend' }, `◆ ${t('first appearance')}  ● ${t('holds half of it or more')}  ○ ${t('holds a part')}  ━ ${t('the date lies within')}`));
}

function relation(c, w) {
  if (w === c.first) return h('b', {}, t('first appearance'));
  const n = w.nearest;
  if (!n) return t('first of its part');
  const other = works.get(c.chain.witnesses.find((x) => x.id === n.witness).work);
  const differences = n.edits.filter((e) => letters.includes(e.class)).length;
  return [differences ? `${t(n.kind)}${t('comma')}` : '', differences ? count(differences, '{n} places differ') : t('reads alike'),
    language ? '（' : ' (', `${t('compared with')} `, h('span', { class: 'siglum' }, other.siglum), language ? '）' : ')'];
}

const byWitness = (c, id) => works.get(c.chain.witnesses.find((w) => w.id === id).work).siglum;
const sigla = (c, ids) => [...new Set(ids.map((id) => byWitness(c, id)))].map((name, i) => [i ? t('comma') : '', h('span', { class: 'siglum' }, name)]);

// Whose wording it has, in a few words, with no more than so many texts named. Where there is but one earlier text, that
// it is compared with says all.
function agreement(c, w, most = Infinity) {
  const f = w.follows;
  if (f.status === 'first' || (f.status === 'undecided' && f.witnesses.length < 2)) return null;
  const more = (f.more ?? 0) + Math.max(0, f.witnesses.length - most);
  const named = [sigla(c, f.witnesses.slice(0, most)), more ? ` ${count(more, 'and {n} more')}` : ''];
  if (f.status === 'decided') return [h('b', {}, t('agrees with')), ' ', named];
  if (f.status === 'sibling') return [h('b', {}, t('sibling')), ' ', named];
  if (f.readings.length) return [h('b', {}, t('undecided')), ': ', named];
  return h('span', { class: 'note' }, t('earlier texts read alike'), ': ', named);
}

// The readings that speak for some of the earlier texts and against others.
function telling(c, w) {
  const readings = w.follows.readings;
  if (readings.length === 0) return null;
  const text = (x) => (x ? h('span', { lang: 'zh', title: x }, ends(x, 12)) : '∅');
  return h('section', { class: 'telling' }, h('h3', {}, t('whose wording'), ': ', agreement(c, w)),
    h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t('whose wording') }, h('table', {},
      h('thead', {}, h('tr', {}, ['as this text has it', 'reads so', 'reads otherwise'].map((k) => h('th', { scope: 'col' }, t(k))))),
      h('tbody', {}, readings.map((r) => h('tr', {},
        h('th', { scope: 'row' }, text(r.text), h('span', { class: 'note' }, ` ${t(r.outside ? 'neighbouring text' : r.class)}`)),
        h('td', {}, sigla(c, r.with)),
        h('td', {}, r.against.map((x, i) => [i ? t('semicolon') : '', h('span', { class: 'siglum' }, byWitness(c, x.witness)), ' ', text(x.text)]))))))));
}

function witnessTable(c, selected) {
  const all = groups(c);
  const body = all.map((g, i) => g.map((w, k) => {
    const work = works.get(w.work);
    const rivals = all.filter((other) => other !== g && unordered(other[0].date, w.date));
    const order = [String(i + 1), rivals.length ? h('span', { class: 'note', title: `${t('order not decided, dates overlap')}: ${rivals.slice(0, 8).map((o) => works.get(o[0].work).siglum).join(t('comma'))}` },
      ` ≈ ${rivals.length > 3 ? count(rivals.length, '{n} others') : rivals.map((o) => all.indexOf(o) + 1).join(', ')}`, h('span', { class: 'vh' }, ` ${t('order not decided, dates overlap')}`)) : ''];
    const copies = new Set(g.map((x) => x.work)).size;
    return h('tr', { class: [k ? 'also' : '', w === selected ? 'selected' : ''].join(' ').trim() || null, id: `w-${w.id}` },
      h('td', { class: 'order' }, k === 0 ? order : h('span', { class: 'vh' }, t('same publication'))),
      h('th', { scope: 'row' }, h('a', { href: chainAddress(c, { w: placeKey(w) }), 'aria-current': w === selected ? 'true' : null }, work.siglum),
        k === 0 && copies > 1 ? h('span', { class: 'note' }, ` ${count(copies, '{n} copies')}`) : ''),
      h('td', { class: 'date' }, k === 0 || w.work !== g[0].work ? dateText(w.date) : ''),
      h('td', {}, k === 0 || w.work !== g[0].work ? [work.outlet ? `${work.outlet} ` : '', h('a', { href: address('work', workKey(work), { at: w.span.start }) }, titleOf(work)), ' '] : '',
        h('span', { class: 'note', title: withRecord(documents.get(w.document)) },
          k === 0 || w.work !== g[0].work ? `${t(work.kind)}${work.copy !== 'unknown' ? ` · ${t(work.copy)}` : ''} · ` : '', `${fileName(documents.get(w.document))}:${w.page ? `p${w.page}:` : ''}${w.line}:${w.column}`)),
      h('td', {}, w.speaker ?? '', w.speaker_by === 'author' ? h('span', { class: 'note' }, ` ${t('signed')}`) : w.speaker_inferred ? h('span', { class: 'note' }, ` ${t('inferred')}`) : '',
        w.role !== 'body' || w.quoted ? h('span', { class: 'note' }, w.speaker ? ' ' : '', [w.role !== 'body' ? t(`role ${w.role}`) : '', w.quoted ? t('quoted') : ''].filter(Boolean).join(t('comma'))) : ''),
      h('td', { class: 'n' }, percent(w.extent)),
      h('td', {}, relation(c, w), h('div', { class: 'agreement' }, agreement(c, w, 3))));
  }));
  return h('section', {}, h('h2', {}, t('witnesses')),
    h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t('witnesses') }, h('table', { class: 'witnesses' },
      h('thead', {}, h('tr', {}, ['order', 'siglum', 'published', 'source', 'speaker', 'extent', 'relation'].map((k) =>
        h('th', { scope: 'col' }, t(k))))),
      body.map((rows) => h('tbody', {}, rows)))));
}

// A text with its marks. Marks: [begin, end, edit, number].
function marked(w, marks, compared, mine) {
  const total = lengthOf(w.text);
  const out = [];
  const held = compared ? [placed(w, compared.start), placed(w, compared.end)] : [0, total];
  const plain = (a, b) => {
    for (const [x, y, inside] of [[a, Math.min(b, held[0]), false], [Math.max(a, held[0]), Math.min(b, held[1]), true], [Math.max(a, held[1]), b, false]])
      if (y > x) out.push(inside ? slice(w.text, x, y) : h('span', { class: 'outside' }, slice(w.text, x, y)));
  };
  let at = 0;
  for (const [begin, end, edit, number] of marks) {
    if (begin < at) continue;
    plain(at, begin);
    const { op } = edit;
    const empty = begin === end;
    const says = `${t(opMark[op])}${t('comma')}${t(edit.class)}${edit.sensitive ? `${t('comma')}${t('sensitive')}` : ''}${edit.ocr_suspect ? `${t('comma')}${t('look-alike')}` : ''}: ${edit.from.text || '∅'} → ${edit.to.text || '∅'}`;
    const name = empty ? 'span' : op === 'omit' || op === 'move' ? (mine === 'from' ? 'del' : 'ins') : op === 'add' ? 'ins' : 'mark';
    out.push(h(name, { class: `m ${edit.class} ${empty ? 'gap' : op}${edit.sensitive ? ' sensitive' : ''}`, title: says, 'data-n': number },
      empty ? '‸' : slice(w.text, begin, end), h('span', { class: 'vh' }, ` [${says}] `)));
    at = end;
  }
  plain(at, total);
  return out;
}

function compare(c, w, query) {
  if (w === c.first && !w.nearest) return null;
  const against = query.get('against') === 'first' || !w.nearest ? 'against_first' : 'nearest';
  const comparison = w[against];
  if (!comparison) return null;
  let a = against === 'nearest' ? c.chain.witnesses.find((x) => x.id === w.nearest.witness) : c.first;
  let b = w;
  if (against === 'against_first' && comparison.earlier) [a, b] = [w, c.first];
  const all = query.get('marks') === 'all';
  const edits = comparison.edits.filter((e) => all || (e.class !== 'punctuation' && e.class !== 'structure'));
  const marks = (text, side) => edits.map((e, n) => [...sideIn(text, e[side]), e, n]).sort((x, y) => x[0] - y[0] || x[1] - y[1]);
  const column = (text, side) => {
    const work = works.get(text.work);
    return h('div', { class: 'side' },
      h('h3', {}, h('span', { class: 'siglum' }, work.siglum), ` ${dateText(text.date)}`, text === c.first ? ` · ${t('first appearance')}` : ''),
      h('p', { class: 'text', lang: 'zh' }, h('span', { class: 'context' }, text.before), marked(text, marks(text, side), comparison.compared?.[side], side),
        h('span', { class: 'context' }, text.after)));
  };
  const to = (changes) => { const q = new URLSearchParams(query); q.set('w', placeKey(w)); for (const [k, v] of Object.entries(changes)) q.set(k, v); return chainAddress(c, q); };
  const choice = (key, changes, on) => h('a', { href: to(changes), class: 'choice', 'aria-current': on ? 'true' : null }, t(key));
  const folds = Object.entries(comparison.folds).map(([k, n]) => `${t(k)} ${n}`).join(t('comma'));
  const hidden = comparison.edits.length - edits.length;
  return h('section', { class: 'compare', id: 'compare' },
    h('h2', { tabindex: -1 }, t('side by side')),
    h('p', { class: 'choices' },
      w.nearest && w.against_first && c.first.id !== w.nearest.witness ? [choice('against the nearest earlier text', { against: '' }, against === 'nearest'),
        choice('against the first appearance', { against: 'first' }, against === 'against_first')] : null,
      choice(all ? 'hide punctuation and structure' : 'show punctuation and structure', { marks: all ? '' : 'all' }, false)),
    h('p', { class: 'verdict' }, h('b', {}, t(edits.length || hidden === 0 ? comparison.kind : 'reads alike')), t('comma'), count(edits.length, '{n} places differ'),
      hidden ? `${t('semicolon')}${count(hidden, '{n} of punctuation or structure not shown')}` : '', folds ? `${t('semicolon')}${t('folded')}: ${folds}` : ''),
    h('div', { class: 'sides' }, column(a, 'from'), column(b, 'to')),
    legend(), telling(c, w));
}

function legend() {
  return h('p', { class: 'legend' },
    h('mark', { class: 'm wording substitute' }, t('substitute')), ' ', h('del', { class: 'm wording omit' }, t('omit')), ' ',
    h('ins', { class: 'm wording add' }, t('add')), ' ', h('del', { class: 'm wording move' }, t('move')), ' ',
    h('mark', { class: 'm form substitute' }, t('form')), ' ', h('mark', { class: 'm reporting substitute' }, t('reporting')), ' ',
    h('span', { class: 'm wording gap' }, '‸'), ` ${t('here the other text has something')}  `,
    h('mark', { class: 'm wording substitute sensitive' }, t('sensitive')), ' ', h('span', { class: 'outside' }, t('not compared')));
}

// A long reading by its ends; the whole of it is in the side-by-side view.
function ends(text, keep = 7) {
  const n = lengthOf(text);
  return n <= 2 * keep + 4 ? text : `${slice(text, 0, keep)}…${slice(text, n - keep, n)} (${count(n, '{n} characters')})`;
}

function readingsTable(c, query) {
  const all = query.get('readings') === 'all';
  const places = all ? c.chain.readings.places : c.places;
  const q = new URLSearchParams(query);
  q.set('readings', all ? '' : 'all');
  const more = c.chain.readings.places.length - c.places.length;
  const toggle = more ? h('p', { class: 'choices' }, h('a', { class: 'choice', href: chainAddress(c, q) }, t(all ? 'hide punctuation and structure' : 'show punctuation and structure'), all ? '' : ` (${more})`)) : null;
  if (places.length === 0)
    return h('section', {}, h('h2', {}, t('table of readings')), h('p', {}, t('all alike')), toggle);
  // What the first appearance does not hold is told against the head.
  const head = c.chain.witnesses.find((w) => w.id === c.chain.head);
  const lemmaOf = (p) => ((p.of ?? c.first.id) === c.first.id ? '' : ` · ${works.get(head.work).siglum}`);
  const touchedBy = (some) => c.chain.witnesses.filter((w) => some.some((p) => !p.absent?.includes(w.id)));
  const touched = touchedBy(places);
  const row = (w, some) => {
    const work = works.get(w.work);
    return h('tr', {}, h('th', { scope: 'row' }, h('a', { href: chainAddress(c, { w: placeKey(w) }) }, work.siglum), w.role !== 'body' ? h('span', { class: 'note' }, ` ${t(`role ${w.role}`)}`) : ''),
      some.map((p) => {
        if (w.id === (p.of ?? c.first.id)) return h('td', { class: 'lemma', lang: 'zh' }, ends(p.text) || '∅');
        const r = p.readings.find((x) => (all || letters.includes(x.class)) && x.witnesses.includes(w.id));
        if (r) return h('td', { class: `differs ${r.op}`, lang: 'zh' }, h('span', { class: 'op' }, t(`${r.op}.`)), ' ', h('span', { title: r.text }, ends(r.text) || '∅'));
        if (p.absent?.includes(w.id)) return h('td', { class: 'absent' }, h('span', { 'aria-hidden': 'true' }, '⋯'), h('span', { class: 'vh' }, t('not held')));
        if (p.inside?.includes(w.id)) return h('td', { class: 'same', title: t('differs inside') }, h('span', { 'aria-hidden': 'true' }, '↓'), h('span', { class: 'vh' }, t('differs inside')));
        return h('td', { class: 'same' }, h('span', { 'aria-hidden': 'true' }, language ? '同' : '='), h('span', { class: 'vh' }, t('same')));
      }));
  };
  const table = (from, some) => h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t('table of readings') }, h('table', { class: 'readings' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('siglum')), some.map((p, i) => h('th', { scope: 'col', lang: 'zh', class: p.sensitive ? 'sensitive' : null },
      h('span', { class: 'number' }, `${from + i + 1} ${t(p.class)}${p.sensitive ? ' ‼' : ''}${lemmaOf(p)}`), h('span', { class: 'around' }, p.before, h('b', { title: p.text }, `［${ends(p.text) || ' '}］`), p.after))))),
    h('tbody', {}, touchedBy(some).map((w) => row(w, some)))));
  const across = printing ? 7 : places.length;  // on paper as many places side by side as a sheet has room for
  const tables = [];
  for (let from = 0; from < places.length; from += across) tables.push(table(from, places.slice(from, from + across)));
  return h('section', {}, h('h2', {}, t('table of readings')), toggle, tables,
    h('p', { class: 'legend' }, ['substitute', 'omit', 'add', 'move'].map((op) => (t(`${op}.`) === t(op) ? '' : `${t(`${op}.`)} ${t(op)}  `)),
      language ? '' : `= ${t('same')}  `, `∅ ${t('no words there')}  ⋯ ${t('not held')}  ↓ ${t('differs inside')}  ‼ ${t('sensitive')}`,
      touched.length < c.chain.witnesses.length ? `${t('semicolon')}${count(c.chain.witnesses.length - touched.length, '{n} witnesses hold none of these places')}` : ''));
}

// The witness shown beside an earlier one until the reader chooses: the fullest that differs.
function mostTelling(c) {
  const rest = c.chain.witnesses.filter((w) => w.nearest);
  const differing = rest.filter((w) => w.nearest.edits.some((e) => letters.includes(e.class)));
  const fullest = (list) => list.reduce((best, w) => (!best || w.extent > best.extent ? w : best), null);
  return fullest(differing) ?? fullest(rest);
}

function chainView({ id, query }) {
  const c = chainOf.get(id.slice(0, 16));
  if (!c) return missing();
  const { chain } = c;
  const at = shown.indexOf(c);
  const selected = chain.witnesses.find((w) => placeKey(w) === query.get('w')) ??
    mostTelling(c);
  const step = (n, key, arrow) => (at >= 0 && shown[at + n] ? h('a', { href: chainAddress(shown[at + n]) }, arrow < 0 ? `← ${t(key)}` : `${t(key)} →`) : null);
  const head = works.get(c.head.work);
  return [
    h('nav', { class: 'steps', 'aria-label': t('chains') }, h('a', { href: lastList }, `↑ ${t('all chains')}`), step(-1, 'previous', -1), step(1, 'next', 1)),
    h('h1', { tabindex: -1 }, `${t('chain')} ${chain.id}`, h('span', { class: 'sub' }, ` ${t(chain.kind === 'quotation' ? 'quotation' : 'shared')} · ${count(c.length, '{n} characters')} · ${count(c.publications.size, '{n} publications')}`)),
    h('blockquote', { class: 'head', lang: 'zh' }, h('p', {}, chain.text),
      h('footer', {}, find ? t('asked for') : `${t('fullest text')}: ${head.siglum}${c.head.speaker ? `${t('comma')}${c.head.speaker}` : ''}`)),
    mouths(c),
    statements(c), timeline(c), witnessTable(c, selected), selected ? compare(c, selected, query) : null, readingsTable(c, query),
    h('p', { class: 'small key' }, `${t('key')} ${c.key}`)];
}

// A phrase in one mouth before another's: said, with no link from one to the other.
function mouths(c) {
  const first = new Map();
  for (const w of c.chain.witnesses) if (w.speaker_kind === 'person' && !w.speaker_inferred && !first.has(w.speaker)) first.set(w.speaker, w);
  if (first.size < 2) return null;
  return h('p', { class: 'warn' }, `${t('in several mouths')}: `, [...first].map(([who, w], i) => [i ? t('semicolon') : '', `${who}${aside(`${works.get(w.work).siglum}${t('comma')}${dateText(w.date)}`)}`]));
}

// ---- the texts ---------------------------------------------------------------------------------------------------

const passagesOf = new Map();  // by document: [witness, chain]
for (const c of chains)
  for (const w of c.chain.witnesses) {
    if (!passagesOf.has(w.document)) passagesOf.set(w.document, []);
    passagesOf.get(w.document).push([w, c]);
  }
const inWork = (work) => (passagesOf.get(work.document) ?? []).filter(([w]) => w.work === work.id);

const workSorts = {
  siglum: (a, b) => (a.siglum < b.siglum ? -1 : 1),
  published: (a, b) => ((a.published.latest ?? a.published.earliest ?? '9999') < (b.published.latest ?? b.published.earliest ?? '9999') ? -1 : 1),
  source: (a, b) => (`${a.outlet ?? '\uffff'} ${a.title ?? ''}` < `${b.outlet ?? '\uffff'} ${b.title ?? ''}` ? -1 : 1),
  kind: (a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0),
  copy: (a, b) => (a.copy < b.copy ? -1 : a.copy > b.copy ? 1 : 0),
};

function worksView({ query }) {
  const dated = held.filter((w) => w.published.latest);
  const years = find ? searched.map((y) => String(y.year)) : [...new Set(dated.map((w) => w.published.latest.slice(0, 4)))].sort();
  const matrix = (key) => {
    const n = new Map();
    const add = (row, year, by) => n.set(row, (n.get(row) ?? new Map()).set(year, (n.get(row)?.get(year) ?? 0) + by));
    if (find) for (const y of searched) for (const [row, by] of Object.entries(y[`${key}s`])) add(row, String(y.year), by);
    else for (const w of held) add(w[key] ?? '', w.published.latest?.slice(0, 4) ?? '', 1);
    const columns = !find && dated.length < held.length ? [...years, ''] : years;
    const total = (m) => [...m.values()].reduce((a, b) => a + b, 0);
    return h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t(key) }, h('table', { class: 'matrix' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t(key)), columns.map((y) => h('th', { scope: 'col' }, y || t('undated'))))),
      h('tbody', {}, [...n].sort((a, b) => total(b[1]) - total(a[1])).slice(0, 60).map(([row, m]) => h('tr', {},
        h('th', { scope: 'row' }, row === '' ? t('no outlet') : key === 'kind' ? t(row) : row),
        columns.map((y) => h('td', { class: 'n' }, m.get(y) ? String(m.get(y)) : '–')))))));
  };
  const counts = new Map();
  for (const c of chains) for (const id of new Set(c.chain.witnesses.map((w) => w.work))) counts.set(id, (counts.get(id) ?? 0) + 1);
  const most = 1000;
  const notes = report.diagnostics.filter((d) => d.severity !== 'note' || d.code === 'skipped');
  const sort = query.get('sort') ?? '';
  const by = sort === 'chains' ? (a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0) : workSorts[sort];
  const listed = report.works.filter((w) => w.id !== askedWork);
  if (by) listed.sort(by);
  return [h('h1', { tabindex: -1 }, t('texts')), h('h2', {}, t(find ? 'what was searched' : 'what is held')),
    h('p', {}, t('A first appearance is one among these texts and says nothing of others.')),
    h('div', { class: 'matrices' }, matrix('outlet'), matrix('kind')),
    h('h2', {}, t(find ? 'cited' : 'works')),
    h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': t('works') }, h('table', { class: 'works' },
      h('thead', {}, h('tr', {}, ['siglum', 'published', 'source', 'kind', 'copy', 'chains'].map((k) => h('th', { scope: 'col', 'aria-sort': k === sort ? (k === 'chains' ? 'descending' : 'ascending') : null },
        h('a', { href: address('works', '', { sort: k === sort ? '' : k }), title: t('sort by') }, t(k), k === sort ? (k === 'chains' ? ' ↓' : ' ↑') : ''))))),
      h('tbody', {}, listed.slice(0, most).map((w) => h('tr', {},
        h('th', { scope: 'row' }, h('a', { href: address('work', workKey(w)) }, w.siglum)), h('td', { class: 'date' }, dateText(w.published)),
        h('td', {}, w.outlet ? `${w.outlet} ` : '', titleOf(w), w.defects.length ? h('span', { class: 'note' }, ` ${t('defect')}: ${defects(w)}`) : ''),
        h('td', {}, t(w.kind)), h('td', {}, w.copy === 'unknown' ? '–' : t(w.copy)), h('td', { class: 'n' }, String(counts.get(w.id) ?? 0))))))),
    listed.length > most ? h('p', {}, count(listed.length - most, '{n} more are in the report and not listed here')) : null,
    notes.length ? [h('h2', {}, t('noted')), h('ul', {}, notes.slice(0, 200).map((d) => h('li', {}, `${d.source}${t('told colon')}${language === 1 ? d.other ?? d.message : d.message}`)))] : null];
}

// What is lost in a copy, each once, with how often.
function defects(work) {
  const n = new Map();
  for (const d of work.defects) n.set(d.code, (n.get(d.code) ?? 0) + 1);
  return [...n].map(([code, times]) => `${t(`defect ${code}`)}${times > 1 ? ` ${times}` : ''}`).join(t('comma'));
}

const heatLevel = (n) => (n >= 10 ? 4 : n >= 5 ? 3 : n >= 2 ? 2 : n);

function workView({ id, query }) {
  const [whole, place] = id.split(':');
  const key = short(whole);
  const [start, end] = (place ?? '').split('-').map(Number);
  const work = report.works.find((w) => workKey(w) === (place ? `${key}:${place}` : key)) ??
    report.works.find((w) => short(documents.get(w.document).key) === key && w.span.start <= start && end <= w.span.end);
  if (!work) return missing();
  const doc = documents.get(work.document);
  const mine = inWork(work);
  const at = query.get('at') === null ? null : Number(query.get('at'));
  const others = (c) => [...c.publications].filter((p) => p !== work.publication).length;
  const panel = h('aside', { class: 'panel', 'aria-label': t('passages here'), 'aria-live': 'polite' });
  const item = ([w, c]) => h('li', {}, h('a', { href: chainAddress(c, { w: placeKey(w) }) }, found(c.chain.text, '', 48)),
    h('span', { class: 'note' }, ` ${t('first appearance')} ${works.get(c.first.work).siglum} · ${count(c.publications.size, '{n} publications')}`));
  const listed = (list) => h('ul', {}, list.sort((a, b) => others(b[1]) - others(a[1])).map(item));
  const show = (offset) => {
    const here = mine.filter(([w]) => w.parts.some((p) => p.start <= offset && offset < p.end));
    panel.replaceChildren(h('h2', {}, t('passages here')), here.length ? listed(here) : h('p', {}, t('none')));
  };
  panel.append(h('h2', {}, t('passages here')), h('p', {}, t('choose a marked place')));
  const head = [
    h('nav', { class: 'steps', 'aria-label': t('texts') }, h('a', { href: '#/works' }, `↑ ${t('all texts')}`)),
    h('h1', { tabindex: -1 }, bare(work), h('span', { class: 'sub' }, ` ${work.siglum}`)),
    h('p', {}, [work.outlet, work.author, dateText(work.published), t(work.kind), work.copy !== 'unknown' ? t(work.copy) : null].filter(Boolean).join(' · ')),
    h('p', { class: 'small' }, evidence(work.published), ` ${withRecord(doc)}`)];
  if (!doc.text || !work.paragraphs)
    return [head, h('p', { class: 'warn' }, t('The text is not in this report: run trace with --include texts to read it here.')),
      h('h2', {}, t('passages of this text')), mine.length ? listed([...mine]) : h('p', {}, t('none'))];

  // Which passages hold each place, and how many other publications do.
  const edges = new Map();
  const edge = (offset) => edges.get(offset) ?? edges.set(offset, [[], []]).get(offset);
  mine.forEach((m, i) => { for (const p of m[0].parts) { edge(p.start)[0].push(i); edge(p.end)[1].push(i); } });
  for (const [from, to] of work.recurs) { edge(from); edge(to); }
  const cuts = [...edges.keys()].sort((a, b) => a - b);
  const runs = [];  // [begin, end, publications]
  const open = new Set();
  let held = 0;
  cuts.forEach((offset, k) => {
    for (const i of edges.get(offset)[1]) open.delete(i);
    for (const i of edges.get(offset)[0]) open.add(i);
    while (held < work.recurs.length && work.recurs[held][1] <= offset) ++held;
    const n = held < work.recurs.length && work.recurs[held][0] <= offset ? work.recurs[held][2] : 0;
    const last = runs[runs.length - 1];
    if (!open.size || k + 1 >= cuts.length) return;
    if (last && last[1] === offset && last[2] === n) last[1] = cuts[k + 1];
    else runs.push([offset, cuts[k + 1], n]);
  });
  let next = 0, chosen = null;
  const runText = (part) => {
    const out = [];
    let from = part.start;
    while (next < runs.length && runs[next][1] <= from) ++next;
    for (let r = next; r < runs.length && runs[r][0] < part.end; ++r) {
      const [a, b, n] = [Math.max(runs[r][0], from), Math.min(runs[r][1], part.end), runs[r][2]];
      if (b <= a) continue;
      if (a > from) out.push(slice(doc.text, from, a));
      const here = at !== null && a <= at && at < b;
      const link = h('a', { class: `heat h${heatLevel(n)}${here ? ' here' : ''}`, href: address('work', workKey(work), { at: a }), title: n ? count(n, 'stands in {n} other publications') : t('stands again in this publication alone') }, slice(doc.text, a, b));
      if (here) chosen = link;
      out.push(link);
      from = b;
    }
    if (part.end > from) out.push(slice(doc.text, from, part.end));
    return out;
  };
  const paragraphs = work.paragraphs.map((p) => h(p.role === 'title' || p.role === 'heading' ? 'h3' : 'p', { class: p.role }, p.parts.map(runText)));
  const [low, high] = [work.span.start, work.span.end];
  const map = s('svg', { class: 'minimap', viewBox: '0 0 10 1000', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    runs.map(([a, b, n]) => s('rect', { class: `h${heatLevel(n)}`, x: 0, width: 10, y: ((a - low) / (high - low)) * 1000, height: Math.max(2, ((b - a) / (high - low)) * 1000) })));
  if (at !== null) show(at);
  afterwards = () => chosen?.scrollIntoView({ block: 'center' });
  return [head, h('p', { class: 'legend' }, [[0, '0'], [1, '1'], [2, '2–4'], [3, '5–9'], [4, '10+']].map(([n, words]) => [h('span', { class: `heat h${n}` }, words), ' ']), t('other publications that hold it'), t('semicolon'), t('page numbers, captions and other furniture are left out'), t('semicolon'), h('span', { class: 'soft' }, t('in grey, digest, notes, byline, source'))),
    h('div', { class: 'reader' }, runs.length ? map : h('span', {}), h('article', { lang: 'zh', class: 'text' }, paragraphs), panel)];
}

function missing() {
  return [h('h1', { tabindex: -1 }, t('not in this report')), h('p', {}, h('a', { href: '#/chains' }, t('all chains')))];
}

// ---- the frame ---------------------------------------------------------------------------------------------------

const views = { chains: listView, chain: chainView, works: worksView, work: workView };
let afterwards = null;
let themes = ['auto', 'light', 'dark'], theme = 'auto';

const keys = [['/', 'search'], ['j / k', 'next, previous passage'], ['n / p', 'next, previous difference'], ['Enter', 'open'], ['Esc', 'back'], ['?', 'these keys']];
const help = h('dialog', { id: 'help', 'aria-labelledby': 'help-title' });

function frame() {
  const here = readAddress().view;
  const link = (view, key) => h('a', { href: view === 'chains' ? lastList : `#/${view}`, 'aria-current': here.startsWith(view.slice(0, 4)) ? 'page' : null }, t(key));
  help.replaceChildren(h('h2', { id: 'help-title' }, t('keys')), h('dl', {}, keys.map(([k, words]) => [h('dt', {}, h('kbd', {}, k)), h('dd', {}, t(words))])),
    h('button', { type: 'button', onclick: () => help.close() }, t('close')));
  return h('header', { class: 'bar' },
    h('a', { class: 'skip', href: '#main', onclick: (e) => { e.preventDefault(); byId('main').focus(); } }, t('to the content')),
    h('span', { class: 'brand' }, '溯源 suyuan'),
    h('nav', { 'aria-label': t('views') }, link('chains', 'chains'), link('works', 'texts')),
    h('span', { class: 'tools' },
      h('button', { type: 'button', lang: language ? 'en' : 'zh-Hans', onclick: () => { language = 1 - language; document.documentElement.lang = language ? 'zh-Hans' : 'en'; render(); } }, language ? 'English' : '中文'),
      h('button', { type: 'button', onclick: (e) => { theme = themes[(themes.indexOf(theme) + 1) % 3]; document.documentElement.dataset.theme = theme; e.target.textContent = t(`theme ${theme}`); } }, t(`theme ${theme}`)),
      h('button', { type: 'button', 'aria-label': t('keys'), onclick: () => help.showModal() }, '?')));
}

function render() {
  const where = readAddress();
  const view = views[where.view] ?? missing;
  if (askedWork) works.get(askedWork).siglum = t('asked for');
  afterwards = null;
  const typing = document.activeElement?.id === 'search';
  const main = h('main', { id: 'main', tabindex: -1, class: where.view }, view(where));
  app.replaceChildren(frame(), main, h('footer', { class: 'foot' }, `${report.generator.name} ${report.generator.version}`), help);
  const title = main.querySelector('h1')?.textContent ?? '';
  document.title = `${title} · 溯源 suyuan`;
  if (typing) byId('search')?.focus();
  afterwards?.();
}

let previous = '', printing = false;
function route() {
  const where = readAddress();
  const page = `${where.view}/${where.id}`;
  const same = page === previous;
  const scroll = scrollY;
  render();
  if (!same) {
    if (!afterwards) scrollTo(0, 0);
    if (previous) document.querySelector('h1')?.focus({ preventScroll: true });
  } else {
    scrollTo(0, where.view === 'chains' ? 0 : scroll);
    if (where.view === 'chain' && where.query.get('w')) {
      byId('compare')?.querySelector('h2').focus({ preventScroll: true });
      byId('compare')?.scrollIntoView({ block: 'nearest' });
    }
    if (where.view === 'work') afterwards?.();
  }
  previous = page;
}

let difference = -1;
function stepDifference(by) {
  const marks = [...document.querySelectorAll('.sides .side:last-child [data-n]')];
  if (marks.length === 0) return;
  difference = (difference + by + marks.length) % marks.length;
  lit(marks[difference].dataset.n);
  marks[difference].scrollIntoView({ block: 'center' });
}
function lit(n) {
  for (const m of document.querySelectorAll('[data-n]')) m.classList.toggle('lit', m.dataset.n === n);
}
document.addEventListener('mouseover', (e) => {
  const mark = e.target.closest?.('[data-n]');
  if (mark) lit(mark.dataset.n);
});

document.addEventListener('keydown', (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || help.open) return;
  const where = readAddress();
  const field = e.target.closest?.('input, select, textarea');
  if (e.key === 'Escape') {
    if (field) field.blur();
    else if (where.view === 'chain' || where.view === 'work') location.hash = where.view === 'work' ? '#/works' : lastList;
    return;
  }
  if (field) return;
  if (e.key === '/') {
    e.preventDefault();
    const search = byId('search');
    if (search) search.focus();
    else { location.hash = lastList; setTimeout(() => byId('search')?.focus(), 50); }
  } else if (e.key === '?') {
    help.showModal();
  } else if (e.key === 'j' || e.key === 'k') {
    const by = e.key === 'j' ? 1 : -1;
    if (where.view === 'chain') {
      const next = shown[shown.indexOf(chainOf.get(where.id.slice(0, 16))) + by];
      if (next) location.hash = chainAddress(next);
    } else {
      const rows = [...document.querySelectorAll('.row, .works tbody th a, a.heat')];
      const at = rows.indexOf(document.activeElement);
      const next = rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + by))];
      next?.focus();
      next?.scrollIntoView({ block: 'nearest' });
    }
  } else if (e.key === 'n' || e.key === 'p') {
    stepDifference(e.key === 'n' ? 1 : -1);
  }
});

addEventListener('hashchange', () => { difference = -1; route(); });
let wide = innerWidth;
addEventListener('resize', () => {
  if (innerWidth !== wide && readAddress().view === 'chain') render();
  wide = innerWidth;
});
// What is cut for the screen is whole on paper.
for (const [event, on] of [['beforeprint', true], ['afterprint', false]]) addEventListener(event, () => { printing = on; render(); });
const given = readAddress();
if (given.view === 'chains') lastList = address('chains', '', given.query);
shown = select(given.view === 'chains' ? given.query : new URLSearchParams());
route();
