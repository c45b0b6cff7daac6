import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { z } from 'astro/zod';
import { writeWhole } from '../../scripts/disk/files.ts';
import { permalinkKey } from '../../src/archive/ledger.ts';
import { dayOf, instant } from '../../src/core/dates.ts';
import type { Entry } from '../../src/core/entry.ts';
import type { FeedState } from '../../src/core/feed-state.ts';
import type { Planet, Theme } from '../../src/core/planet.ts';
import { anEntry, archiveOf, withLedger } from './builders.ts';
import type { Random } from './random.ts';

type Said = z.input<typeof Planet>;

/** What is compiled: few, for each is compiled anew. */
interface Look {
  base: string;
  theme: Theme;
  colour: string | null;
  /** By name without ending. */
  pages: Record<string, string>;
}

/** All that a site is made of. */
export interface RandomPlanet {
  said: Said & Record<'authors', NonNullable<Said['authors']>> & Record<'hide', NonNullable<Said['hide']>>;
  look: number;
  entries: Entry[];
  held: Entry[];
  states: Record<string, Partial<FeedState>>;
  /** How many entries there have been. */
  count: number;
  /** Another number, another picture. */
  picture: number;
  /** Seconds since 1970. */
  clock: number;
}

const page = (title: string, text: string, order = 0) =>
  `---\ntitle: ${title}\ndescription: About the ${title}\norder: ${order}\n---\n\n${text}\n`;

const LOOKS: readonly Look[] = [
  { base: '/', theme: 'brass', colour: null, pages: {} },
  {
    base: '/sub/planet/',
    theme: 'meridian',
    colour: '#654321',
    pages: { about: page('planet', 'It *stands*.', 2), colophon: page('tools', 'Made with care.', 1) },
  },
];

const WORDS = 'gear orbit brass wheel night lamp lens tooth spring index'.split(' ');
const PEOPLE = ['Ada', 'Ada L.', 'Grace', 'G. Hopper', 'Edith'];
const FEEDS = ['a', 'b', 'c', 'd', 'e'];
const HOUR = 3_600_000;
const ZONES = ['UTC', 'Pacific/Auckland', 'America/Los_Angeles'];
const LANGUAGES = [[], ['de', 'fi'], ['fi', 'pt-BR', 'ar'], ['de']];

/** A feed that all entries link to. Its address has a secret, and no text has that while the planet follows it. */
const LINKED = 'https://e.example/feed?token=SECRET';
const feedOf = (id: string) => ({ id, title: `Feed ${id}`, url: id === 'e' ? LINKED : `https://${id}.example/feed` });

/** @param entries how many there are to begin with */
export function aRandomPlanet(random: Random, entries: number): RandomPlanet {
  const planet: RandomPlanet = {
    said: {
      title: 'A planet',
      description: 'It changes.',
      site: 'https://planet.example/',
      feeds: ['a', 'b', 'c'].map(feedOf),
      authors: Object.entries({ Ada: 'one.svg', Grace: 'two.svg' }).map(([name, avatar]) => ({ name, avatar })),
      river: {},
      hide: { entries: [], authors: [] },
    },
    ...{ look: 0, entries: [], held: [], states: {}, count: 0, picture: 0 },
    clock: Date.parse('2026-02-25T12:00:00Z') / 1000,
  };
  for (let i = 0; i < entries; i++) planet.entries.push(newEntry(planet, random));
  // A planet is a feed too: at first it has no entries but those of others.
  for (let i = 0; i < entries; i += 3) carry(planet, random, 'd');
  planet.said.feeds.push(feedOf('d'));
  return planet;
}

/** Adds an entry of some feed as another feed carries it too. */
function carry(planet: RandomPlanet, random: Random, by?: string): void {
  const originals = planet.entries.filter(({ copyOf }) => copyOf === null);
  const { feed, id, title, url, authors, summary, content } = random.oneOf(originals);
  const entry = newEntry(planet, random, by);
  if (entry.feed === feed) return;
  const more = '<p>And more than the other has, of the same beginning, at great length.</p>';
  const said = { title, url, authors, summary, content: content + more.repeat(random.oneOf([0, 20])) };
  planet.entries.push({ ...entry, ...said, copyOf: { feed, id, why: 'first' }, sameBy: 'text' });
}

function newEntry(planet: RandomPlanet, random: Random, feed = random.oneOf(planet.said.feeds).id): Entry {
  const number = planet.count++;
  // Some at the very same time, and near the ends of days, months and years.
  const days = random.oneOf([random.below(100), random.below(6), random.below(500)]);
  const hours = random.oneOf([12, 0, 23]);
  const published = new Date(Date.parse('2026-02-20T00:00:00Z') - days * 24 * HOUR + hours * HOUR).toISOString();
  // Two feeds may use one id.
  const last = planet.entries.at(-1);
  const id = last && last.feed !== feed && random.chance(0.1) ? last.id : `post-${number}`;
  const title = `The ${random.oneOf(WORDS)} of ${number}`;
  const day = dayOf(published, planet.said.timezone ?? 'UTC').replaceAll('-', '/');
  return anEntry({
    feed,
    id,
    url: random.chance(0.9) ? `https://${feed}.example/${id}` : null,
    path: `${day}/post-${number}-${permalinkKey({ feed, id })}`,
    title: random.chance(0.3) ? `${random.oneOf(PEOPLE)}: ${title}` : random.chance(0.1) ? '' : title,
    authors: random.chance(0.8) ? [{ name: random.oneOf(PEOPLE) }] : [],
    published: published.replace('.000Z', 'Z'),
    // Some are seen late: they come before newer ones.
    firstSeen: instant(new Date(Date.parse(published) + random.oneOf([0, 0, 1, 30]) * 24 * HOUR)),
    categories: [random.oneOf(WORDS)],
    summary: `What is to be said of number ${number}, the ${random.oneOf(WORDS)}.`,
    source: { title: 'E', url: new URL('/', LINKED).href },
    // Some are excerpts: a feed that carries the entry may have more of it.
    content: `<p>What is to be said of number ${number}, the <a href="${LINKED}">${random.oneOf(WORDS)}</a>${random.oneOf(['.', ' …'])}</p>`,
  });
}

/** Another of the values. */
function another<T>(random: Random, now: T, values: readonly T[]): T {
  return random.oneOf(values.filter((value) => value !== now));
}

function edit(entry: Entry, random: Random): void {
  const word = random.oneOf(WORDS);
  const edits: (() => void)[] = [
    () => Object.assign(entry, { title: `A ${word} that was edited` }),
    () => Object.assign(entry, { content: `<p>Edited: <em>${word}</em> and ${random.oneOf(WORDS)}.</p>` }),
    () => Object.assign(entry, { summary: `Edited: ${word}.` }),
    () => Object.assign(entry, { authors: [{ name: random.oneOf(PEOPLE), url: `https://${word}.example/` }] }),
    () => Object.assign(entry, { updated: `2026-02-2${random.below(5)}T00:00:00Z` }),
    () => Object.assign(entry, { categories: [word, random.oneOf(WORDS)] }),
    () => Object.assign(entry, { language: another(random, entry.language, [null, 'de', 'fi', 'ar']) }),
    () => Object.assign(entry, { language: random.oneOf(['de', 'fi', 'ar']), languageBy: 'words' }),
    () => Object.assign(entry, { rights: `All ${word}s reserved` }),
    () => Object.assign(entry, { enclosures: [{ url: `https://${word}.example/sound.mp3`, type: 'audio/mpeg' }] }),
    () => Object.assign(entry, { source: { title: `The source of ${word}s`, url: `https://${word}.example/` } }),
  ];
  random.oneOf(edits)();
}

type Change = (planet: RandomPlanet, random: Random) => unknown;

const settings: Record<string, Change> = {
  title: ({ said }, random) => Object.assign(said, { title: `A planet of ${random.oneOf(WORDS)}s` }),
  description: ({ said }, random) => Object.assign(said, { description: `It changes every ${random.oneOf(WORDS)}.` }),
  host: ({ said }, random) => Object.assign(said, { site: `https://${random.oneOf(WORDS)}.example/` }),
  timezone: ({ said }, random) => Object.assign(said, { timezone: another(random, said.timezone, ZONES) }),
  // Two, for a language is compiled into the pages.
  language: ({ said }) => Object.assign(said, { language: said.language === 'de' ? 'en' : 'de' }),
  languages: ({ said }, random) => Object.assign(said, { languages: random.oneOf(LANGUAGES) }),
  layout: ({ said }) => Object.assign(said, { layout: said.layout === 'month' ? 'entry' : 'month' }),
  river: ({ said }, random) =>
    Object.assign(said, { river: { entriesPerFeed: 1 + random.below(5), entries: 2 + random.below(20) } }),
  owner: ({ said }, random) => Object.assign(said, { owner: { name: random.oneOf(PEOPLE) } }),
  hub: ({ said }, random) => Object.assign(said, { hub: `https://${random.oneOf(WORDS)}.example/hub` }),
};

const feeds: Record<string, Change> = {
  'a feed’s title': ({ said }, random) =>
    Object.assign(random.oneOf(said.feeds), { title: `Feed of ${random.oneOf(WORDS)}s` }),
  'a feed added': ({ said }, random) => {
    const missing = FEEDS.filter((id) => said.feeds.every((feed) => feed.id !== id));
    if (missing.length > 0) said.feeds.splice(random.below(said.feeds.length), 0, feedOf(random.oneOf(missing)));
  },
  'a feed removed': ({ said }, random) => {
    if (said.feeds.length > 1) said.feeds.splice(random.below(said.feeds.length), 1);
  },
  'feeds in another order': ({ said }) => said.feeds.reverse(),
  'a feed paused': ({ said }, random) => {
    const feed = random.oneOf(said.feeds);
    feed.paused = feed.paused !== true;
  },
  'a feed gone': ({ said }, random) => {
    const feed = random.oneOf(said.feeds);
    feed.gone = feed.gone !== true;
  },
  'a feed’s home': ({ said }, random) =>
    Object.assign(random.oneOf(said.feeds), { home: `https://${random.oneOf([...FEEDS, ...WORDS])}.example/` }),
  'what is shown of a feed': ({ said }, random) =>
    Object.assign(
      random.oneOf(said.feeds),
      random.oneOf([
        { content: random.oneOf(['full', 'excerpt', 'title']) },
        { index: random.chance(0.5) },
        { language: random.oneOf(['en', 'fi', 'ar']) },
        { only: random.oneOf([[], [], ['fi', 'de']]) },
      ]),
    ),
  'a feed in trouble, or no more': ({ states, said }, random) => {
    const { id } = random.oneOf(said.feeds);
    const trouble = { outcome: 'failed' as const, reason: 'It answers 500', since: '2026-02-01T00:00:00Z' };
    states[id] = states[id]?.trouble ? {} : { trouble, notes: ['It is very long.'] };
  },
};

const people: Record<string, Change> = {
  'an author’s alias': ({ said }, random) => {
    for (const author of said.authors) author.aliases = [];
    for (const alias of ['Ada L.', 'G. Hopper', 'Edith'])
      if (random.chance(0.6)) random.oneOf(said.authors).aliases?.push(alias);
  },
  'another picture': (planet) => planet.picture++,
  'an author’s bio': ({ said }, random) =>
    Object.assign(random.oneOf(said.authors), { bio: `Knows every ${random.oneOf(WORDS)}.` }),
  'an author’s home': ({ said }, random) =>
    Object.assign(random.oneOf(said.authors), { home: `https://${random.oneOf(WORDS)}.example/home` }),
};

/** What an entry says of those that are named beside it: no line of the archive changes. */
const named: Record<string, Change> = {
  'the title of a feed that carries entries of others': ({ said, entries }, random) => {
    const carriers = said.feeds.filter(({ id }) => entries.some(({ feed, copyOf }) => feed === id && copyOf !== null));
    if (carriers.length > 0) Object.assign(random.oneOf(carriers), { title: `All of ${random.oneOf(WORDS)}s` });
  },
  'the feed that all entries link to': ({ said }, random) => {
    const others = said.feeds.filter(({ url }) => url !== LINKED);
    const now = random.oneOf([[], [feedOf('e')], [{ ...feedOf('e'), gone: true }]]);
    if (others.length > 0) said.feeds = [...others, ...now];
  },
  'how a feed names its authors': ({ said }, random) => {
    const feed = random.oneOf(said.feeds);
    feed.authors = another(random, feed.authors, ['entry', 'title', 'feed'] as const);
  },
  'an author’s avatar': ({ said }, random) => {
    const author = random.oneOf(said.authors);
    author.avatar = another(random, author.avatar, ['one.svg', 'two.svg', undefined]);
  },
};

const rules: Record<string, Change> = {
  'an entry hidden': ({ said, entries }, random) =>
    said.hide.entries?.push(new URL(`${random.oneOf(entries).path}/`, said.site).href),
  'an author hidden': ({ said }, random) => said.hide.authors?.push(random.oneOf(PEOPLE)),
  'a word excluded': ({ said }, random) => Object.assign(random.oneOf(said.feeds), { exclude: [random.oneOf(WORDS)] }),
  'what is included': ({ said }, random) =>
    Object.assign(random.oneOf(said.feeds), { include: [random.oneOf(WORDS), random.oneOf(WORDS)] }),
  'no rules': ({ said }) => {
    said.hide = { entries: [], authors: [] };
    for (const feed of said.feeds) Object.assign(feed, { include: [], exclude: [] });
  },
};

const entries: Record<string, Change> = {
  'an entry added': (planet, random) => planet.entries.push(newEntry(planet, random)),
  'an entry taken out': ({ entries }, random) => {
    if (entries.length > 1) entries.splice(random.below(entries.length), 1);
  },
  'one taken out, one of its day added': (planet, random) => {
    const at = random.below(planet.entries.length);
    const [{ path, published } = newEntry(planet, random)] = planet.entries.splice(at, 1);
    const entry = newEntry(planet, random);
    const day = path.slice(0, '2026/01/23'.length);
    planet.entries.push({ ...entry, published, path: `${day}${entry.path.slice(day.length)}` });
  },
  'an entry held': (planet, random) => planet.held.push(newEntry(planet, random)),
  'what was held accepted': (planet) => planet.entries.push(...planet.held.splice(0)),
  'an entry that another feed carried too': (planet, random) => carry(planet, random),
};

const others: Record<string, Change> = {
  'another look': (planet, random) => {
    planet.look = another(random, planet.look, [...LOOKS.keys()]);
  },
  'time goes by': (planet, random) => {
    planet.clock += 86_400 * random.below(200);
  },
};

const edits: Record<string, Change> = {
  'an entry edited': ({ entries }, random) => edit(random.oneOf(entries), random),
  'an entry edited that other feeds carry too': ({ entries }, random) => {
    const copied = entries.filter(({ feed, id }) =>
      entries.some((copy) => `${copy.copyOf?.feed} ${copy.copyOf?.id}` === `${feed} ${id}`),
    );
    if (copied.length > 0) edit(random.oneOf(copied), random);
  },
};

const kinds = [
  edits,
  edits,
  entries,
  entries,
  entries,
  feeds,
  feeds,
  people,
  named,
  named,
  named,
  rules,
  settings,
  others,
];

/** Changes a planet in one way, and says in which. */
export function change(planet: RandomPlanet, random: Random): string {
  const [name, apply] = random.oneOf(Object.entries(random.oneOf(kinds)));
  apply(planet, random);
  return name;
}

/** Writes an operator's folder as `planet` has it; a file that would be the same stays as it is. */
export async function writePlanet(folder: string, planet: RandomPlanet): Promise<void> {
  const files = filesOf(planet);
  const there = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const found of there) {
    const path = join(found.parentPath, found.name);
    if (found.isFile() && !files.has(path.slice(folder.length + 1))) await rm(path);
  }
  for (const [name, text] of files) {
    const path = join(folder, name);
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    await mkdir(dirname(path), { recursive: true });
    writeWhole(path, text);
  }
}

function filesOf({ said, look, entries, held, states, picture }: RandomPlanet): Map<string, string> {
  const { base, theme, colour, pages } = LOOKS[look] as Look;
  const site = new URL(base, said.site).href;
  const root = new URL('/', said.site).href;
  const hide = { ...said.hide, entries: said.hide.entries?.map((address) => address.replace(root, site)) };
  // Among the files that the operator's own pages may refer to: another one would be compiled anew.
  const colourOf = (file: string) => `${file}-${Object.keys(pages).length > 0 || colour !== null ? 0 : picture}`;
  const svg = (text: string) => `<svg xmlns="http://www.w3.org/2000/svg"><text>${text}</text></svg>\n`;
  const pictures = ['one.svg', 'two.svg'].map((file) => [file, svg(colourOf(file))] as const);
  const known = Object.fromEntries(said.feeds.map(({ id }) => [id, states[id] ?? {}]));
  return new Map([
    // JSON is YAML too.
    ['planet.yaml', JSON.stringify({ ...said, site, theme, hide }, null, 1)],
    ...(colour === null ? [] : [['theme.css', `:root { --brass: ${colour}; }\n`] as const]),
    ...Object.entries(pages).map(([name, text]) => [`pages/${name}.mdx`, text] as const),
    ...pictures,
    ...[...withLedger(archiveOf(entries, known, held))].map(([name, text]) => [`archive/${name}`, text] as const),
  ]);
}
