import { createHash } from 'node:crypto';
import { placeFiles } from '../../scripts/site/search/index-files.ts';
import { indexFiles } from '../../scripts/site/search/pagefind.ts';
import { searchedText } from '../../scripts/site/search/record-text.ts';
import { type SearchRecord, type SearchSource, searchSource } from '../../scripts/site/search/search-records.ts';
import { archiveFolder } from '../../src/archive/archive.ts';
import { spansOf } from '../../src/core/search-periods.ts';
import { readSite } from '../../src/data/read-site.ts';
import { siteData } from '../../src/data/site-data.ts';

/** A post that the search can find. */
export interface PostToFind {
  /** `2026/01/23/first-light` */
  path: string;
  title: string;
  html: string;
  author?: string;
}

export function recordOf({ path, title, html, author = 'Ada' }: PostToFind): SearchRecord {
  return {
    url: `/${path}/`,
    heading: `${author}: ${title}`,
    html,
    names: [],
    meta: { title, author, feed: 'Planet Bench', date: path.slice(0, 10), face: 'avatar tone-1' },
    facets: { feed: ['Planet Bench'], author: [author], year: [path.slice(0, 4)] },
  };
}

/** What a search is built from, of records, oldest first. */
export function sourceOf(records: readonly SearchRecord[], language = 'en', isPacked = false): SearchSource {
  const dayOf = ({ url }: SearchRecord) => url.slice(1, 11).replaceAll('/', '-');
  const count = (length: number, start = '') => {
    const days = records.map(dayOf).filter((day) => day.startsWith(start));
    return new Map([...Map.groupBy(days, (day) => day.slice(0, length))].map(([name, { length }]) => [name, length]));
  };
  const of = (span: string) => records.filter((record) => dayOf(record).startsWith(span));
  const hashOf = (span: string) =>
    createHash('sha256')
      .update(JSON.stringify(of(span)))
      .digest('hex');
  const spans = spansOf(count(7), (month) => count(10, month));
  return {
    language,
    isPacked,
    spans: new Map([...spans].map(([span, entries]) => [span, { entries, hash: hashOf(span) }])),
    records: of,
  };
}

/** Posts by day and name, each `title: text` or just a text. The first of a day is its newest. */
export function postsOf(days: Record<string, Record<string, string>>): SearchRecord[] {
  return Object.entries(days)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([day, posts]) =>
      Object.entries(posts)
        .map(([name, post]) => {
          const [, title = 'Of the day', html = ''] = /^(?:(\w[\w ]*): )?(.*)$/.exec(post) ?? [];
          return recordOf({ path: `${day.replaceAll('-', '/')}/${name}`, title, html });
        })
        .reverse(),
    );
}

/** What the search of a planet is built from, oldest first. */
export async function recordsIn(folder: string): Promise<SearchRecord[]> {
  const archive = archiveFolder(folder);
  const { spans, records } = searchSource(siteData(await readSite(folder, archive), archive, new Date(0)));
  return [...spans.keys()].sort().flatMap(records);
}

/** One index of all records, as Pagefind makes it. */
export async function writePlainIndex(all: readonly SearchRecord[], to: string): Promise<void> {
  const indexed = all.map((record) => {
    const { url, meta, facets } = record;
    const filters = Object.fromEntries(Object.entries(facets).map(([name, values]) => [name, [...values]]));
    return { url, content: searchedText(record), language: 'en', meta: { ...meta }, filters };
  });
  placeFiles(await indexFiles(indexed), to);
}
