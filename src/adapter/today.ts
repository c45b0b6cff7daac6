import { archiveFolder } from '../archive/archive.ts';
import { clock, contentFolder } from '../archive/environment.ts';
import { setPagesSince } from '../core/paths.ts';
import { readSite } from '../data/read-site.ts';
import { type SiteData, siteData } from '../data/site-data.ts';
import { speak } from '../i18n/words.ts';
import type { QuestionLog } from './asking.ts';

/** Current answers for `astro dev`, without a log. Throws an `OperatorError` if the archive or `planet.yaml` cannot be published. */
export async function currentQuestionLog(): Promise<QuestionLog> {
  const data = await currentData();
  speak(data.words);
  setPagesSince(data.since);
  return { data, note() {}, fail() {} };
}

/** A page asks many questions, so files are read at most once a second. */
const FRESH_MS = 1000;
let last: { at: number; data: Promise<SiteData> } | undefined;

function currentData(): Promise<SiteData> {
  const at = Date.now();
  if (last === undefined || at - last.at > FRESH_MS) last = { at, data: read() };
  return last.data;
}

async function read(): Promise<SiteData> {
  const folder = contentFolder();
  const archive = archiveFolder(folder);
  return siteData(await readSite(folder, archive), archive, clock());
}
