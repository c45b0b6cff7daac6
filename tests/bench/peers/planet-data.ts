import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import slugify from '@sindresorhus/slugify';
import { parse } from 'yaml';
import { archiveFolder, monthFile, months, readLines } from '../../../src/archive/archive.ts';
import { dateText, dayInYearText, permalinkText, timeText } from '../../../src/core/dates.ts';
import type { Entry } from '../../../src/core/entry.ts';
import type { FeedConfig, Planet } from '../../../src/core/planet.ts';

/** How many entries an output feed holds: the planet's, and one of an author or a feed. */
const NEWEST = 50;
const NEWEST_OF_PART = 10;

/** An entry with every word that a template prints, so that no template engine has to make one. */
interface Post extends Omit<Entry, 'feed'> {
  feed: FeedConfig;
  author: { slug: string; name: string; url: string };
  via: FeedConfig[];
  host: string;
  when: string;
  time: string;
  dayInYear: string;
  day: Period;
  month: Period;
  year: Period;
}

/** `2026-01-23`, its words, and its address: `2026/01/23`. */
interface Period {
  date: string;
  text: string;
  path: string;
}

interface Group {
  key: string;
  title: string;
  posts: Post[];
}

/** Posts of a list under a heading: of a day by feed, of a month by day, of an author by year. */
interface Page extends Group {
  period: Period;
  groups: Group[];
}

/** What one output feed holds. */
interface View {
  /** `authors/ada/`, empty for the planet. */
  path: string;
  title: string;
  posts: Post[];
}

/** All that is published, held in memory: simple, and what a site of a few thousand posts does. */
export async function planetData(folder: string) {
  const planet: Planet = parse(readFileSync(join(folder, 'planet.yaml'), 'utf8'));
  const posts = await readPosts(folder, planet);
  const pages = (of: 'day' | 'month' | 'year', by: 'day' | 'feed'): Page[] => {
    const lists = [...Map.groupBy(posts, (post) => post[of].date)] as [string, [Post, ...Post[]]][];
    return lists.map(([key, list]) => page(key, list[0][of], list, (post) => post[by]));
  };
  const authors = named(posts, ({ author }) => [author.slug, author.name]);
  const feeds = named(posts, ({ feed }) => [feed.id, feed.title]);
  const months = pages('month', 'day');
  const of = (part: string, list: Page[]): View[] =>
    list.map(({ key, title, posts }) => ({ path: `${part}/${key}/`, title, posts: posts.slice(0, NEWEST_OF_PART) }));
  return {
    planet,
    posts,
    days: pages('day', 'feed'),
    months,
    years: pages('year', 'day'),
    authors,
    feeds,
    views: [
      { path: '', title: planet.title, posts: posts.slice(0, NEWEST) },
      ...of('authors', authors),
      ...of('feeds', feeds),
    ],
    atomMonths: months.map(({ key, title, posts }) => ({ path: key, title, posts })),
  };
}

function page(key: string, period: Period, posts: Post[], groupBy: (post: Post) => Period | FeedConfig): Page {
  const groups = [...Map.groupBy(posts, groupBy)].map(([by, list]) =>
    'id' in by ? { key: by.id, title: by.title, posts: list } : { key: by.path, title: by.text, posts: list },
  );
  return { key, title: period.text, posts, period, groups };
}

function named(posts: Post[], by: (post: Post) => [key: string, title: string]): Page[] {
  return [...Map.groupBy(posts, (post) => by(post)[0])].map(([key, list]) => {
    const [first] = list as [Post];
    return { ...page(key, first.year, list, ({ year }) => year), title: by(first)[1] };
  });
}

/** Newest first. Copies stand with what they are copies of. */
async function readPosts(folder: string, planet: Planet): Promise<Post[]> {
  const feedOf = new Map(planet.feeds.map((feed) => [feed.id, feed]));
  const periods = new Map<string, Period>();
  const periodOf = (date: string): Period => {
    const known = periods.get(date) ?? { date, text: dateText(date), path: date.replaceAll('-', '/') };
    periods.set(date, known);
    return known;
  };
  const entries: Entry[] = [];
  const archive = archiveFolder(folder);
  for (const month of await months(archive))
    for (const { bytes } of await readLines(monthFile(archive, month)))
      entries.push(JSON.parse(bytes.toString('utf8')));
  const via = Map.groupBy(entries, ({ copyOf, id }) => copyOf?.id ?? id);
  return entries
    .filter(({ copyOf }) => copyOf === null)
    .reverse()
    .map((entry) => {
      const day = entry.published.slice(0, 10);
      const [{ name, url } = { name: '', url: '' }] = entry.authors;
      return {
        ...entry,
        feed: feedOf.get(entry.feed) as FeedConfig,
        author: { name, url: url ?? '', slug: slugify(name) },
        via: (via.get(entry.id) ?? []).filter(({ copyOf }) => copyOf).map(({ feed }) => feedOf.get(feed) as FeedConfig),
        host: new URL(entry.url ?? entry.id).host,
        when: permalinkText(entry.published, 'UTC'),
        time: timeText(entry.published, 'UTC'),
        dayInYear: dayInYearText(day),
        day: periodOf(day),
        month: periodOf(day.slice(0, 7)),
        year: periodOf(day.slice(0, 4)),
      };
    });
}
