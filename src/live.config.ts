import { defineLiveCollection } from 'astro:content';
import type { LiveLoader } from 'astro/loaders';
import { type QuestionLog, questionLog } from './adapter/asking.ts';
import { todaysAsking } from './adapter/today.ts';
import type { Answer, EntryFilter, SiteData } from './data/site-data.ts';

type One = SiteData['one'];
/** What a collection gives of one thing. */
export type Data<C extends keyof One> = NonNullable<ReturnType<One[C]>>['data'];

/** A collection that asks the archive whenever a page asks it, and tells whoever renders the page of the question. */
function live<C extends keyof One>(collection: C) {
  const loader: LiveLoader<{ value: Data<C> }, never, Record<string, unknown>> = {
    name: `orrery-${collection}`,
    loadEntry: ({ filter: { id } }) =>
      answered(collection, id, async ({ data }) => {
        const answer = data.one[collection](id) as Answer<Data<C>> | undefined;
        return answer && { id, data: { value: answer.data } };
      }),
    loadCollection: ({ filter }) =>
      answered(collection, filter as EntryFilter, async ({ data }) => {
        const many: Partial<Record<string, (filter: EntryFilter) => Answer<unknown[]>>> = data.many;
        const values = many[collection]?.(filter as EntryFilter).data as Data<C>[] | undefined;
        if (values === undefined) throw new Error(`The collection ${collection} has no list`);
        return { entries: values.map((value, at) => ({ id: `${at}`, data: { value } })) };
      }),
  };
  return defineLiveCollection({ loader });
}

async function answered<T>(
  collection: string,
  asked: string | EntryFilter,
  answer: (asking: QuestionLog) => Promise<T>,
) {
  const context = questionLog.getStore() ?? (await todaysAsking());
  context.note([collection, asked]);
  try {
    return await answer(context);
  } catch (error) {
    context.fail(error);
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** What each answers is told in `src/data/site-data.ts`. */
export const collections = {
  settings: live('settings'),
  entries: live('entries'),
  counts: live('counts'),
  neighbours: live('neighbours'),
  leads: live('leads'),
  months: live('months'),
  years: live('years'),
  authors: live('authors'),
  feeds: live('feeds'),
  status: live('status'),
  lastChange: live('lastChange'),
  history: live('history'),
  sitemap: live('sitemap'),
  redirects: live('redirects'),
  avatars: live('avatars'),
};
