import { excerpt } from '../../../scripts/snapshot/sanitise/excerpt.ts';
import type { SanitisedEntry } from '../../../scripts/snapshot/sanitised-entry.ts';
import { body, teaser } from './body.ts';
import { between, byWeight, logNormal, type Random, randomOf } from './random.ts';
import { capital, phrase, word, wordAt } from './words.ts';

/** When the archive ends. Late in a month and in a year: what is open then is as large as it mostly gets. */
export const END = Date.UTC(2026, 9, 20, 6);
const HOUR = 3_600_000;
/** Entries that the feeds bring in each hour after that. */
export const AN_HOUR = 20;

const YEAR = 365.25 * 24 * HOUR;

/** How a planet grows: more feeds, and more years. From 50,000 on, twice the archive is twice the years. */
const SIZES = [
  { upTo: 1_000, years: 2 },
  { upTo: 5_000, years: 5 },
  { upTo: 50_000, years: 10 },
  { upTo: 100_000, years: 20 },
];
const ENTRIES_PER_FEED = 90;
/** As many as Planet Python follows. */
const MOST_FEEDS = 567;
/** The last two feeds are planets, which repeat what the others say. */
const PLANETS = 2;
const COPIED = 0.04;

export interface Blog {
  id: string;
  title: string;
  home: string;
  authors: string[];
  /** Gives the first sentences only. */
  teases: boolean;
  /** From when to when somebody writes there. */
  active: [from: number, to: number];
  /** How much of all entries are its. */
  weight: number;
}

/** One entry, before anything of it is written. */
export interface Planned {
  index: number;
  blog: Blog;
  published: Date;
  /** The planet that repeats it. */
  copiedBy: Blog | null;
}

export interface Plan {
  entries: number;
  blogs: Blog[];
  planets: Blog[];
  /** The entry at an index; those past `entries` are new, `AN_HOUR` in each hour after `END`. */
  at: (index: number) => Planned;
}

export function planOf(entries: number, seed = 1): Plan {
  const years = SIZES.find(({ upTo }) => entries <= upTo)?.years ?? Math.ceil(entries / 5_000);
  const start = END - years * YEAR;
  const count = Math.min(MOST_FEEDS, Math.max(PLANETS + 3, Math.round(entries / ENTRIES_PER_FEED)));
  const feeds = Array.from({ length: count }, (_, index) => blogAt(index, count, start, seed));
  const [blogs, planets] = [feeds.slice(0, -PLANETS), feeds.slice(-PLANETS)];
  const draw = byWeight(blogs.map(({ weight }) => weight));
  const at = (index: number): Planned => {
    const random = randomOf(seed, index);
    const share = (index + random()) / entries;
    const time = index < entries ? start + share * (END - start) : END + ((index - entries + 0.5) / AN_HOUR) * HOUR;
    const published = new Date(Math.floor(time / 1000) * 1000);
    let blog = blogs[draw(random)] as Blog;
    for (let tries = 0; tries < 50 && !isActive(blog, time); tries++) blog = blogs[draw(random)] as Blog;
    const copied = index < entries && random() < COPIED;
    return { index, blog, published, copiedBy: copied ? (planets[index % PLANETS] as Blog) : null };
  };
  return { entries, blogs, planets, at };
}

function isActive({ active: [from, to] }: Blog, time: number): boolean {
  return from <= time && time <= to;
}

function blogAt(index: number, count: number, start: number, seed: number): Blog {
  const random = randomOf(seed, index, 77);
  const isPlanet = index >= count - PLANETS;
  const id = isPlanet ? `planet-${index - count + PLANETS + 1}` : `blog-${index + 1}`;
  const years = (END - start) / YEAR;
  // A third has fallen silent, and half began later than the planet. The first few were always there.
  const from = index < 3 || random() < 0.5 ? start : start + random() * 0.8 * years * YEAR;
  const to = index < 3 || random() < 0.67 ? Number.POSITIVE_INFINITY : from + (0.2 + random()) * 0.6 * years * YEAR;
  const people = random() < 0.05 ? between(random, 3, 8) : 1;
  return {
    id,
    title: capital(phrase(random, 2, 4)),
    home: `https://${id}.example/`,
    authors: Array.from({ length: people }, (_, person) => nameOf(index * 8 + person)),
    teases: random() < 0.08,
    active: [from, to],
    weight: logNormal(random, 1, 1),
  };
}

/** People have names of their own, however many there are. */
function nameOf(person: number): string {
  return `${capital(wordAt(4_000 + person * 7))} ${capital(wordAt(9_000 + person * 31))}`;
}

/** What the blog's feed says of an entry, as the snapshot has made it safe. */
export function write({ index, blog, published }: Planned, seed = 1): SanitisedEntry {
  const random = randomOf(seed, index, 2);
  const title = capital(phrase(random, 2, 9));
  const author = blog.authors[Math.floor(random() * blog.authors.length)] as string;
  const content = blog.teases ? teaser(random) : body(random, blog.home);
  const link = `${blog.home}${published.getUTCFullYear()}/${index}/`;
  return {
    id: link,
    url: link,
    title,
    authors: [{ name: author, url: blog.home }],
    published,
    updated: null,
    language: null,
    categories: categories(random),
    enclosures: [],
    source: null,
    rights: null,
    summary: excerpt(content),
    content,
    idPrefix: 'ids-of-this-body',
  };
}

/** The same through a planet: under the author's name, half of them cut short. */
export function repeat(said: SanitisedEntry, planet: Blog): SanitisedEntry {
  const [author] = said.authors;
  const id = `${planet.home}?p=${said.url}`;
  const content = said.content.length % 2 === 0 ? said.content : `<p>${said.summary.replaceAll('<', '&#x3C;')}</p>`;
  return { ...said, id, title: `${author?.name}: ${said.title}`, content, summary: excerpt(content) };
}

function categories(random: Random): string[] {
  return [...new Set(Array.from({ length: between(random, 0, 4) }, () => word(random)))];
}
