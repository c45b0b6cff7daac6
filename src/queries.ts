/** All that pages and outputs ask for. An answer that failed is thrown; of what there is not, `find…` gives undefined. */
import { getCollection, getEntry, getLiveCollection, getLiveEntry, render } from 'astro:content';
import type { Listing } from './lib/listings.ts';
import type { EntryFilter } from './site-data.ts';

interface One<T> {
  entry?: { data: { value: T } };
  error?: Error;
}
interface Many<T> {
  entries?: { data: { value: T } }[];
  error?: Error;
}

function found<T>({ entry, error }: One<T>): T | undefined {
  if (error !== undefined && error.name !== 'LiveEntryNotFoundError') throw error;
  return entry?.data.value;
}

function there<T>(answer: One<T>): T {
  const value = found(answer);
  if (value === undefined) throw answer.error ?? new Error('A live collection gave no answer');
  return value;
}

function all<T>({ entries, error }: Many<T>): T[] {
  if (error !== undefined) throw error;
  return (entries ?? []).map(({ data }) => data.value);
}

/** What every page says around its own part. */
export async function getFrame() {
  const { planet, since } = there(await getLiveEntry('settings', 'planet'));
  return { planet, since, pages: await getOwnPages() };
}

/** In a build these are compiled, and the same for every page. */
let ownPages: Promise<{ id: string; title: string; description: string }[]> | undefined;

function getOwnPages() {
  if (ownPages === undefined || import.meta.hot) ownPages = readOwnPages();
  return ownPages;
}

async function readOwnPages() {
  const pages = await getCollection('pages');
  return pages
    .sort((a, b) => a.data.order - b.data.order || (a.id < b.id ? -1 : 1))
    .map(({ id, data: { title, description } }) => ({ id, title, description }));
}

export const findEntry = async (path: string) => found(await getLiveEntry('entries', path));
export const getEntries = async (filter: EntryFilter) => all(await getLiveCollection('entries', { ...filter }));
/** How many entries there are in `2026-01` and each of its days, in `2026` and each of its months and days, or in `all`. */
export const getCounts = async (period: string) => there(await getLiveEntry('counts', period));
export const getNeighbours = async (period: string) => there(await getLiveEntry('neighbours', period));
export const getListing = async (listing: Listing) => there(await getLiveEntry('listings', listing));
export const findYears = async (listing: Listing) => found(await getLiveEntry('years', listing));
export const findAuthor = async (slug: string) => found(await getLiveEntry('authors', slug));
/** By name. */
export const getAuthors = async () => all(await getLiveCollection('authors', {}));
export const findFeed = async (id: string) => found(await getLiveEntry('feeds', id));
/** In the order of `planet.yaml`. */
export const getFeeds = async () => all(await getLiveCollection('feeds', {}));
export const getStatus = async () => there(await getLiveEntry('status', 'planet'));
export const findPlace = async (of: string) => found(await getLiveEntry('history', of));
export const findAvatar = async (file: string) => found(await getLiveEntry('avatars', file));

/** Paths of all pages that search engines may list. */
export async function getSitemap() {
  const { pages } = await getFrame();
  return there(
    await getLiveEntry(
      'sitemap',
      pages
        .map(({ id }) => id)
        .sort()
        .join(','),
    ),
  );
}

/** One of the operator's own pages, ready to be put into a page. */
export async function findOwnPage(id: string) {
  const page = await getEntry('pages', id);
  return page && { ...page.data, Content: (await render(page)).Content };
}
