import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NO_MEMORY, nextMemory } from '../../../scripts/snapshot/identity/entry-ids.ts';
import { escaped } from '../../lib/feed-server.ts';
import { aFolder, planetYaml } from '../../lib/planet.ts';
import { planetHere, programHere } from '../../lib/program-here.ts';
import { snapshotHere } from '../../lib/snapshot-here.ts';

interface Item {
  guid?: string;
  link?: string;
  title?: string;
  date?: string | undefined;
  text?: string;
  author?: string;
  rights?: string;
}

const HOME = 'https://quay.example/';
const picture = (at: number) => `<img src="https://quay.example/${at}.jpg">`;
const ROPE = 'Rope asks who mends a net in winter, and where the tar is from now';

function rss(items: readonly Item[]): string {
  const element = (name: string, text?: string) => (text === undefined ? '' : `<${name}>${escaped(text)}</${name}>`);
  const lines = items.map(
    ({ guid, link, title, date, text, author, rights }) =>
      `<item>${element('title', title)}${element('link', link)}${
        guid === undefined ? '' : `<guid isPermaLink="false">${guid}</guid>`
      }${element('pubDate', date)}${element('description', text)}${element('author', author)}${element('copyright', rights)}</item>`,
  );
  return `<rss version="2.0"><channel><title>Quay</title><link>${HOME}</link>${lines.join('')}</channel></rss>`;
}

/** Its ids are the pages of its posts. */
const declared = (items: readonly Item[]) =>
  rss(items).replaceAll('isPermaLink="false"', 'isPermaLink="true"').replace('<item>', '<author>Jo</author><item>');

const START = Date.UTC(2026, 5, 6, 12);

/** A planet of one feed that says one document after the other, an hour apart. */
async function following(timezone = 'UTC') {
  let file = 'feeds/quay.xml';
  const yaml = () =>
    planetYaml({ quay: file })
      .replace(/^timezone:.*$/m, '')
      .concat(`\ntimezone: ${timezone}\n`);
  const folder = await aFolder(yaml());
  let hour = 0;
  return {
    folder,
    /** The operator writes another address of the feed. */
    async moves() {
      file = 'feeds/new.xml';
      await folder.write('planet.yaml', yaml());
    },
    async says(items: readonly Item[] | string, hours = 1) {
      await folder.write(file, typeof items === 'string' ? items : rss(items));
      hour += hours;
      return (await snapshotHere(folder.path, new Date(START + hour * 3_600_000))).feeds[0];
    },
    async shows() {
      const entries = (await folder.entries()) as { title: string; content: string; path: string; url: string }[];
      return entries.map(({ content, ...shown }) => ({ ...shown, text: content.replace(/<[^>]*>/g, '') }));
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** What a planet shows of a feed after these documents, one after the other. */
async function shownAfter(documents: readonly (readonly Item[])[], hours = 1) {
  await using planet = await following();
  for (const items of documents) await planet.says(items, hours);
  return await planet.shows();
}

const day = (date: number, time = '08:00:00') => `${String(date).padStart(2, '0')} Jun 2026 ${time} GMT`;
const long = (start: string) =>
  `${start} the ferry left late because of fog over the northern basin and nobody on the pier had brought a coat`;

/** So many posts, a day apart; what they have otherwise. */
const series = <T extends Item>(count: number, over: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => ({
    ...{ link: `${HOME}${at}`, title: `Post ${at}`, date: day(at + 1), text: long(`Story ${at}`) },
    ...over(at),
  }));
const stories = (count: number) => series(count, (at) => ({ guid: `g${at}` }));

describe('posts of a feed that only look alike stay apart, each with its own words', () => {
  const item = (guid: string | null, path: string, title: string, date: string, text: string): Item => ({
    ...(guid !== null && { guid }),
    ...{ link: `${HOME}${path}`, title, date, text },
  });
  const photo = (at: number, date: string, text = picture(at)) => item('Photo', `p/${at}`, 'Photo', date, text);
  const links = (at: number, text: string) => item('Links', `l/${at}`, 'Links', day(4 + at, '00:00:00'), text);
  const job = (date: number, place: string) => item('quay', '', 'A job', day(date), long(place));
  const numbered = (at: number, text: string) => item('quay', `${at}`, text, day(at), text);
  const old = item('Old', 'old', 'Old', day(1, '00:00:00'), long('Old'));
  const [a, b] = [item('a', 'a', 'A', day(1), 'a'), item('b', 'b', 'B', day(2), 'b')] as const;
  const [first, second] = [photo(1, day(3)), photo(2, day(5))] as const;
  const names = ['Anchor', 'Bell', 'Crab', 'Drum', 'Eel'];
  const ofOwnWords = (name: string) => [...'abcdefgh'].map((end) => `${name}${end}`).join(' ');
  const node = (at: number, name: string, date = at) =>
    item(`${at} at quay`, `node/${at}`, name, day(date), ofOwnWords(name));
  const fog = photo(2, day(5), 'fog');
  const short = (at: number, text: string, run: number) =>
    item(`r${run}-${at}`, '', `Post ${at}`, day(5, '00:00:00'), text);
  test.for<[when: string, texts: string[], ...runs: Item[][]]>([
    [
      'one title twice a day, as one leaves and one comes',
      ['Ada asks about rope.', 'Bo sells rope.'],
      [item('c-1', 't/1', 'Re: Moorings', day(5), 'Ada asks about rope.')],
      [item('c-2', 't/2', 'Re: Moorings', day(5, '11:00:00'), 'Bo sells rope.')],
    ],
    [
      'good guids, and one link for all',
      ['one', 'two'],
      [item('e1', '', 'Episode 1', day(4), 'one')],
      [item('e2', '', 'Episode 2', day(5), 'two')],
    ],
    [
      'one guid for all',
      ['five', 'four', 'three'],
      [numbered(4, 'four'), numbered(3, 'three')],
      [numbered(5, 'five'), numbered(4, 'four')],
    ],
    [
      'no guid, and one link for all',
      ['blue', 'red'],
      [item(null, '', 'Blue mug', day(5), 'blue'), item(null, '', 'Red mug', day(4), 'red')],
    ],
    [
      'one title, one guid and one link for all, and nearly the same words',
      ['Bonn', 'Oslo', 'Riga'].map(long),
      [job(5, 'Riga'), job(4, 'Oslo'), job(3, 'Bonn')],
    ],
    [
      'no guid, and now and then one link and one short text',
      ['See there', 'See there', 'a', 'b'],
      [
        ...[item(null, 'tide', 'Low tide', day(5), 'See there'), item(null, 'tide', 'High tide', day(4), 'See there')],
        ...[item(null, 'b', 'B', day(3), 'b'), item(null, 'a', 'A', day(2), 'a')],
      ],
    ],
    [
      'the title for a guid, and a day for a date',
      [long('Bo reads'), long('Old'), ROPE],
      [links(1, long('Bo reads')), old],
      [links(2, ROPE), old],
    ],
    ['the title for a guid, and no words', ['', ''], [first], [second]],
    ['the title for a guid, no words, and then a few', ['', 'fog '], [first], [photo(2, day(5), `fog ${picture(2)}`)]],
    [
      'the title for a guid, and no words, a little earlier each day',
      ['', '', ''],
      ...[day(3, '08:00:09'), day(4, '08:00:04'), day(5, '07:59:58')].map((date, at) => [photo(at + 1, date)]),
    ],
    [
      'the title for a guid, as two are there for a while',
      ...([
        ['', 'a', 'b', 'fog'],
        [first, b, a],
        [fog, first, b, a],
        [fog, a],
      ] as [string[], ...Item[][]]),
    ],
    [
      'the title for a guid, as two of one day without a time are there for a while',
      ['', 'a', 'b', 'fog'],
      ...[
        [first, b, a],
        [fog, first, b, a],
        [fog, a],
      ].map((items) => items.map((each) => (each.title === 'Photo' ? { ...each, date: day(3, '00:00:00') } : each))),
    ],
    [
      'a photograph of each day at one link, as its server turns to an older document',
      ['', ''],
      ...[5, 4].map((at) => [item(`urn:${at}`, 'today', 'Today', day(at), picture(at))]),
    ],
    [
      'a number in guid, link and title that was that of the post before for a while',
      [...['Moorings', 'Nets'].map((end) => `${long('Weekly')} ${end}`), 'a'],
      ...['2 Moorings', '3 Moorings', '2 Moorings', '3 Nets']
        .map((each) => each.split(' '))
        .map(([number, end]) => [
          item(
            `w${number}`,
            `w/${number}`,
            `Weekly ${number}`,
            day(end === 'Nets' ? 5 : 3),
            `${long('Weekly')} ${end}`,
          ),
          a,
        ]),
    ],
    [
      'numbers in guid and link, given again after a backup was restored',
      names.map(ofOwnWords),
      [node(4, 'Crab'), node(3, 'Bell'), node(2, 'Anchor')],
      [node(2, 'Anchor')],
      [node(3, 'Drum', 5), node(2, 'Anchor')],
      [node(4, 'Eel', 6), node(3, 'Drum', 5), node(2, 'Anchor')],
    ],
    [
      'numbers in links without guid, given again by a site that begins anew',
      names.map(ofOwnWords),
      [node(3, 'Crab'), node(2, 'Bell'), node(1, 'Anchor')].map(({ guid: _, ...each }) => each),
      [node(2, 'Eel', 6), node(1, 'Drum', 5)].map(({ guid: _, ...each }) => each),
    ],
    [
      'a few words without a title, read at the minute of their date, as one leaves and one comes',
      ['Look at this', 'Look at this'],
      [item('u1', 'all.html#1', '', day(6, '12:59:00'), 'Look at this')],
      [item('u2', 'all.html#2', '', day(6, '13:30:00'), 'Look at this')],
    ],
    [
      'guids that are new in each run, one link for all, and few words',
      ['Look at this', 'nice'],
      [short(6, 'nice', 1)],
      [short(7, 'Look at this', 2), short(6, 'nice', 2)],
      [short(7, 'Look at this', 3), short(6, 'nice', 3)],
    ],
    [
      'nothing but a picture, alone in each document',
      ['', ''],
      ...[1, 2, 2].map((at) => [{ link: HOME, text: picture(at) }]),
    ],
    ['N/A for a guid', ['a', 'b'], [item('N/A', 'b', 'B', day(5), 'b'), item('N/A', 'a', 'A', day(4), 'a')]],
    [
      'links that differ in the fragment',
      ['about a', 'about b'],
      [item(null, 'log.html#b', 'Note', day(5), 'about b'), item(null, 'log.html#a', 'Note', day(4), 'about a')],
    ],
  ])('%s', async ([, texts, ...runs]) => {
    await using planet = await following();
    for (const items of runs) await planet.says(items);
    const shown = await planet.shows();
    expect(shown.map(({ text }) => text).sort()).toEqual(texts);
    const archive = await planet.folder.archive();
    await planet.says(runs.at(-1) ?? []);
    expect(await planet.folder.archive()).toEqual(archive);
  });

  test('guids that count places, and so change hands with every new post', async () => {
    await using planet = await following();
    const posts = stories(6).map(({ guid: _, ...each }) => each);
    const counted = (items: Item[]) => items.toReversed().map((item, place) => ({ ...item, guid: `${place + 1}` }));
    await planet.says(counted(posts.slice(0, 4)));
    const before = await planet.shows();
    for (const count of [5, 6]) await planet.says(counted(posts.slice(count - 4, count)));
    const report = await planet.says(counted(posts.slice(2)));
    const after = await planet.shows();
    expect(after.map(({ title }) => title)).toEqual(posts.map(({ title }) => title));
    expect(after).toEqual(expect.arrayContaining(before));
    expect(report?.reason).toBe('its ids do not tell its entries apart; entries are known by their links');
  });
});

describe('a new post never takes the place of one that left the document', () => {
  const own = (at: number) => ({
    guid: `urn:g${at}`,
    link: `${HOME}${at}`,
    title: `Post ${at}`,
    text: long('Open thread'),
  });
  const meetup = (at: number) => ({ ...own(at), title: 'Our meetup', text: long(`On the ${at}. Ada shows a clock`) });
  const date = (now: number, time = 0) => new Date(now - time).toUTCString();
  const WEEK = 168;
  test.for<[when: string, hours: number, item: (at: number, now: number) => Item]>([
    ['the same words, dated at the minute of the snapshot', WEEK, (at, now) => ({ ...own(at), date: date(now) })],
    ['the same words, every hour', 1, (at, now) => ({ ...own(at), date: date(now, 600_000) })],
    ['one title and nearly the same words, without dates', WEEK, meetup],
    [
      'now and then the page of a group, with nearly the same words',
      WEEK,
      (at, now) =>
        at % 4 > 0
          ? { ...own(at), date: date(now, 600_000), text: long(`${at}: ${'clock '.repeat(20)}`) }
          : { ...meetup(at), link: 'https://meetup.example/clocks', date: date(now, 600_000) },
    ],
  ])('%s', async ([, hours, item]) => {
    await using planet = await following();
    const items: Item[] = [];
    for (let at = 0; at < 9; at += 1) {
      items.unshift(item(at, START + (at + 1) * hours * 3_600_000));
      await planet.says(items.slice(0, 3), hours);
    }
    const shown = (await planet.shows()).map(({ title, url, text }) => ({ title, link: url, text }));
    const posted = items.map(({ title, link, text }) => ({ title, link, text }));
    expect(shown).toHaveLength(posted.length);
    expect(shown).toEqual(expect.arrayContaining(posted));
    const archive = await planet.folder.archive();
    await planet.says(items.slice(0, 3));
    expect(await planet.folder.archive()).toEqual(archive);
  });

  const alike = (at: number) => ({ ...own(at), text: long(`Number ${at}`) });
  const { guid: _guid, ...unnamed } = alike(0);
  const midnight = day(5, '00:00:00');
  const rolling: Record<string, (at: number) => Item> = {
    'alike words, all of one day': (at) => ({ ...alike(at), date: midnight }),
    'alike words, two each day': (at) => ({ ...alike(at), date: day(5 + Math.floor(at / 2), '00:00:00') }),
    'the same words, all of one day': (at) => ({ ...own(at), date: midnight }),
    'one title and alike words, all of one day': (at) => ({ ...meetup(at), date: midnight }),
    'one title, alike words and one link, of one day': (at) => ({ ...meetup(at), link: HOME, date: midnight }),
    'alike words and one link, without dates': (at) => ({ ...alike(at), link: HOME }),
    'alike words and one link, without guids and dates': (at) => ({
      ...{ ...unnamed, link: HOME, title: `Post ${at}`, text: alike(at).text },
    }),
    'alike words, one guid and one link, without dates': (at) => ({ ...alike(at), guid: 'g', link: HOME }),
    'one title, alike words, one guid and one link, without dates': (at) => ({ ...meetup(at), guid: 'g', link: HOME }),
  };
  const asIs = (items: Item[]) => items;
  const ways: Record<string, [step: number, inOrder: (items: Item[]) => Item[]]> = {
    'one by one': [1, asIs],
    'two at once': [2, asIs],
    'one by one, the oldest first': [1, (items) => items.toReversed()],
    'two at once, the oldest first': [2, (items) => items.toReversed()],
    'one by one, above a pinned one': [1, (items) => [...items, pinned]],
    'one by one, below a pinned one': [1, (items) => [pinned, ...items]],
  };
  const pinned = { guid: 'urn:pinned', link: `${HOME}pinned`, title: 'About', date: day(1), text: 'All about quays.' };
  test.for(
    Object.entries(rolling).flatMap(([when, item]) =>
      Object.entries(ways).map(([way, [step, inOrder]]) => [when, way, item, step, inOrder] as const),
    ),
  )('%s, %s', async ([, , item, step, inOrder]) => {
    const items = Array.from({ length: 12 }, (_, at) => item(at)).reverse();
    const starts = Array.from({ length: 8 / step + 1 }, (_, at) => 8 - at * step);
    const all = await shownAfter(starts.map((from) => inOrder(items.slice(from, from + 4))));
    const shown = all.filter(({ title }) => title !== pinned.title);
    expect(shown.map(({ title, text }) => `${title}: ${text}`).sort()).toEqual(
      items.map(({ title, text }) => `${title}: ${text}`).sort(),
    );
  });

  test('a post in the middle gets another guid, link, title and text, as one comes and one leaves', async () => {
    await using planet = await following();
    const items = [4, 3, 2, 1, 0].map((at): Item => ({ ...alike(at), date: midnight }));
    await planet.says(items.slice(1));
    const path = (await planet.shows()).find(({ title }) => title === 'Post 2')?.path;
    const edited = { ...items[2], guid: 'urn:e', link: `${HOME}e`, title: 'Mended', text: long('Mended') };
    await planet.says(items.slice(0, 4).with(2, edited));
    const shown = await planet.shows();
    expect(shown.find(({ title }) => title === 'Mended')?.path).toBe(path);
    expect(shown).toHaveLength(5);
  });

  test.for([
    ['alike words', alike],
    ['one title and alike words', meetup],
  ] as const)('%s and UUIDs, in a list by update without dates', async ([, post]) => {
    const item = (at: number) => ({ ...post(at), guid: `urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6${at}` });
    // The second one was edited before the third came.
    const shown = await shownAfter([
      [item(1), item(2)],
      [item(3), item(2)],
    ]);
    expect(shown.map(({ text }) => text).sort()).toEqual([1, 2, 3].map((at) => post(at).text).sort());
  });

  test('another one gets a later date, as one comes and one leaves, all of one title, alike words and links new in each run', async () => {
    const said = (run: number, dates: string[]) =>
      dates.map((time, at) => ({
        ...meetup(9 - run - at),
        link: `${HOME}?s=${run}${at}`,
        date: day(5, `${time}:07:00`),
      }));
    expect(await shownAfter([said(1, ['12', '11', '10']), said(0, ['13', '12', '15'])])).toHaveLength(4);
  });

  test('a new post never takes the place of one at the same position, in a feed whose ids count positions', async () => {
    const at = (link: string, date: string, text: string) => [{ guid: '1', link, title: 'Re: Trains', date, text }];
    const shown = await shownAfter([
      at(`${HOME}a`, day(4), long('At noon')),
      at(`${HOME}b`, day(5), '<img src="b.png">'),
    ]);
    expect(shown.map(({ url }) => url)).toEqual([`${HOME}a`, `${HOME}b`]);
  });
});

describe('no post of a planet becomes that of another blogger', () => {
  const others = stories(4).map((each, at) => ({ ...each, link: `https://n${at}.example/`, author: `N${at}` }));
  const call: Item = { guid: 'a', link: 'https://ada.example/cfp', date: day(6), text: long('Call') };
  const copy: Item = { ...call, guid: 'b', link: 'https://bo.example/cfp' };
  const titled = (title: string) => [{ title: `Ada: ${title}` }, { title: `Bo: ${title}` }] as const;
  const credited = [
    { title: 'Call for talks', author: 'Ada' },
    { title: 'Call for talks', author: 'Bo' },
  ] as const;
  const later = { date: day(6, '10:00:00') };
  test.for<[when: string, names: readonly [Item, Item], over?: Item]>([
    ['the same words', titled('Call for talks'), later],
    ['the same words, by their authors', credited, later],
    ['one second', credited],
    [
      'nearly the same words',
      [{ title: 'Ada: Call for talks' }, { title: 'Bo: We want your talks' }],
      { ...later, text: `${call.text}, says Bo` },
    ],
    ['the same place', titled('Call'), { date: day(4), text: `${call.text}, says Bo` }],
  ])('%s, as the one leaves and the other comes', async ([, [ada, bo], over]) => {
    await using planet = await following();
    const among = (post: Item) => [...others.slice(0, 2), post, ...others.slice(2)];
    await planet.says(among({ ...call, ...ada }));
    const before = await planet.shows();
    await planet.says(among({ ...copy, ...bo, ...over }));
    const after = await planet.shows();
    expect(after).toHaveLength(6);
    expect(after).toEqual(expect.arrayContaining(before));
  });

  test('the same title, words and second, both in one document', async () => {
    const all = [{ ...call, ...credited[0] }, { ...copy, ...credited[1] }, ...others];
    expect(await shownAfter([all])).toHaveLength(6);
  });

  test('but a blog that moves may name its author anew', async () => {
    await using planet = await following();
    await planet.says(stories(4).map((each) => ({ ...each, author: 'Ann' })));
    await planet.moves();
    const moved = (each: Item, at: number) => ({ ...each, guid: `n${at}`, link: `https://ada.example/${at}` });
    const again = { author: 'Ada', text: long('Once more') };
    await planet.says(stories(4).map((each, at) => ({ ...moved(each, at), ...again })));
    expect(await planet.shows()).toHaveLength(4);
  });
});

describe('a post that is mended or moves stays one entry at its place', () => {
  const old = { link: `${HOME}old`, title: 'The lighthouse', date: day(2), text: long('Long ago') };
  const newest = { link: `${HOME}newest`, title: 'Herring', date: day(5), text: long('Today') };
  const post = { link: `${HOME}2026/06/04/fogg`, title: 'Fogg', date: day(4, '23:30:00'), text: long('At dusk') };
  test.for<[when: string, as: Item]>([
    ['its slug', { link: `${HOME}2026/06/04/fog` }],
    ['its title and slug', { title: 'Fog', link: `${HOME}2026/06/04/fog` }],
    ['its date, over midnight, and so its path', { date: day(5, '00:30:00'), link: `${HOME}2026/06/05/fogg` }],
    [
      'its slug and some of its words',
      { link: `${HOME}2026/06/04/fog`, text: post.text.replace('late', 'early').replace('coat', 'hat') },
    ],
    ['its date by two days, and so its path', { date: day(6, '10:30:00'), link: `${HOME}2026/06/06/fogg` }],
  ])('%s', async ([, over]) => {
    const as = { ...post, ...over };
    await using planet = await following();
    await planet.says([newest, post, old]);
    const place = (await planet.shows()).find(({ title }) => title === 'Fogg')?.path;
    await planet.says([newest, as, old]);
    const shown = await planet.shows();
    expect(shown).toHaveLength(3);
    expect(shown.find(({ path }) => path === place)).toMatchObject({ title: as.title, url: as.link });
  });

  test.for<[when: string, ...runs: [date: string, text: string][]]>([
    ['a photograph without words, under another date', [day(3), picture(1)], [day(5), picture(2)]],
    [
      'a text, written anew on another day',
      [day(3, '00:00:00'), long('Long ago')],
      [day(5, '00:00:00'), 'Rope asks who mends a net in winter, and where the tar is from now'],
    ],
  ])('%s, with the date in its path', async ([, ...runs]) => {
    const guid = 'urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a';
    const documents = runs.map(([date, text], at) => [{ guid, title: 'Fog', date, text, link: `${HOME}${at}/fog` }]);
    expect(await shownAfter(documents)).toMatchObject([{ url: `${HOME}1/fog` }]);
  });

  test('its title, text, date and link, while the other posts keep their UUIDs', async () => {
    const uuid = (at: number) => ({ guid: `urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6${at}` });
    const others = [
      { ...post, ...uuid(2) },
      { ...old, ...uuid(3) },
    ];
    const text = 'Rope asks who mends a net in winter, and where the tar is from now';
    const as = { ...uuid(1), link: `${HOME}rope`, title: 'Rope', date: day(7), text };
    const shown = await shownAfter([
      [{ ...newest, ...uuid(1) }, ...others],
      [as, ...others],
    ]);
    expect(shown.map(({ url }) => url).sort()).toEqual([as.link, post.link, old.link].sort());
  });

  test('two photographs of one title, whose links and dates change places', async () => {
    await using planet = await following();
    const places = [
      { link: `${HOME}b`, date: day(4) },
      { link: `${HOME}a`, date: day(3) },
    ];
    const pictures = [picture(1), picture(2)].map((text, at) => ({ guid: `urn:${at}`, title: 'Fog', text }));
    const pictured = async () => (await planet.folder.entries()).map(({ path, content }) => ({ path, content }));
    await planet.says([...pictures.map((item, at) => ({ ...item, ...places[at] })), old]);
    const before = await pictured();
    await planet.says([...pictures.map((item, at) => ({ ...item, ...places[1 - at] })), old]);
    expect(await pictured()).toEqual(before);
  });

  test('taken back, and published again two days later', async () => {
    await using planet = await following();
    await planet.says([post, old]);
    for (const hours of [1, 23, 24]) await planet.says([old], hours);
    await planet.says([{ ...post, date: day(6, '10:30:00'), link: `${HOME}2026/06/06/fogg` }, old]);
    expect(await planet.shows()).toHaveLength(2);
  });

  test('published anew under another id, as its server turns to an older document and back, or leaves most out', async () => {
    const [first, second, third, ...later] = stories(5) as [Item, Item, Item, ...Item[]];
    const before = [third, second, first];
    const now = [{ ...second, guid: 'again', date: day(6, '10:30:00') }, third, first];
    const newest = later.map((item) => ({ ...item, date: day(6, '11:00:00') }));
    const shown = await shownAfter([before, now, before, now, newest, [...newest, ...now]]);
    expect(shown.map(({ title }) => title).sort()).toEqual(stories(5).map(({ title }) => title));
  });

  test.for<[when: string, date: (at: number) => string | undefined]>([
    ['no dates', () => undefined],
    ['dates that lie ahead', (at) => day(6 + at, '20:00:00')],
  ])('every path is another, in a feed that had %s', async ([, date]) => {
    await using planet = await following();
    const posts = stories(5).map(({ guid: _, ...each }) => each);
    const dated = (item: Item, own: string | undefined) => ({ ...item, ...(own !== undefined && { date: own }) });
    await planet.says(posts.map(({ date: _, ...each }, at) => dated(each, date(at))).reverse());
    const moved = posts.map((each, at) => dated({ ...each, link: `${each.link}/new` }, date(at)));
    await planet.says(moved.reverse(), 24 * 14);
    expect(await planet.shows()).toHaveLength(5);
  });

  test('in the planet’s own day, where UTC has two', async () => {
    await using planet = await following('Pacific/Auckland');
    const short = { ...post, date: day(4, '13:00:00') };
    await planet.says([newest, short, old]);
    await planet.says([newest, { ...short, link: `${HOME}fog`, date: day(5, '11:00:00') }, old]);
    expect(await planet.shows()).toHaveLength(3);
  });

  test('a platform moves: every path is another, every date an hour off', async () => {
    await using planet = await following();
    const posts = series(5, (at) => ({ link: `${HOME}?p=${at}` }));
    await planet.says(posts);
    const places = (await planet.shows()).map(({ path }) => path);
    const moved = (each: Item, at: number) => ({ ...each, link: `${HOME}pier-${at}/`, date: day(at + 1, '09:00:00') });
    await planet.says(posts.map(moved));
    expect((await planet.shows()).map(({ path }) => path)).toEqual(places);
  });

  const named = (at: number) => `Pé pier’s ${at}`;
  test.for<[when: string, text: (at: number) => string, title?: (at: number) => string]>([
    ['no texts, with the apostrophes of a keyboard', () => '', (at) => `Pe\u0301 pier's ${at}`],
    ['other summaries', (at) => `What I thought of pier number ${at}, told briefly to those in haste`],
    ['no texts', () => ''],
    ['whole texts for their beginnings', (at) => `${long(`Pier ${at}`)} ${'and so on '.repeat(80)}`],
  ])('a platform moves: other ids, paths and days without a time, and %s', async ([, text, title = named]) => {
    const piers = (of: (at: number) => Item) => [5, 4, 3, 2].map((at) => ({ title: named(at), ...of(at) }));
    const before = (at: number): Item => {
      return { guid: `?p=${at}`, link: `${HOME}${at}`, date: day(at, `1${at}:07:00`), text: long(`Pier ${at}`) };
    };
    const after = (at: number): Item => {
      const page = `${HOME}p/${at}`;
      return { guid: page, link: page, title: title(at), date: day(at - 1, '22:00:00'), text: text(at) };
    };
    expect(await shownAfter([piers(before), piers(after)], 24)).toHaveLength(4);
  });

  test.for<[when: string, title: (at: number) => string, ...pinned: Item[]]>([
    ['each has the title of the day before', () => 'Tides'],
    [
      'a post is pinned, and others of one title come and go',
      (at) => `Tides ${at % 4}`,
      { guid: 'pinned', title: 'Read this', date: day(1), text: long('Rules') },
    ],
  ])('other ids, paths, days and texts are other posts where %s', async ([, title, ...pinned]) => {
    const tides = (days: readonly number[], text: string, date: (at: number) => string) =>
      days.map((at) => ({
        ...{ guid: date(at), link: `${HOME}${date(at)}`, title: title(at), date: date(at) },
        text: `${text} ${at}`.repeat(9),
      }));
    const before = tides([5, 4, 3, 2], 'High water at noon on', (at) => day(at, `1${at}:07:00`));
    const storm = tides([6, 5, 4, 3], 'Boats leave early, before the storm of', (at) => day(at - 1, '22:00:00'));
    const documents = [before, storm].map((tides) => [...tides, ...pinned]);
    expect(await shownAfter(documents, 24)).toHaveLength(8 + pinned.length);
  });

  const midnight = day(5, '00:00:00');
  const brief = (name: string, title: string, date: string): Item => ({
    ...{ guid: name, link: HOME + name, title, date },
    text: Array.from({ length: 20 }, (_, at) => `${name}word${at}`).join(' '),
  });
  const bothOf = (date: string) => [
    [brief('a', 'Links', date), brief('b', 'Story', date)],
    [brief('c', 'Links', date), brief('d', 'Other', date)],
  ];
  test.for<[when: string, ...documents: Item[][]]>([
    ['the dates were days before', ...bothOf(midnight)],
    ['they were days of another zone', ...bothOf(day(5))],
    [
      'one has a time that may be a day, beside others with times',
      [
        brief('a', 'Links', day(5, '10:00:00')),
        brief('b', 'Story', day(5, '09:07:00')),
        brief('c', 'Deal', day(4, '08:13:00')),
      ],
      [
        brief('d', 'Links', day(5, '18:30:00')),
        brief('e', 'Other', day(5, '17:02:00')),
        brief('f', 'Classic', day(1, '08:11:00')),
      ],
    ],
    [
      'each is at a whole hour',
      ['Weather', 'Traffic', 'News'].map((title) => brief(`a${title}`, title, day(5, '06:00:00'))),
      [
        ...['Weather', 'Traffic'].map((title) => brief(`b${title}`, title, day(5, '18:00:00'))),
        brief('c', 'Classic', day(1, '08:00:00')),
      ],
    ],
  ])('other ids, links and texts under the title of the day are other posts where %s', async ([, ...documents]) => {
    expect(await shownAfter(documents, 12)).toHaveLength(documents.flat().length);
  });

  test.for<[when: string, item: (run: number) => Item]>([
    ['its link', (run) => ({ link: `${HOME}x?sid=${run}77`, title: 'Tide' })],
    ['its guid', (run) => ({ guid: `r${run}99`, link: HOME, title: 'Ebb' })],
    ['its link and its text', (run) => ({ link: `${HOME}x?sid=${run}77`, title: 'Tide', text: long('Now') })],
  ])('no date, and %s is new in each run', async ([, item]) => {
    await using planet = await following();
    for (const run of [1, 2, 3, 4])
      await planet.says([item(run), { ...item(run + 10), title: 'Flood', text: 'another' }]);
    expect((await planet.shows()).map(({ title }) => title).sort()).toEqual(['Flood', item(1).title].sort());
    await planet.says([item(9)]);
    expect(await planet.shows()).toHaveLength(2);
  });
});

test('a feed that lists every post in two versions has each once', async () => {
  await using planet = await following();
  const twice = (at: number): Item[] =>
    [day(at, '08:00:00'), day(at, '20:00:00')].map((date) => ({
      ...{ guid: `${at}`, link: `${HOME}${at}`, title: `Post ${at}`, date, text: long(`Number ${at}`) },
    }));
  expect(await planet.says([3, 2, 1].flatMap(twice))).toMatchObject({ new: 3 });
  expect(await planet.says([4, 3, 2, 1].flatMap(twice))).toMatchObject({ new: 1 });
});

type Post = { slug: string; title: string; on: number; text: string };
const atom = (posts: readonly Post[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title><id>${HOME}</id>${posts
    .map(
      ({ slug, title, on, text }) =>
        `<entry><id>${HOME}${slug}</id><link href="${HOME}${slug}"/><title>${title}</title><updated>2026-06-0${on}T09:00:00Z</updated><content>${text}</content></entry>`,
    )
    .join('')}</feed>`;
const posts = [5, 4, 3, 2].map((on) => ({ slug: `${on}`, title: 'Post', on, text: long(`Number ${on}`) }));
test.for<[what: string, edit: Partial<Post>]>([
  ['its text', { text: `${long('Number 3')}, he said` }],
  ['its title', { title: 'Mended' }],
])(
  'of posts with the time of their update alone, one that gets another address with %s stays one',
  async ([, edit]) => {
    await using planet = await following();
    await planet.says(atom(posts), 24);
    const [others, mended] = [posts.toSpliced(2, 1), { ...posts[2], slug: '3-mended', on: 6, ...edit } as Post];
    expect(await planet.says(atom([mended, ...others]))).toMatchObject({ new: 0, changed: 1 });
  },
);

test('a post that gets another title and address stays one, as the next one has its old title and like words', async () => {
  const undated = stories(3).map((item) => ({ ...item, date: undefined }));
  const release = (name: string, title: string) => ({ link: `${HOME}${name}`, title, text: long(name) });
  const named = { ...release('Riga', 'Riga is out'), link: `${HOME}riga-out` };
  await using planet = await following();
  await planet.says([release('Riga', 'New release'), ...undated]);
  const pathOf = async (title: string) => (await planet.shows()).find((shown) => shown.title === title)?.path;
  const path = await pathOf('New release');
  await planet.says([release('Oslo', 'New release'), named, ...undated]);
  expect(await pathOf('Riga is out')).toBe(path);
});

test('a release whose text becomes that of another one stays under its own title', async () => {
  const release = (title: string, name: string) => ({ link: HOME, title, text: long(name) });
  const undated = stories(3).map((item) => ({ ...item, date: undefined }));
  await using planet = await following();
  await planet.says([release('v1.1', 'Riga'), release('v1.0', 'Oslo'), ...undated]);
  const paths = async () => (await planet.shows()).map(({ title, path }) => `${title} ${path}`).sort();
  const before = await paths();
  await planet.says([release('v1.1', 'Oslo'), release('v1.0', 'Bergen'), ...undated]);
  expect(await paths()).toEqual(before);
});

test('a new post with the words of one without a date that has left is another, also as all get other ids', async () => {
  const fixes = { guid: 'f', link: `${HOME}f`, title: 'Fixes', text: long('Fixes') };
  const dated = stories(5).map((item, at) => ({ ...item, date: day(12 - at) }));
  await using planet = await following();
  await planet.says([{ ...fixes, date: day(6, '13:00:00') }]);
  await planet.says(dated, 24 * 10);
  const anew = [{ ...fixes, date: day(20) }, ...dated].map((item) => ({ ...item, guid: `n${item.guid}` }));
  const moved = anew.map((item) => ({ ...item, link: `${item.link}/new` }));
  expect(await planet.says(moved, 24 * 10)).toMatchObject({ new: 1, changed: 5 });
});

test('a feed that has turned its order round keeps an edited post as one', async () => {
  await using planet = await following();
  const midnight = day(5, '00:00:00');
  const posts = [5, 4, 3, 2, 1].map(
    (at): Item => ({ guid: `${at}`, title: `Post ${at}`, date: midnight, text: long(`Number ${at}`) }),
  );
  await planet.says(posts);
  const turned = posts.toReversed();
  await planet.says(turned);
  const edited = { ...turned[1], guid: 'edited', text: `${long('Number 2')}, he said` };
  expect(await planet.says(turned.with(1, edited))).toMatchObject({ new: 0, changed: 1 });
});

describe('a planet lists a blog anew, with other ids and dates of today', () => {
  const posted = (name: string, first: number, texts = 4): Item[] =>
    Array.from({ length: texts }, (_, at) => ({
      guid: `${name} ${at}`,
      link: `https://${name.toLowerCase()}.example/${at}`,
      title: `${name}: Post ${at}`,
      date: day(first - at),
      text: long(`${name} ${at}`),
    }));
  const [ada, bo, much] = [posted('Ada', 5), posted('Bo', 10), posted('Ada', 9, 8)];
  /** At the top: the site's new ids, and dates a minute apart. */
  const anew = (items: readonly Item[], over: (item: Item, at: number) => Item = () => ({})) =>
    items.map((item, at) => ({
      ...item,
      ...{ guid: `new ${item.guid}`, date: day(13, `08:0${9 - at}:00`) },
      ...over(item, at),
    }));
  const mended = ({ text = '' }: Item, at: number) =>
    ({ 2: { text: `${text}, he said` }, 3: { title: 'Ada: 3' } })[at] ?? {};
  const toNewDomain = ({ link = '' }: Item) => ({ link: link.replace('ada.example/', 'adalee.example/blog/') });

  test.for<[when: string, now: Item[], own?: boolean]>([
    ['each a minute apart', anew(ada)],
    ['all of one second', anew(ada, () => ({ date: day(13) }))],
    ['half of her posts, as the others keep their ids', [...anew(ada.slice(0, 2)), ...ada.slice(2)]],
    ['one with other words, one with another title', anew(ada, mended)],
    ['without titles', anew(ada, () => ({ title: '' }))],
    ['on a new domain', anew(ada, toNewDomain)],
    ['on a new domain, in the feed of the blog itself', anew(ada, toNewDomain), true],
  ])('%s', async ([, now, own = false]) => {
    await using planet = await following();
    const untitled = now[0]?.title === '' ? ada.map((item) => ({ ...item, title: '' })) : ada;
    const others = own ? [] : bo;
    await planet.says([...others, ...untitled], 24 * 4);
    await (own ? planet.moves() : planet.says(others));
    const before = await planet.shows();
    expect(await planet.says([...now, ...others], 24 * 3)).toMatchObject({ new: 0 });
    const after = await planet.shows();
    expect(after.map(({ path }) => path)).toEqual(before.map(({ path }) => path));
    expect(after.map(({ url }) => url).sort()).toEqual([...now, ...others].map(({ link }) => link).sort());
    expect(await planet.says([...now, ...others])).toMatchObject({ new: 0, changed: 0 });
  });

  const toCy = (at: number) => `https://cy.example/${at}`;
  const thread = (week: number): Item[] =>
    ['Books', 'Boats'].map((title) => ({
      guid: `${title} ${week}`,
      link: `https://ada.example/week-${week}/${title}`,
      title: `Ada: ${title}`,
      date: day(week, `0${title.length}:01:02`),
      text: long(`${title}: what did you see`),
    }));
  test.for<[when: string, first: Item[], next: Item[], ...stay: Item[]]>([
    ['an announcement that is repeated', ada, anew(ada.slice(0, 1))],
    ['two of them, as most of her posts keep their ids', much.slice(5, 7), anew(much.slice(5, 7)), ...much.slice(0, 5)],
    ['two weekly threads, each with a page of its own', thread(5), thread(12)],
    [
      'four threads of one day, each with a page of its own',
      ada,
      anew(ada, (_, at) => ({ link: `https://ada.example/week-12/${at}` })),
    ],
    [
      'two posts that another blogger copied',
      ada,
      anew(ada.slice(0, 2), ({ title = '' }, at) => ({ link: toCy(at), title: title.replace('Ada', 'Cy') })),
    ],
    [
      'two posts that another blogger lists with her links',
      ada.map((item) => ({ ...item, author: 'Ada' })),
      anew(ada.slice(0, 2), () => ({ author: 'Cy' })),
    ],
    [
      'the same in a planet that names nobody',
      ada.map((item, at) => ({ ...item, title: `Post ${at}` })),
      anew(ada.slice(0, 2), (_, at) => ({ link: toCy(at), title: `Post ${at}` })),
    ],
    [
      'two posts on another site of hers, beside this one',
      much.slice(5, 7),
      anew(much.slice(5, 7), (_, at) => ({ link: `https://club.example/${at}` })),
      ...much.slice(0, 5),
    ],
  ])('but other posts stay apart: %s', async ([, first, next, ...stay]) => {
    await using planet = await following();
    await planet.says([...stay, ...bo, ...first], 24 * 4);
    await planet.says([...stay, ...bo]);
    const before = await planet.shows();
    expect(await planet.says([...next, ...stay, ...bo], 24 * 3)).toMatchObject({ new: next.length, changed: 0 });
    expect(await planet.shows()).toEqual(expect.arrayContaining(before));
  });
});

describe('changes of all entries of a feed at once', () => {
  const posts = stories(5);

  test('link posts get pages of their own, each in its place', async () => {
    await using planet = await following();
    const links = posts.map((each, at) => ({ ...each, guid: `${HOME}l/${at}`, link: `https://n${at}.example/story` }));
    await planet.says(links);
    const before = await planet.shows();
    expect(await planet.says(declared(links))).toMatchObject({ new: 0, changed: 5 });
    const after = await planet.shows();
    expect(after.map(({ path }) => path)).toEqual(before.map(({ path }) => path));
    expect(after.map(({ url }) => url)).toEqual(links.map(({ guid }) => guid));
    expect(await planet.says(declared(links))).toMatchObject({ new: 0, changed: 0 });
  });

  test('link posts whose ids say only their place are known by what they are about', async () => {
    await using planet = await following();
    const links = stories(8).map((each, at) => ({ ...each, link: `https://n${at}.example/story` }));
    const placed = (first: number) => links.slice(first, first + 5).reverse();
    const named = (each: Item, at: number) => ({ ...each, guid: `${HOME}l/${at}` });
    for (const first of [0, 1, 2, 3]) await planet.says(declared(placed(first).map(named)));
    expect((await planet.shows()).map(({ text }) => text.replace(/\s*n\d\.example$/, ''))).toEqual(
      links.map(({ text }) => text),
    );
  });

  test('ids and days of another software, which lists old posts only later', async () => {
    const posts = stories(6).reverse();
    const date = (at: number) => day(5 - at, '09:00:00').replace('00 Jun', '31 May');
    const anew = posts.map((item, at) => ({ ...item, guid: `new-${at}`, date: date(at) }));
    expect(await shownAfter([posts, anew.slice(0, 4), anew])).toHaveLength(6);
  });

  const days = (at: number) => ({ date: day(at + 1, at < 5 ? '00:00:00' : '18:00:00') });
  const times = (at: number) => ({ date: day(at + 1, '18:00:00') });
  const undated = { date: undefined };
  const shown = (at: number) => ({ text: picture(at) });
  type Change = (at: number) => { date: string | undefined; text?: string };
  test.for<[what: string, before: Change, after: Change, same?: Item]>([
    ['days for times', times, days, { text: 'In fog.' }],
    ['times for days', days, times, { text: 'In fog.' }],
    ['one date for all', times, () => ({ date: day(6, '00:00:00') })],
    ['no dates', times, () => undated],
    ['dates for pictures without', (at) => ({ ...undated, ...shown(at) }), (at) => ({ ...times(at), ...shown(at) })],
    ['like texts', times, (at) => ({ ...days(at), text: `${long(`Story ${at}`)}, he said` })],
  ])('another software with other ids and links, and %s, doubles no post, though it lists more', async (row) => {
    const [, before, after, same] = row;
    await using planet = await following('America/New_York');
    const posts = stories(6).map((item) => ({ ...item, ...same }));
    const former = posts.map((item, at) => ({ ...item, ...before(at) })).reverse();
    await planet.says(former, 24);
    await planet.says(former.slice(0, 3), 24);
    const anew = posts.map((item, at) => ({ ...item, guid: `new-${at}`, link: `${HOME}new/${at}`, ...after(at) }));
    expect(await planet.says(anew.reverse(), 24)).toMatchObject({ new: 0 });
  });

  test('other ids, then the ids before, then those of another software: its ids still tell its entries apart', async () => {
    await using planet = await following();
    const under = (name: string) => posts.map((item, at) => ({ ...item, guid: `${name}-${at}` }));
    for (const name of ['a', 'b', 'a']) await planet.says(under(name));
    const report = await planet.says(under('c'));
    expect(report?.reason ?? '').not.toContain('ids');
    expect(await planet.shows()).toHaveLength(posts.length);
  });

  test.for([
    ['the date of each build', 0],
    ['dates of each build, seconds apart', 9],
  ] as const)(
    'every title and text is in the other language, then back, under %s: no post is doubled',
    async ([, apart]) => {
      await using planet = await following();
      const built = (date: number, ending: string) =>
        ['Anchor', 'Bell', 'Crab', 'Drum'].map((name, at) => {
          const title = `${name}${ending}`;
          const text = [...'abcdef'].map((end) => title + end).join(' ');
          return { ...posts[at], title, date: day(date, `08:00:${String(at * apart).padStart(2, '0')}`), text };
        });
      await planet.says(built(1, ''));
      expect(await planet.says(built(3, 's'))).toMatchObject({ new: 0, changed: 4 });
      expect(await planet.says(built(5, ''))).toMatchObject({ new: 0, changed: 4 });
    },
  );

  test.for<[what: string, cut: number, excerpt: (text: string, at: number) => string]>([
    ['their beginnings', 0, (text) => `${text.slice(0, 47)}… <a href="${HOME}">Read more</a>`],
    // The last one is alone, and so an edit.
    ['other words', 1, (_text, at) => `Why story ${at} is worth a coat, in a few words of mine.`],
  ])('texts stay whole while the feed gives %s, and its window goes on', async ([, cut, excerpt]) => {
    const all = stories(12);
    const excerpts = all.map((each, at) => ({ ...each, text: excerpt(each.text, at) }));
    const windows = [6, 7, 8, 9, 10, 11, 12].map((end) => excerpts.slice(end - 6, end).reverse());
    const shown = await shownAfter([all.slice(0, 6).reverse(), ...windows]);
    const whole = shown.filter(({ text }, at) => text === all[at]?.text);
    expect([shown.length, whole.length]).toEqual([12, 6 - cut]);
  });

  test('posts that are listed under their old and their new address stay one each', async () => {
    await using planet = await following();
    await planet.says(posts);
    const moved = posts.map((each) => ({ ...each, guid: `new-${each.guid}`, link: `${each.link}/new` }));
    await planet.says(moved.flatMap((each, at) => [each, posts[at] ?? each]));
    expect(await planet.shows()).toHaveLength(5);
    const archive = await planet.folder.archive();
    await planet.says(moved.flatMap((each, at) => [each, posts[at] ?? each]));
    expect(await planet.folder.archive()).toEqual(archive);
  });

  const episode: Item = { guid: 'e9', link: `${HOME}e9`, title: 'Episode 9', date: day(4) };
  test.for<[what: string, as: Item, text?: string]>([
    ['a new date', { date: day(5) }],
    ['a new date, and no notes', { date: day(5) }, ''],
    ['a new date, and short notes', { date: day(5) }, 'With Ada.'],
    ['a new date and title', { date: day(5), title: 'Nine, for all' }],
    ['a new date and title, and short notes', { date: day(5), title: 'Nine, for all' }, 'With Ada.'],
  ])('a post that is listed twice under one id and one link, with %s, is one', async ([, as, text = long('Nine')]) => {
    await using planet = await following();
    await planet.says(posts);
    const first: Item = { ...episode, text };
    expect(await planet.says([{ ...first, ...as }, first, ...posts])).toMatchObject({ new: 1, reason: null });
    const { title = 'Episode 9' } = as;
    expect((await planet.shows()).filter(({ url }) => url === episode.link)).toMatchObject([{ title }]);
  });

  test('a hundred posts that are older than all that are known are no flood', async () => {
    await using planet = await following();
    const january = (at: number) => new Date(Date.UTC(2026, 0, 1 + at)).toUTCString();
    const many = series(100, (at) => ({ guid: `m${at}`, date: january(at) })).reverse();
    await planet.says(many.slice(0, 10));
    expect(await planet.says(many)).toMatchObject({ outcome: 'updated', new: 90, kept: 10 });
  });

  test('new ids in each run rewrite no body, though its anchors bear the entry’s key', async () => {
    await using planet = await following();
    const anchored = (run: number) =>
      posts.map((each, at) => ({
        ...each,
        guid: `r${run}-${at}`,
        text: `<h2 id="top">${each.title}</h2><p>${each.text} <a href="#top">up</a></p>`,
      }));
    for (const run of [1, 2, 3]) await planet.says(anchored(run));
    const [entry] = await planet.folder.entries();
    const key = String(entry?.['path']).split('-').at(-1);
    expect(entry?.['content']).toContain(`id="${key}-top"`);
    expect(entry?.['content']).toContain(`href="#${key}-top"`);
    const archive = await planet.folder.archive();
    expect(await planet.says(anchored(4))).toMatchObject({ new: 0, changed: 0 });
    expect(await planet.folder.archive()).toEqual(archive);
  });
});

const three = stories(3);
const flood = (run: number) =>
  series(60, (at) => ({ guid: `f${run}-${at}`, link: `${HOME}f/${at}`, title: `Flood ${at}`, date: day(5) }));

test('a rejected entry never comes back, not even under ids that are new in each run or at https or http, and is remembered by a full hash', async () => {
  await using planet = await following();
  await planet.says(three);
  expect(await planet.says([...flood(1), ...three])).toMatchObject({ outcome: 'held' });
  await planet.folder.write('feeds/quay.xml', rss([...flood(1), ...three]));
  const { code } = await planetHere(['reject', 'quay'], { PLANET_CONTENT: planet.folder.path });
  expect(code).toBe(0);
  expect(await planet.says([...flood(2), ...three])).toMatchObject({ outcome: 'unchanged', new: 0, kept: 3 });
  const atHttp = flood(3).map((each) => ({ ...each, link: `${each.link.replace('https://', 'http://www.')}/` }));
  expect(await planet.says([...atHttp, ...three])).toMatchObject({ outcome: 'unchanged', new: 0, kept: 3 });
  const states = JSON.parse(await readFile(join(planet.folder.path, 'archive/feeds.json'), 'utf8'));
  expect(states.quay.rejected).toHaveLength(60);
  expect(states.quay.rejected[0]).toMatch(/^[0-9a-f]{64} [0-9a-f]{64}$/);
});

test('an entry with another id in each run makes the memory of its feed no larger than it may be', () => {
  let memory = NO_MEMORY;
  for (let run = 0; run < 500; run += 1) {
    const entries = [{ id: 'first', givenId: `id-${run}` }];
    const document = { feed: 'quay', entries, vanished: [], isPart: false, idsUnreliable: false };
    memory = nextMemory(memory, document);
    expect(nextMemory(memory, document)).toEqual(memory);
    expect(Object.keys(memory.aliases).length).toBeLessThanOrEqual(200);
  }
});

test('--verbose says of each entry that is new, changed or skipped which rule decided', async () => {
  await using planet = await following();
  const item = { guid: 'a', link: `${HOME}a`, title: 'Anchor', date: day(3), text: long('Then') };
  await planet.folder.write('feeds/quay.xml', rss([item, item]));
  const env = { PLANET_CONTENT: planet.folder.path, SOURCE_DATE_EPOCH: String(START / 1000) };
  const first = await programHere(['scripts/snapshot.ts', '--verbose'], env);
  expect(first.stdout).toMatch(
    /^quay {2}new {2}Anchor {2}2026\/06\/03\/anchor-[0-9a-f]{10}: no stored entry is like it$/m,
  );
  expect(first.stdout).toMatch(/^quay {2}skipped {2}Anchor .*: the document has it twice$/m);
  await planet.folder.write('feeds/quay.xml', rss([{ ...item, guid: 'b', text: `${item.text}, he said` }]));
  const second = await programHere(['scripts/snapshot.ts', '--verbose'], env);
  expect(second.stdout).toMatch(/^quay {2}changed {2}Anchor .*: matched by its link$/m);
});
