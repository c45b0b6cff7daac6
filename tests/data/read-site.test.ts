import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTime } from '../../src/core/build-time.ts';
import { type FeedProblem, newFeedState } from '../../src/core/feed-state.ts';
import { currentPath, pagesSince, routes } from '../../src/core/paths.ts';
import { answerHash, type Question, siteData } from '../../src/data/site-data.ts';
import { opml } from '../../src/outputs/opml.ts';
import { healthOf, needsAttention, statusOf } from '../../src/outputs/status.ts';
import { aPlanet, aServedPlanet } from '../lib/a-planet.ts';
import { rss } from '../lib/feed-server.ts';
import { FORMATS, viewOf } from '../lib/output-views.ts';
import { planetYaml } from '../lib/planet.ts';

const itemsOf = (items: string) => `<rss version="2.0"><channel><title>F</title>${items}</channel></rss>`;

test.for(['entry', 'month'] as const)(
  'with layout: %s an entry stays under its permalink in another time zone',
  async (layout) => {
    const dates = ['2024-06-01T02:00:00Z', '2026-01-01T02:00:00Z', '2026-01-20T12:00:00Z'];
    const a = rss(dates.map((date) => ({ title: date, link: `https://a.example/${Date.parse(date)}`, date })));
    const { folder, snapshot, yaml, site } = await aPlanet({ a }, { more: `layout: ${layout}\n` });
    await snapshot();
    await folder.write('planet.yaml', `${await yaml()}timezone: America/New_York\n`);
    const { entries } = await site();
    const since = pagesSince(layout, entries[0]?.day);
    expect(entries.map(({ day }) => day.slice(0, 7))).toEqual(['2026-01', '2026-01', '2024-06']);
    const places = entries.map(({ path }) => currentPath(routes.entry(path), since).slice(1, 8));
    expect(places).toEqual(['2026/01', '2026/01', '2024/06']);
  },
);

test('the last change is not in the future, where a snapshot had a wrong clock', async () => {
  const posts = ['one', 'two'].map((title) => ({ title, link: `https://ada.example/${title}` }));
  const planet = await aPlanet({ ada: '' });
  for (const [at, time] of ['2027-01-26T08:00:00Z', '2026-01-26T08:00:00Z'].entries())
    await planet.reads({ ada: rss(posts.slice(0, at + 1)) }, time);
  const [archive, site] = [join(planet.folder.path, 'archive'), await planet.site()];
  const lastChange = (now: string) => siteData(site, archive, new Date(now)).one.lastChange('').data();
  expect(lastChange('2026-01-27T08:00:00Z')).toBe('2026-01-26T08:00:00Z');
  // A build as of a time before all snapshots has no better time.
  expect(lastChange('2025-01-27T08:00:00Z')).toBe('2027-01-26T08:00:00Z');
});

test('the data name the next time at which an answer changes by itself', async () => {
  const ada = rss([{ title: 'One', link: 'https://ada.example/1', date: '2026-01-20T08:00:00Z' }]);
  const planet = await aPlanet({ ada });
  await planet.reads({ ada }, '2026-03-01T08:00:00Z');
  const [archive, site] = [join(planet.folder.path, 'archive'), await planet.site()];
  const dataAt = (time: number) => siteData(site, archive, new Date(time));
  const answersAt = (time: number) => ['lastChange', 'status'].map((name) => answerHash(dataAt(time), [name, '']));
  // A first sight by a wrong clock, then a feed that becomes inactive.
  const first = dataAt(Date.parse('2026-01-27T08:00:00Z')).time.next();
  const second = dataAt(first).time.next();
  expect([first, second]).toEqual([Date.parse('2026-03-01T08:00:00Z'), Date.parse('2026-07-19T08:00:00.001Z')]);
  expect(answersAt(second - 1)).not.toEqual(answersAt(second));
  expect(answersAt(first)).toEqual(answersAt(second - 1));
  expect(dataAt(second).time.next()).toBe(Number.POSITIVE_INFINITY);
});

test.for(['feeds.json', 'held.ndjson'])('no site is built while %s is set aside', async (name) => {
  const { folder, snapshot, site } = await aPlanet({ ada: rss([{ title: 'One', link: 'https://ada.example/1' }]) });
  await snapshot();
  await rm(join(folder.path, 'archive', name), { force: true });
  await folder.write(`archive/${name}.damaged`, '{"x"');
  await expect(site()).rejects.toThrow(`${name}.damaged`);
});

test('a rule that hides nothing is a warning with advice', async () => {
  const more = 'hide:\n  entries: [https://a.example/1]\n  authors: [Bob]\n';
  const rules = 'language: en|only: [en]|include: [A]|exclude: [B]|authors: feed|by: [Feed a]|notBy: [Bob]';
  const a = rss([{ title: 'A', link: 'https://a.example/1' }]);
  const { snapshot, site } = await aPlanet({ a }, { more, last: rules.replaceAll('|', '\n    ') });
  await snapshot();
  expect((await site()).warnings).toEqual([
    'planet.yaml: hide.entries[0]: https://a.example/1: this rule hides no entries; write the address of its page on this site, or remove the rule if the entry was erased',
    'planet.yaml: hide.authors[0]: Bob: this rule hides no entries; write the name as the site shows it, or one of the aliases',
    'planet.yaml: feeds[0].only: en: this rule hides no entries; no entry of the feed is known to be in another language',
    'planet.yaml: feeds[0].notBy[0]: Bob: this rule hides no entries; write the name as the site shows it, or one of the aliases',
    'planet.yaml: feeds[0].by: Feed a: this rule hides no entries; each entry of the feed is by one of these authors',
    'planet.yaml: feeds[0].exclude: B: this rule hides no entries; check the spelling in the feed',
    'planet.yaml: feeds[0].include: A: this rule hides no entries; each entry of the feed has one of these words',
  ]);
});

test('the secret in the address of a feed is in no output, also if the feed links to itself', async () => {
  const ADDRESS = '/a.atom?page=2&feed_token=SECRET';
  const { server, snapshot, data } = await aServedPlanet({}, (url) => planetYaml({ a: url(ADDRESS) }));
  const self = server.url(ADDRESS).replaceAll('&', '&amp;');
  const bodies = ['<a href="#comments">1</a>', '<a href="">2</a>', '<a href="?key=3">3</a>'];
  server.answers[ADDRESS] = `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>
    <link rel="self" href="${self}"/><link href="/?feed_token=SECRET"/><entry><title>E</title><id>#1</id><content type="xhtml"><div>${bodies.join('')}</div></content>
    <source><title>S</title><id>${self}</id><link rel="self" href="${self}"/><link href="https://s.example/?token=SECRET"/></source>
    </entry></feed>`;
  await snapshot();
  const { one, many } = await data();
  const items = many
    .entries({ newest: 9 })
    .data()
    .map((shown) => ({
      ...{ ...shown, html: shown.html, reading: { kind: 'whole', html: shown.html } as const },
    }));
  const view = { ...viewOf([]), items };
  const printed = await Promise.all(FORMATS.map(({ print }) => print(view)));
  expect(items.map(({ html }) => html.match(/(?<=href=")[^"]*/g))).toEqual([
    ['/a.atom?page=2&#x26;#comments', '/a.atom?page=2&#x26;', '/a.atom?key=3'].map(server.url),
  ]);
  expect(one.feeds('a')?.data().home).toBe(server.url('/'));
  const all = [...printed, opml(view.planet, many.feeds(undefined).data())];
  expect(all.join()).not.toContain('SECRET');
});

test('a secret is in no text once the planet follows its feed; words that only look like it stay', async () => {
  const secret = 'https://git.example/x.atom?auth=1&amp;feed_token=SECRET';
  const html = `&lt;a href="${secret.replace('&amp;', '&amp;amp;')}">x&lt;/a> &lt;code>a;auth=1;&lt;/code>`;
  const a = itemsOf(`<item><title>T</title><description>${html}</description><guid>1</guid></item>`);
  const planet = await aPlanet({ a });
  await planet.snapshot();
  const shown = async () => (await planet.data()).many.entries({ newest: 1 }).data()[0]?.html;
  expect(await shown()).toContain('SECRET');
  await planet.folder.write('planet.yaml', planetYaml({ a: 'a.xml', b: secret.replace('&amp;', '&') }));
  expect(await shown()).not.toContain('SECRET');
  expect(await shown()).toContain('a;auth=1;');
});

test('a title that is only a name from other titles of its feed is that of an author', async () => {
  const posts = ['Ada: One', 'Ada'].map((title, at) => ({ title, link: `https://a.example/${at}` }));
  const { snapshot, site } = await aPlanet({ a: rss(posts) }, { last: 'authors: title' });
  await snapshot();
  const credits = (await site()).entries.map(({ credit }) => credit);
  expect(credits.map(({ title, authors }) => [title, ...authors]).sort()).toEqual([
    ['', 'ada'],
    ['One', 'ada'],
  ]);
});

test('an entry has the text of the feed that has more of it, and all else of its own feed', async () => {
  const words = 'Whoever builds a clock from two springs and a bell asks this once';
  const feed = (text: string, category: string) =>
    itemsOf(
      `<item><title>T</title><guid>https://a.example/1</guid><description>${text}</description><category>${category}</category></item>`,
    );
  const { snapshot, data } = await aPlanet({ a: feed(`${words} …`, 'own'), b: feed(`${words}. `.repeat(20), 'other') });
  await snapshot();
  const [shown, ...others] = (await data()).many.entries({ newest: 9 }).data();
  expect(others).toEqual([]);
  expect([shown?.feed.id, shown?.entry.categories]).toEqual(['a', ['own']]);
  for (const text of [shown?.html, shown?.entry.summary]) expect(text).toMatch(/^(?:<p>)?Whoever .* once\. Whoever/);
});

test('a new post changes the entry pages of its day and of the day of the post before it, and no page of another year', async () => {
  const planet = await aPlanet({ a: '' }, { last: 'authors: feed' });
  const posts = ['2025-12-10', '2026-01-12', '2026-01-14', '2026-01-16'].map((day) => {
    return { title: day, link: `https://a.example/${day}`, date: `${day}T08:00:00Z` };
  });
  const questions: Question[] = [
    ...['2025-12-10', '2026-01-12', '2026-01-14'].map((day) => ['entryPages', day] as const),
    ...['author:feed-a', 'feed:a'].map((listing) => ['listings', listing] as const),
  ];
  const hashes = async (number: number) => {
    await planet.reads({ a: rss(posts.slice(0, number)) });
    const data = await planet.data();
    return questions.map((question) => answerHash(data, question));
  };
  const before = await hashes(3);
  const after = await hashes(4);
  expect(after).not.toContain('none');
  expect(questions.filter((_, at) => before[at] !== after[at])).toEqual([['entryPages', '2026-01-14']]);
});

test.for([
  ['hides the first', ['a', 'b'], 'hide:\n  authors: [Jose]\n'],
  ['no longer follows the feed of the first', ['b'], ''],
] as const)('the second of two authors of one slug keeps its address when the operator %s', async ([, ids, lines]) => {
  const feed = (name: string) => itemsOf(`<item><title>T</title><author>${name}</author><guid>${name}</guid></item>`);
  const { folder, snapshot, site } = await aPlanet({ a: feed('Jose'), b: feed('José') });
  const follow = (ids: readonly string[], lines = '') =>
    folder.write('planet.yaml', planetYaml(Object.fromEntries(ids.map((id) => [id, `${id}.xml`]))) + lines);
  await follow(['a']);
  await snapshot('2026-01-25T08:00:00Z');
  await follow(['a', 'b']);
  await snapshot();
  const slugs = async () => (await site()).authors.map(({ name, slug }) => [name, slug]);
  expect(Object.fromEntries(await slugs())).toEqual({ Jose: 'jose', José: 'jose-2' });
  await follow(ids, lines);
  expect(await slugs()).toEqual([['José', 'jose-2']]);
});

test.for<[rule: string, planet: string]>([
  ['no longer follows the feed that had it first', ''],
  ['hides the posts of that feed', '  - {id: planet, title: P, url: planet.xml, exclude: [gears, news]}\n'],
])('a post keeps its published id when the operator %s', async ([, planet]) => {
  const words = 'Whoever builds a clock from two springs and a bell asks this once, and nobody answers.';
  const feed = (posts: Record<string, string>) => {
    const items = Object.entries(posts).map(([title, guid]) => {
      const of = `<title>${title}</title><link>https://zoe.example/${title}</link><guid>${guid}</guid>`;
      return `<item>${of}<description>On ${title}. ${words}</description></item>`;
    });
    return itemsOf(items.join(''));
  };
  const { folder, snapshot, site } = await aPlanet({
    planet: feed({ gears: 'planet:1', news: 'post-1' }),
    zoe: feed({ gears: 'zoe:1', bells: 'post-1' }),
  });
  const idsOfZoe = async () => {
    const { entries } = await site();
    const own = entries.filter((entry) => [entry.feed, ...entry.via].includes('zoe'));
    return own.map(({ id, sharedId }) => (sharedId ? 'its page' : id)).sort();
  };
  await snapshot();
  expect(await idsOfZoe()).toEqual(['its page', 'planet:1']);
  await folder.write('planet.yaml', `${planetYaml({})}${planet}  - {id: zoe, title: Zoe, url: zoe.xml}\n`);
  expect(await idsOfZoe()).toEqual(['its page', 'planet:1']);
});

type Told = ReturnType<typeof told>;

type Problem = FeedProblem['outcome'] | 'none' | 'unread' | 'elsewhere';

/** What each place says of a feed with these settings, whose state has the problem `why` at an address. */
const STATES: Record<string, [settings: string, problem: Problem, Told]> = {
  well: ['', 'none', told('well', 'well', 'OK')],
  failing: ['', 'failed', told('failed', 'failing', 'why', '! failing has failed')],
  gone: ['', 'gone', told('gone', 'gone', 'why', '! gone has been gone')],
  held: ['', 'held', told('held', 'held', 'why', '! held is held: why')],
  new: ['', 'unread', told('new', 'new', 'not read yet', '✓ new has not been read yet')],
  moved: ['', 'elsewhere', told('well', 'well', 'OK')],
  paused: ['paused: true', 'none', told('well', null, 'OK')],
  'paused-failing': ['paused: true', 'failed', { ...told('failed', 'failing', 'why'), attention: false }],
  'paused-held': ['paused: true', 'held', told('held', 'held', 'why', '! paused-held is held: why')],
  'paused-new': ['paused: true', 'unread', told('new', 'new', 'not read yet')],
  lost: ['gone: true', 'none', told('gone', 'gone', 'gone')],
  'lost-failing': ['gone: true', 'failed', told('gone', 'gone', 'gone')],
  'lost-held': ['gone: true', 'held', told('held', 'held', 'why', '! lost-held is held: why')],
  'lost-new': ['gone: true', 'unread', told('gone', 'gone', 'gone')],
};

function told(outcome: string, badge: string | null, state: string, doctor = '') {
  const reason = state === 'why' ? 'why' : null;
  return { outcome, badge, reason, attention: reason !== null, export: state, doctor };
}

test('the status page, the doctor and the export say the same of each feed', async () => {
  const ids = Object.keys(STATES);
  const feedOf = (id: string) => `  - { id: ${id}, title: ${id}, url: "https://${id}.example/", ${STATES[id]?.[0]} }\n`;
  const yaml = planetYaml({ ada: 'ada.xml' }) + ids.map(feedOf).join('');
  const made = await aPlanet({ ada: rss([{ title: 'One', link: 'https://ada.example/1' }]) });
  await made.snapshot();
  await made.folder.write('planet.yaml', yaml.replaceAll(', }', ' }'));
  const states = await made.states();
  for (const [id, [, problem]] of Object.entries(STATES)) {
    const outcome = problem === 'elsewhere' ? 'failed' : problem;
    const isIll = outcome !== 'none' && outcome !== 'unread';
    const trouble = isIll ? { outcome, reason: 'why', since: '2026-01-01T00:00:00Z' } : null;
    const url = `https://${problem === 'elsewhere' ? 'old' : id}.example/`;
    if (problem !== 'unread') states[id] = { ...newFeedState(url), trouble };
  }
  await made.folder.write('archive/feeds.json', JSON.stringify(states));

  const site = await made.site();
  const { feeds } = statusOf(site.planet, site.feeds, [], buildTime(Date.parse('2026-01-30')));
  const rows = (await made.planet(['export', 'csv'])).stdout.split('\r\n').map((row) => row.split(','));
  const doctor = (await made.planet(['doctor'])).stdout;
  const words = '(?: has been gone| has failed| is held: why| has not been read yet)';
  const says = (id: string) => new RegExp(`[✓!] ${id}${words}`).exec(doctor)?.[0] ?? '';
  const rest = feeds.slice(1).map((feed): [string, Told] => {
    const { id, outcome, reason } = feed;
    const [badge, attention] = [healthOf(feed), needsAttention(feed)];
    const state = rows.find(([first]) => first === id)?.at(-2) ?? '';
    return [id, { outcome, badge, reason, attention, export: state, doctor: says(id) }];
  });
  expect(Object.fromEntries(rest)).toEqual(Object.fromEntries(ids.map((id) => [id, STATES[id]?.[2]])));
});
