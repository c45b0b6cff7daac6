import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readStates } from '../../src/archive/archive.ts';
import { ledgerText, parseLedger } from '../../src/archive/ledger.ts';
import { readAvatars } from '../../src/archive/read-avatars.ts';
import { aPlanet } from '../lib/a-planet.ts';
import type { Folder } from '../lib/planet.ts';
import { snapshotCommand } from '../lib/program-here.ts';

/** A film with all that the archive keeps of an entry, under a title. */
const film = (title: string) => `<?xml version="1.0"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Ada</title><link>https://ada.example/</link>
<item><title>${title}</title><guid>https://ada.example/1</guid><link>https://www.youtube.com/watch?v=dQw4w9WgXcQ</link>
<dc:creator>Ada</dc:creator><source url="https://far.example/feed">Far</source>
<description>Words about the film that we made of the ship in the harbour.</description>
<enclosure url="https://ada.example/1.mp3" type="audio/mpeg" length="5"/>
<media:thumbnail url="https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg" width="480" height="360"/></item>
</channel></rss>`;

const many = (count: number) =>
  `<rss version="2.0"><channel><title>F</title><link>https://f.example/</link>${Array.from({ length: count }, (_, n) => `<item><title>Post ${n}</title><link>https://f.example/${n}</link></item>`).join('')}</channel></rss>`;

const LATER = { later: { than: ['this'] } };
/** Words in place of those that only describe. */
const WORDS: Record<string, string> = {
  ...{ sameBy: 'telepathy', why: 'seniority', publishedBy: 'guessed', languageBy: 'voice', medium: 'hologram' },
};
/** Objects by key of the data, not of a version. */
const BY_KEY = ['aliases', 'stamped', 'formerAuthors'];
/** Objects that the next document replaces. */
const OF_DOCUMENT = ['validators', 'manners'];

/** A value as a newer version may write it: with one more key in each object, and with other words that describe. */
function newer(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => newer(each));
  if (typeof value === 'string' && name in WORDS) return WORDS[name];
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, newer(each, key)]);
  const isOurs = BY_KEY.includes(name) || OF_DOCUMENT.includes(name);
  return { ...(isOurs ? {} : LATER), ...Object.fromEntries(entries) };
}

const archive = (folder: Folder, name = '') => join(folder.path, 'archive', name);
const change = async (path: string, by: (text: string) => string) => writeFile(path, by(await readFile(path, 'utf8')));
const newerLines = (text: string) => text.replace(/.+/g, (line) => JSON.stringify(newer(JSON.parse(line))));

async function read(folder: Folder) {
  const lines = async (name: string) =>
    (await readFile(archive(folder, name), 'utf8'))
      .split('\n')
      .flatMap((line) => (line === '' ? [] : JSON.parse(line)));
  const { ledger } = parseLedger(await readFile(archive(folder, 'ledger.json'), 'utf8')) as { ledger: object };
  const states = JSON.parse(await readFile(archive(folder, 'feeds.json'), 'utf8'));
  return { entries: await lines('2026-01.ndjson'), held: await lines('held.ndjson'), states, ledger };
}

test('what a newer version wrote into the archive stays, also where entries are edited', async () => {
  const { folder, snapshot, reads, site } = await aPlanet({ ada: film('Sail'), bea: film('Sail'), flood: many(1) });
  await snapshot('2026-01-10');
  await reads({ flood: many(60) }, '2026-01-20');

  await change(archive(folder, '2026-01.ndjson'), newerLines);
  await change(archive(folder, 'held.ndjson'), newerLines);
  await change(archive(folder, 'feeds.json'), (text) => {
    const states = Object.entries(JSON.parse(text)).map(([feed, state]) => [feed, newer(state)]);
    return JSON.stringify(Object.fromEntries(states));
  });
  await change(archive(folder, 'ledger.json'), (text) => {
    const file = parseLedger(text);
    if (file.kind !== 'ledger') throw new Error(file.kind);
    return ledgerText({ ...file.ledger, ...LATER });
  });
  const before = await read(folder);
  expect(JSON.stringify(before)).toMatch(/telepathy.*seniority|seniority.*telepathy/);
  expect((await site()).entries).toHaveLength(2);

  await reads({ ada: film('Sail and oar'), bea: film('Sail and oar') });
  const { entries, held, states, ledger } = await read(folder);
  const edited = (entry: { feed: string }) => (entry.feed === 'flood' ? entry : { ...entry, title: 'Sail and oar' });
  expect(entries).toEqual(before.entries.map(edited));
  expect(held).toEqual(before.held);
  expect(ledger).toMatchObject(LATER);
  for (const feed of ['ada', 'bea', 'flood']) expect(states[feed], feed).toMatchObject(LATER);
  expect(states.flood.trouble).toEqual(before.states.flood.trouble);
  // The body is read by its position: it is last, whatever stands before.
  const lines = (await readFile(archive(folder, '2026-01.ndjson'), 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => Object.keys(JSON.parse(line)).at(-1))).toEqual(lines.map(() => 'content'));
});

test('a picture stays in the list of a newer version', async () => {
  const { folder } = await aPlanet({});
  const row = {
    feed: 'ada',
    author: null,
    urls: ['https://ada.example/a.png'],
    from: null,
    validators: {},
    hash: null,
  };
  const list = [{ ...row, checkedAt: null, settled: false, problem: null, ...LATER }];
  await folder.write('archive/avatars.json', JSON.stringify(list));
  expect(await readAvatars(archive(folder))).toEqual(list);
});

test('a word that decides, of a newer version, stops the run and leaves the file in its place', async () => {
  const { folder, snapshot } = await aPlanet({ ada: film('Sail') });
  await snapshot('2026-01-10');
  await change(archive(folder, 'feeds.json'), (text) => {
    const states = JSON.parse(text);
    states.ada.trouble = { outcome: 'asleep', reason: 'It sleeps', since: '2026-01-10T00:00:00Z' };
    return JSON.stringify(states);
  });
  const before = await folder.archive();
  const { code, stderr } = await snapshotCommand(folder.path, { SOURCE_DATE_EPOCH: '1770000000' });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(
      /feeds\.json has a value that this version of Orrery does not know: ada\.trouble\.outcome: a newer version of Orrery wrote it\. Nothing was changed\./,
    ),
  });
  expect(await folder.archive()).toEqual(before);
  await expect(readStates(archive(folder))).rejects.toThrow(/newer version/);
});
