import { getCollection, getEntry, render } from 'astro:content';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { archiveFolder, readBody } from './archive.ts';
import { clock, contentFolder, loadPlanet } from './folder.ts';
import { dayOf } from './lib/dates.ts';
import { newestFirst } from './lib/river.ts';
import { outsideSchema, withheld } from './lib/third-wall.ts';
import type { Planet } from './model/planet.ts';
import type { AuthorRecord, EntryRecord, FeedRecord } from './model/site.ts';
import { type Status, status } from './outputs/status.ts';

/** All that pages ask for, read once a build: `getCollection` in every page is quadratic. */
export interface Everything {
  planet: Planet;
  /** In the order of `planet.yaml`. */
  feeds: FeedRecord[];
  feedById: ReadonlyMap<string, FeedRecord>;
  /** Newest first. */
  entries: EntryRecord[];
  /** By name. */
  authors: AuthorRecord[];
  authorBySlug: ReadonlyMap<string, AuthorRecord>;
  /** Newest first, by `2026`, `2026-01` and `2026-01-23`, in the planet's time zone. */
  entriesByPeriod: ReadonlyMap<string, EntryRecord[]>;
  entriesByFeed: ReadonlyMap<string, EntryRecord[]>;
  entriesByAuthor: ReadonlyMap<string, EntryRecord[]>;
  /** The operator's own pages, in their order. */
  pages: { id: string; title: string; description: string }[];
}

let everything: Promise<Everything> | undefined;

export function getEverything(): Promise<Everything> {
  everything ??= read();
  return everything;
}

/** One entry's body: HTML that `sanitise` made safe, or, where something else has got into the archive, a notice. */
export function bodyOf(entry: EntryRecord): string {
  const html = readBody(archive, entry.position);
  const outside = outsideOf(entry, html);
  return outside === null ? html : withheld(outside);
}

/** By path, what stands in a body and may not. Bodies are printed on several pages, and looked through once. */
const verdicts = new Map<string, string | null>();

function outsideOf({ path, feed, position }: EntryRecord, html: string): string | null {
  const known = verdicts.get(path);
  if (known !== undefined) return known;
  const outside = outsideSchema(html);
  verdicts.set(path, outside);
  if (outside !== null)
    console.warn(
      `${feed}: the text of ${path} is withheld: archive/${position.month}.ndjson has ${outside} in it, which the snapshot never writes`,
    );
  return outside;
}

/** How each feed is doing. */
export async function getStatus(): Promise<Status> {
  const { planet, feeds, entriesByFeed } = await getEverything();
  const rules = (await getCollection('rules')).sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ data }) => data);
  return status(planet, feeds, entriesByFeed, rules, clock());
}

/** The bytes of a picture in the operator's folder. */
export async function pictureOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(join(folder, path)));
}

/** One of the operator's own pages, ready to be put into a page. */
export async function pageContent(id: string) {
  const page = await getEntry('pages', id);
  if (page === undefined) throw new Error(`There is no page ${id}.mdx in ${folder}/pages`);
  return (await render(page)).Content;
}

const folder = contentFolder();
const archive = archiveFolder(folder);

async function read(): Promise<Everything> {
  const loaded = await loadPlanet(folder);
  if (loaded.kind === 'mistakes') throw new Error(loaded.told.join('\n'));
  const { planet } = loaded;
  const feeds = (await getCollection('feeds')).map(({ data }) => data).sort((a, b) => a.order - b.order);
  const entries = (await getCollection('entries')).map(({ data }) => data).sort(newestFirst);
  const authors = (await getCollection('authors'))
    .map(({ data }) => data)
    .sort((a, b) => a.name.localeCompare(b.name, planet.language) || (a.slug < b.slug ? -1 : 1));
  const pages = (await getCollection('pages'))
    .sort((a, b) => a.data.order - b.data.order || (a.id < b.id ? -1 : 1))
    .map(({ id, data: { title, description } }) => ({ id, title, description }));
  return {
    planet,
    feeds,
    feedById: new Map(feeds.map((feed) => [feed.id, feed])),
    entries,
    authors,
    authorBySlug: new Map(authors.map((author) => [author.slug, author])),
    entriesByPeriod: group(entries, ({ published }) => periods(dayOf(published, planet.timezone))),
    entriesByFeed: group(entries, ({ feed, via }) => [feed, ...via]),
    entriesByAuthor: group(entries, ({ credit }) => credit.authors),
    pages,
  };
}

function periods(day: string): string[] {
  return [day.slice(0, 4), day.slice(0, 7), day];
}

function group(entries: EntryRecord[], keysOf: (entry: EntryRecord) => string[]): Map<string, EntryRecord[]> {
  const groups = new Map<string, EntryRecord[]>();
  for (const entry of entries) {
    for (const key of keysOf(entry)) {
      const list = groups.get(key);
      if (list) list.push(entry);
      else groups.set(key, [entry]);
    }
  }
  return groups;
}
