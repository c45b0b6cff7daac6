/** The questions of pages and outputs. They read no data in another way. */
import { getCollection, getEntry, getLiveCollection, getLiveEntry, render } from 'astro:content';
import type { Data } from '../live.config.ts';
import type { EntryFilter } from './entry-lists.ts';
import type { SiteData } from './site-data.ts';

/** An item of a live collection; undefined if there is none. Throws if the loader failed. */
export async function find<C extends keyof SiteData['one']>(
  collection: C,
  id = 'planet',
): Promise<Data<C> | undefined> {
  const { entry, error } = await getLiveEntry(collection, id);
  if (error !== undefined && error.name !== 'LiveEntryNotFoundError') throw error;
  // The checker cannot resolve Astro's type of the data, which depends on `C`.
  return (entry?.data as { value: Data<C> } | undefined)?.value;
}

/** An item that always exists. Throws if it does not. */
export async function get<C extends keyof SiteData['one']>(collection: C, id = 'planet'): Promise<Data<C>> {
  const value = await find(collection, id);
  if (value === undefined) throw new Error(`The live collection ${collection} has no ${id}`);
  return value;
}

/** The items of a live collection. Throws if the loader failed. */
export async function list<C extends keyof SiteData['many']>(collection: C, filter?: EntryFilter): Promise<Data<C>[]> {
  const { entries = [], error } = await getLiveCollection(collection, { ...filter });
  if (error !== undefined) throw error;
  return entries.map(({ data }) => (data as { value: Data<C> }).value);
}

/** The data that every page needs for its head, header and footer. */
export async function getFrame() {
  return { ...(await get('settings')), pages: await getOwnPages() };
}

/** The operator's own pages. They are compiled, so that they are the same for all pages of a build. */
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

export async function getSitemap(): Promise<string[]> {
  const pages = await getOwnPages();
  return get(
    'sitemap',
    pages
      .map(({ id }) => id)
      .sort()
      .join(),
  );
}

/** One of the operator's own pages, with its content as a component; undefined if there is none. */
export async function findOwnPage(id: string) {
  const page = await getEntry('pages', id);
  return page && { ...page.data, Content: (await render(page)).Content };
}
