/** How pages and outputs ask: they see nothing but what these answer. */
import { getCollection, getEntry, getLiveCollection, getLiveEntry, render } from 'astro:content';
import type { Data } from '../live.config.ts';
import type { EntryFilter, SiteData } from './site-data.ts';

/** One thing of a live collection, by its id; undefined where there is none. Throws where the answer failed. */
export async function find<C extends keyof SiteData['one']>(
  collection: C,
  id = 'planet',
): Promise<Data<C> | undefined> {
  const { entry, error } = await getLiveEntry(collection, id);
  if (error !== undefined && error.name !== 'LiveEntryNotFoundError') throw error;
  // Astro's own type of it depends on `C` in a way that the checker does not follow.
  return (entry?.data as { value: Data<C> } | undefined)?.value;
}

/** The same of what is always there. */
export async function get<C extends keyof SiteData['one']>(collection: C, id = 'planet'): Promise<Data<C>> {
  const value = await find(collection, id);
  if (value === undefined) throw new Error(`The live collection ${collection} has no ${id}`);
  return value;
}

/** Many things of a live collection. Throws where the answer failed. */
export async function list<C extends keyof SiteData['many']>(collection: C, filter?: EntryFilter): Promise<Data<C>[]> {
  const { entries = [], error } = await getLiveCollection(collection, { ...filter });
  if (error !== undefined) throw error;
  return entries.map(({ data }) => (data as { value: Data<C> }).value);
}

/** What every page says around its own part. */
export async function getFrame() {
  const { planet, since } = await get('settings');
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

/** Paths of all pages that search engines may list. */
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

/** One of the operator's own pages, ready to be put into a page. */
export async function findOwnPage(id: string) {
  const page = await getEntry('pages', id);
  return page && { ...page.data, Content: (await render(page)).Content };
}
