import { defineLiveCollection } from 'astro:content';
import type { LiveLoader } from 'astro/loaders';
import { archiveFolder } from './archive/archive.ts';
import { clock, contentFolder } from './archive/environment.ts';
import { setPagesSince } from './core/paths.ts';
import { type Answer, type QuestionLog, questionLog } from './data/answers.ts';
import type { EntryFilter } from './data/entry-lists.ts';
import { readSite } from './data/read-site.ts';
import { answerTo, type Question, type SiteData, siteData } from './data/site-data.ts';
import { speak } from './i18n/words.ts';

type One = SiteData['one'];
export type Data<C extends keyof One> = Awaited<ReturnType<NonNullable<ReturnType<One[C]>>['data']>>;

/** A live collection that answers from the archive, and notes each question in the log of the page. */
function live<C extends keyof One>(collection: C) {
  const loader: LiveLoader<{ value: Data<C> }, never, Record<string, unknown>> = {
    name: `orrery-${collection}`,
    loadEntry: ({ filter: { id } }) =>
      answered(collection, id, async (answer) => answer && { id, data: { value: (await answer.data()) as Data<C> } }),
    loadCollection: ({ filter }) =>
      answered(collection, filter as EntryFilter, async (answer) => {
        if (answer === undefined) throw new Error(`The collection ${collection} has no list`);
        const values = answer.data() as Data<C>[];
        return { entries: values.map((value, at) => ({ id: `${at}`, data: { value } })) };
      }),
  };
  return defineLiveCollection({ loader });
}

async function answered<T>(collection: string, filter: Question[1], print: (answer?: Answer<unknown>) => Promise<T>) {
  const { data, note, fail } = questionLog.getStore() ?? (await currentQuestionLog());
  note([collection, filter]);
  try {
    return await print(answerTo(data, [collection, filter]));
  } catch (error) {
    fail(error);
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** A page asks many questions, so `astro dev` reads the files at most once a second. */
const FRESH_MS = 1000;
let last: { at: number; data: Promise<SiteData> } | undefined;

/** Current answers for `astro dev`, without a log. Throws an `OperatorError` if the archive or `planet.yaml` cannot be published. */
async function currentQuestionLog(): Promise<QuestionLog> {
  const at = Date.now();
  if (last === undefined || at - last.at > FRESH_MS) {
    const folder = contentFolder();
    const archive = archiveFolder(folder);
    last = { at, data: readSite(folder, archive).then((site) => siteData(site, archive, clock())) };
  }
  const data = await last.data;
  speak(data.words);
  setPagesSince(data.since);
  return { data, note() {}, fail() {} };
}

/** Each is documented in `src/data/site-data.ts`. */
export const collections = {
  settings: live('settings'),
  entries: live('entries'),
  counts: live('counts'),
  neighbours: live('neighbours'),
  entryPages: live('entryPages'),
  listings: live('listings'),
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
