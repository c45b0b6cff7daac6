import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { aServedPlanet } from '../lib/a-planet.ts';
import { rss, serveFeeds } from '../lib/feed-server.ts';
import { planetYaml } from '../lib/planet.ts';
import { planetHere, programHere } from '../lib/program-here.ts';

const hour = 3600;
const start = 1_772_000_000;
const post = { title: 'One', link: 'https://t.example/1' };

/** A planet of one feed whose server counts who asks. */
async function following(answer: string | RequestListener) {
  const planet = await aServedPlanet({}, (url) => planetYaml({ blog: url('/blog') }));
  const blog = { asked: 0, answer, headers: [] as Record<string, unknown>[] };
  planet.server.answers['/blog'] = (request, response) => {
    blog.asked += 1;
    blog.headers.push(request.headers);
    if (typeof blog.answer === 'string') response.writeHead(200).end(blog.answer);
    else blog.answer(request, response);
  };
  const seconds = (hours: number) => start + hours * hour;
  return {
    ...planet,
    blog,
    /** What a run says of the feed, so many hours after the first. */
    run: async (hours: number) => (await planet.snapshot(new Date(seconds(hours) * 1000))).feeds[0],
    /** The same by the command. */
    command: async (hours: number) => {
      const env = { ...planet.env, SOURCE_DATE_EPOCH: String(seconds(hours)) };
      const { stdout } = await programHere(['scripts/snapshot.ts', '--json'], env);
      return JSON.parse(stdout).feeds[0];
    },
    /** What each request said that it has. */
    conditions: () => blog.headers.map((headers) => headers['if-none-match']),
    state: async () => (await planet.states()).blog,
  };
}

test('validators go back to the letter, both of them, and "not modified" changes nothing', async () => {
  const etag = 'W/"a b, c"';
  const lastModified = 'Fri, 23 Jan 2026 08:40:00 GMT';
  const planet = await following((request, response) => {
    if (request.headers['if-none-match']) response.writeHead(304).end();
    else response.writeHead(200, { etag, 'last-modified': lastModified }).end(rss([post]));
  });
  await planet.run(0);
  const archive = await planet.folder.archive();
  expect(await planet.command(1)).toMatchObject({ outcome: 'unchanged', reason: null, kept: 1 });
  expect(planet.blog.headers[1]).toMatchObject({ 'if-none-match': etag, 'if-modified-since': lastModified });
  const agent = /^Orrery\/\d+\.\d+\S* \(\+https:\/\/planet\.example\/; feeds\)$/;
  expect(String(planet.blog.headers[1]?.['user-agent'])).toMatch(agent);
  expect(await planet.folder.archive()).toEqual(archive);
});

test('an edit that is taken a day later is requested again, although nothing changes any more', async () => {
  const words = Array.from({ length: 60 }, (_, at) => `word${'abcdefghij'[at % 10]}${'klmnop'[at % 6]}`);
  const more = ['one', 'two', 'three', 'four', 'five'];
  let said = 0;
  const planet = await following((request, response) => {
    const etag = `"${said}"`;
    const html = `<p>${[...words, ...more.slice(0, said)].join(' ')}</p>`;
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.writeHead(200, { etag }).end(rss([{ ...post, html }]));
  });
  for (; said < more.length; said++) await planet.run(said);
  const shown = async () => String((await planet.folder.entries())[0]?.['content']);
  expect(await planet.run(said)).toMatchObject({ outcome: 'unchanged', changed: 0 });
  expect(await shown()).not.toContain('four');
  expect(await planet.run(said + 24)).toMatchObject({ outcome: 'updated', changed: 1 });
  expect(await shown()).toContain(more.join(' '));
  // Two days later its changes have ended.
  for (const hours of [25, 24 + 49, 24 + 50]) await planet.run(said + hours);
  expect(planet.conditions().slice(-3)).toEqual([undefined, undefined, '"5"']);
});

const [x, y] = ['<category>x</category>', '<category>y</category>'];
test.for([
  { by: 'its host', of: /(?<=<item>.*<link>https:..)/, turns: ['', 'mail.'] },
  { by: 'the order of its categories', of: /(?=<.item>)/, turns: [`${x}${y}`, `${y}${x}`] },
])('an entry that changes by turns in $by changes nothing in the archive until the next day', async ({ of, turns }) => {
  let asked = 0;
  const planet = await following((_, response) => {
    const turn = asked++ % 2;
    response.writeHead(200, { etag: `"${turn}"` }).end(rss([post]).replace(of, String(turns[turn])));
  });
  for (let hours = 0; hours < 5; hours++) await planet.run(hours);
  const archive = await planet.folder.archive();
  for (const hours of [5, 6, 7, 8]) {
    const reason = '1 entry changes a little in every run; a change of this kind is taken once a day';
    expect(await planet.run(hours)).toMatchObject({ changed: 0, reason });
    expect(await planet.folder.archive()).toEqual(archive);
  }
});

test('a server that refuses every conditional request is asked once more, without conditions', async () => {
  const planet = await following((request, response) => {
    if (request.headers['if-none-match']) response.writeHead(412).end();
    else response.writeHead(200, { etag: '"1"' }).end(rss([post]));
  });
  await planet.run(0);
  const archive = await planet.folder.archive();
  expect(await planet.run(1)).toMatchObject({ outcome: 'unchanged', reason: null });
  expect(await planet.folder.archive()).toEqual(archive);
  // A feed that is missing is asked twice in the first run only.
  planet.blog.answer = (_, response) => response.writeHead(404).end();
  for (const hours of [2, 3]) await planet.run(hours);
  expect(planet.conditions()).toEqual([undefined, '"1"', undefined, '"1"', undefined, undefined]);
});

test.for([
  { when: 'twice a day', every: 12, headers: {} },
  { when: 'once a day', every: 24, headers: {} },
  { when: 'once a day, as its server asks', every: 6, headers: { 'cache-control': 'max-age=86400' } },
])(
  'a server that says for ever that nothing has changed is asked for the whole feed once a week, read $when',
  async ({ every, headers }) => {
    const answer =
      (posts: object[]): RequestListener =>
      (request, response) => {
        if (request.headers['if-none-match']) response.writeHead(304, headers).end();
        else response.writeHead(200, { ...headers, etag: '"1"' }).end(rss(posts as (typeof post)[]));
      };
    const planet = await following(answer([post]));
    await planet.run(0);
    planet.blog.answer = answer([post, { ...post, link: 'https://t.example/2' }]);
    const [news, whole]: [number[], number[]] = [[], []];
    for (let hours = every; hours <= 15 * 24; hours += every) {
      const { asked } = planet.blog;
      if ((await planet.run(hours))?.new) news.push(hours);
      if (planet.blog.headers.slice(asked).some((each) => each['if-none-match'] === undefined)) whole.push(hours);
    }
    // The day of the week depends on the address, which has the port of this test.
    const [first = 0] = whole;
    expect(first).toBeLessThanOrEqual(7 * 24);
    expect(whole.slice(0, 2)).toEqual([first, first + 7 * 24]);
    expect(news).toEqual([first]);
  },
);

test('a feed is gone for good after 14 days, is then never asked again, and keeps its entries', async () => {
  const planet = await following(rss([post]));
  await planet.run(0);
  planet.blog.answer = (_, response) => response.writeHead(410).end();
  const said = { kept: 1, reason: 'the server answers 410: the feed is gone for good' };
  expect(await planet.run(1)).toMatchObject({ outcome: 'failed', ...said });
  planet.blog.answer = (_, response) => response.writeHead(503).end();
  await planet.run(2);
  planet.blog.answer = (_, response) => response.writeHead(410).end();
  for (const hours of [3, 10 * 24]) expect(await planet.run(hours)).toMatchObject({ outcome: 'failed', ...said });
  expect(await planet.run(14 * 24 + 2)).toMatchObject({ outcome: 'gone', ...said });
  const [state, { asked }] = [await planet.state(), planet.blog];
  expect(await planet.command(1000)).toMatchObject({ outcome: 'gone', ...said });
  expect([await planet.state(), planet.blog.asked]).toEqual([state, asked]);
  // It is back: check reads it, and tells how the snapshot does.
  planet.blog.answer = rss([post]);
  expect((await planetHere(['check'], planet.env)).stdout).toMatch(
    / ! the snapshot does not read it .* 2026-02-25 on; "npm run planet -- accept blog"/,
  );
  expect((await planetHere(['accept', 'blog'], planet.env)).stdout).toBe('The next snapshot reads blog again.\n');
  expect(await planet.run(1001)).toMatchObject({ outcome: 'unchanged', kept: 1 });
});

test('a server that wants rest gets it', async () => {
  const planet = await following((_, response) => response.writeHead(429, { 'retry-after': '7200' }).end());
  expect((await planet.run(0))?.reason).toMatch(/wants no request before/);
  const reason = expect.stringContaining('not read again before');
  expect(await planet.command(1)).toMatchObject({ outcome: 'failed', reason });
  expect(planet.blog.asked).toBe(1);
  planet.blog.answer = rss([post]);
  expect(await planet.run(2)).toMatchObject({ outcome: 'updated', new: 1 });
});

test.for([
  { says: 'cache-control', headers: { 'cache-control': 'max-age=10800' }, feed: rss([post]) },
  { says: 'ttl', headers: {}, feed: rss([post]).replace('<item>', '<ttl>180</ttl><item>') },
])(
  'a feed that says by $says that it is fresh for three hours is left alone for as long',
  async ({ headers, feed }) => {
    const planet = await following((_, response) => response.writeHead(200, headers).end(feed));
    await planet.run(0);
    const reason = expect.stringContaining('not read before');
    expect(await planet.run(2)).toMatchObject({ outcome: 'unchanged', reason });
    expect(planet.blog.asked).toBe(1);
    expect(await planet.run(3)).toMatchObject({ outcome: 'unchanged', reason: null });
    expect(planet.blog.asked).toBe(2);
  },
);

test('a blog that has been dead for long is asked less and less, a day apart at the most', async () => {
  const planet = await following((_, response) => response.writeHead(404).end());
  for (const hours of [0, 1, 2, 8, 9, 10, 800, 801, 824]) await planet.run(hours);
  // Asked at 0, 1, 2 and 8; not at 9 (a quarter of 8 hours); at 10; at 800; not at 801; at 824.
  expect(planet.blog.asked).toBe(7);
  expect((await planet.state()).trouble.since).toBe('2026-02-25T06:13:20Z');
});

test('a feed that moved for good is followed, and the report has the line to write', async () => {
  const planet = await following('');
  const moved = planet.server.url('/new');
  planet.server.answers['/new'] = rss([post]);
  planet.blog.answer = (_, response) => response.writeHead(301, { location: '/new' }).end();
  const reason = `it has moved permanently: write url: ${moved} in planet.yaml`;
  expect(await planet.run(0)).toMatchObject({ outcome: 'updated', reason });
  expect((await planet.state()).movedTo).toBe(moved);
});

const leading = (to: string, header = {}) => ({
  header,
  page: `<!doctype html><title>Moved</title><meta http-equiv="refresh" content="0;url=${to}">`,
});
const A_PAGE = /^the address shows a web page, not a feed/;
test.for([
  { by: 'a page', ...leading('/new'), says: null },
  { by: 'a header', header: { refresh: '1; url=/new' }, page: '<!doctype html><title>Moved</title>', says: null },
  { by: 'a page to a redirect', ...leading('/moved'), says: null },
  { by: 'a page to another page', ...leading('/page'), says: A_PAGE },
  { by: 'a page to itself', ...leading('/blog'), says: A_PAGE },
  { by: 'a page to a private address', ...leading('http://PRIVATE/'), says: A_PAGE },
  { by: 'a page to a file', ...leading('file:///etc/passwd'), says: A_PAGE },
  { by: 'a page to nothing', ...leading('/none'), says: A_PAGE },
  { by: 'a page to what is gone', ...leading('/gone'), says: A_PAGE },
  { by: 'a page to what is no feed', ...leading('/words'), says: A_PAGE },
])(
  'a feed that moved by $by is followed once, as by a redirect that is not permanent',
  async ({ page, header, says }) => {
    await using other = await serveFeeds({ '/': rss([post]) });
    const planet = await following((_, response) =>
      response.writeHead(200, { ...header, etag: '"1"' }).end(page.replace('PRIVATE', other.host)),
    );
    const { answers, url } = planet.server;
    answers['/new'] = (_, response) => response.writeHead(200, { etag: '"2"' }).end(rss([post]));
    answers['/moved'] = (_, response) => response.writeHead(301, { location: '/new' }).end();
    answers['/gone'] = (_, response) => response.writeHead(410).end();
    answers['/words'] = 'Nothing here';
    answers['/page'] = leading('/new').page;
    const note = `its address is now a page that leads to the feed: write url: ${url('/new')} in planet.yaml`;
    for (const hours of [0, 1])
      expect(await planet.run(hours)).toMatchObject(
        says === null ? { reason: note, outcome: hours === 0 ? 'updated' : 'unchanged' } : { outcome: 'failed' },
      );
    if (says !== null) expect((await planet.state()).trouble.reason).toMatch(says);
    // With the validators of the feed its page could answer that it has not changed.
    expect(await planet.state()).toMatchObject({ movedTo: null, validators: {} });
    expect(planet.blog.asked).toBe(2);
  },
);

test('another address in planet.yaml starts afresh and keeps what there is', async () => {
  const planet = await following(rss([post]));
  await planet.run(0);
  planet.blog.answer = (_, response) => response.writeHead(410).end();
  await planet.run(1);
  planet.server.answers['/new'] = rss([post, { title: 'Two', link: 'https://t.example/2' }]);
  await planet.folder.write('planet.yaml', planetYaml({ blog: planet.server.url('/new') }));
  expect(await planet.run(2)).toMatchObject({ outcome: 'updated', new: 1, kept: 1 });
});

test('an address that the operator writes may have other ids and links; one to which the feed redirects may not', async () => {
  const planet = await following(rss([post]));
  await planet.run(0);
  await planet.folder.write('planet.yaml', planetYaml({ blog: planet.server.url('/new') }));
  planet.server.answers['/new'] = (_, response) => response.writeHead(503).end();
  expect(await planet.run(1)).toMatchObject({ outcome: 'failed' });
  const at = (host: string) =>
    rss([
      { ...post, link: `https://${host}/1` },
      { title: host, link: `https://${host}/p` },
    ]);
  planet.server.answers['/new'] = at('own.example');
  expect(await planet.run(8)).toMatchObject({ outcome: 'updated', new: 1, changed: 1 });
  expect(await planet.state()).toMatchObject({ formerly: [{ url: planet.server.url('/blog') }] });
  planet.server.answers['/casino'] = at('casino.example');
  planet.server.answers['/new'] = (_, response) => response.writeHead(301, { location: '/casino' }).end();
  expect(await planet.run(9)).toMatchObject({ outcome: 'held', new: 0, changed: 0 });
});

test('at an address that the operator writes, too many entries wait, and what comes after a refusal is judged', async () => {
  const planet = await following(rss([post]));
  await planet.run(0);
  await planet.folder.write('planet.yaml', planetYaml({ blog: planet.server.url('/new') }));
  const posts = (from: number, count: number) =>
    rss(Array.from({ length: count }, (_, i) => ({ title: `${from + i}`, link: `https://own.example/${from + i}` })));
  planet.server.answers['/new'] = posts(0, 51);
  expect(await planet.run(1)).toMatchObject({
    outcome: 'held',
    reason: expect.stringMatching(/^more than 50 new entries/),
  });
  await planetHere(['reject', 'blog'], planet.env);
  planet.server.answers['/new'] = posts(60, 2);
  expect(await planet.run(2)).toMatchObject({ outcome: 'held', reason: expect.stringMatching(/another owner/) });
});

const many = Array.from({ length: 201 }, (_, i) => {
  const date = new Date(Date.UTC(2025, 0, 1, i)).toUTCString();
  return { title: `${i}`, link: `https://t.example/${i}`, date };
});
const TOO_MANY = '1 body of more than 20,000 elements and texts cut';
const withHtml = (html: string) => rss([{ ...post, html }]);
const withMany = (count: number, element: (at: number) => string) =>
  rss([post]).replace('</item>', `${Array.from({ length: count }, (_, at) => element(at)).join('')}</item>`);
test.for<[when: string, feed: string, says?: string | null, entries?: number]>([
  ['201 entries at once', rss(many), 'it has 201 entries; the newest 200 are taken', 200],
  ['a title of 301 letters', rss([{ ...post, title: 'ä'.repeat(301) }])],
  ['a body over a megabyte', withHtml(`<p>${'word '.repeat(210_000)}</p>`), '1 body of more than 1 MB cut'],
  ['a body of thousands of elements', withHtml('<i>word</i>'.repeat(10_001)), TOO_MANY],
  ['21 categories', withMany(21, (at) => `<category>c${at}</category>`)],
  ['51 authors', withMany(51, (at) => `<author>Ann ${at}</author>`)],
  ['51 files', withMany(51, (at) => `<enclosure url="https://t.example/${at}.ogg"/>`)],
])(
  'too much of a good thing is cut; what many would miss is said: %s',
  async ([when, feed, reason = null, entries = 1]) => {
    const planet = await following(feed);
    expect(await planet.run(0)).toMatchObject({ outcome: 'updated', new: entries, reason });
    const [entry] = await planet.folder.entries();
    expect(String(entry?.['title']).length).toBeLessThanOrEqual(300);
    expect(String(entry?.['content']).length).toBeLessThanOrEqual(1_100_000);
    expect(entry?.['categories']).toHaveLength(when === '21 categories' ? 20 : 0);
    expect(entry?.['authors']).toHaveLength(when === '51 authors' ? 50 : 0);
    expect(entry?.['enclosures']).toHaveLength(when === '51 files' ? 50 : 0);
    expect(await planet.run(1)).toMatchObject({ outcome: 'unchanged', reason });
  },
);
