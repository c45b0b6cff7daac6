import { defineLiveCollection } from 'astro:content';
import type { LiveLoader } from 'astro/loaders';
import { type Asking, asking } from './adapter/asking.ts';
import { todaysAsking } from './adapter/today.ts';
import { many, one } from './questions.ts';
import type { Answer, EntryFilter, SiteData } from './site-data.ts';

/** A collection that asks the archive whenever a page asks it, and tells whoever renders the page of the question. */
function live<T>(
  name: string,
  answerOne: (data: SiteData, id: string) => Answer<T> | undefined,
  answerMany?: (data: SiteData, filter: EntryFilter) => Answer<T[]>,
) {
  const loader: LiveLoader<{ value: T }, never, Record<string, unknown>> = {
    name: `orrery-${name}`,
    loadEntry: ({ filter: { id } }) =>
      answered(name, id, async ({ data }) => {
        const answer = answerOne(data, id);
        return answer && { id, data: { value: answer.data } };
      }),
    loadCollection: ({ filter }) =>
      answered(name, filter as EntryFilter, async ({ data }) => {
        if (answerMany === undefined) throw new Error(`The collection ${name} has no list`);
        return {
          entries: answerMany(data, filter as EntryFilter).data.map((value, at) => ({ id: `${at}`, data: { value } })),
        };
      }),
  };
  return defineLiveCollection({ loader });
}

async function answered<T>(name: string, asked: string | EntryFilter, answer: (asking: Asking) => Promise<T>) {
  const context = asking.getStore() ?? (await todaysAsking());
  context.note([name, asked]);
  try {
    return await answer(context);
  } catch (error) {
    context.fail(error);
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

export const collections = {
  /** Of the planet itself; its only entry is `planet`. */
  settings: live('settings', one.settings),
  /** By path; lists by `EntryFilter`. */
  entries: live('entries', one.entries, many.entries),
  /** How many entries there are: of `all` periods, or of one and those in it. */
  counts: live('counts', one.counts),
  /** The periods before and after one. */
  neighbours: live('neighbours', one.neighbours),
  /** Months and years of an author's or a feed's entries. */
  listings: live('listings', one.listings),
  years: live('years', one.years),
  /** By slug. */
  authors: live('authors', one.authors, many.authors),
  /** By id. */
  feeds: live('feeds', one.feeds, many.feeds),
  /** How the feeds are doing; its only entry is `planet`. */
  status: live('status', one.status),
  /** Place in the planet's history in Atom: of the `planet`, or of a month in UTC. */
  history: live('history', one.history),
  /** Addresses for search engines; the id names the operator's own pages. */
  sitemap: live('sitemap', one.sitemap),
  redirects: live('redirects', one.redirects),
  /** Pictures of authors, by file name. */
  avatars: live('avatars', one.avatars),
};
