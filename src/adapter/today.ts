import { archiveFolder } from '../archive/archive.ts';
import { clock, contentFolder } from '../archive/config.ts';
import { setPagesSince } from '../core/paths.ts';
import { readSite } from '../data/read-site.ts';
import { type SiteData, siteData } from '../data/site-data.ts';
import type { QuestionLog } from './asking.ts';

/** Answers from the archive and `planet.yaml` as they are now, for `astro dev`. Throws `OperatorError` where they cannot be published. */
export async function todaysAsking(): Promise<QuestionLog> {
  const data = await today();
  setPagesSince(data.since);
  return { data, note() {}, fail() {} };
}

/** Pages ask many times in a second; files are looked at once in it. */
const FRESH_MS = 1000;
let last: { at: number; data: Promise<SiteData> } | undefined;

function today(): Promise<SiteData> {
  const at = Date.now();
  if (last === undefined || at - last.at > FRESH_MS) last = { at, data: read() };
  return last.data;
}

async function read(): Promise<SiteData> {
  const folder = contentFolder();
  const archive = archiveFolder(folder);
  return siteData(await readSite(folder, archive), archive, clock());
}
