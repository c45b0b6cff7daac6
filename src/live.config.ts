import { defineLiveCollection } from 'astro:content';
import type { LiveLoader } from 'astro/loaders';
import { type QuestionLog, questionLog } from './adapter/asking.ts';
import { currentQuestionLog } from './adapter/today.ts';
import type { Answer } from './data/answers.ts';
import type { EntryFilter, SiteData } from './data/site-data.ts';

type One = SiteData['one'];
/** The data of one item of a collection. */
export type Data<C extends keyof One> = Awaited<NonNullable<ReturnType<One[C]>>['data']>;

/** A live collection that answers from the archive, and notes each question in the log of the page. */
function live<C extends keyof One>(collection: C) {
  const loader: LiveLoader<{ value: Data<C> }, never, Record<string, unknown>> = {
    name: `orrery-${collection}`,
    loadEntry: ({ filter: { id } }) =>
      answered(collection, id, async ({ data }) => {
        const answer = data.one[collection](id) as Answer<Data<C> | Promise<Data<C>>> | undefined;
        return answer && { id, data: { value: await answer.data } };
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

async function answered<T>(collection: string, filter: string | EntryFilter, answer: (log: QuestionLog) => Promise<T>) {
  const log = questionLog.getStore() ?? (await currentQuestionLog());
  log.note([collection, filter]);
  try {
    return await answer(log);
  } catch (error) {
    log.fail(error);
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** Each is documented in `src/data/site-data.ts`. */
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
  pictures: live('pictures'),
};
