/** The site as an app that renders any address. Compiled by Astro, and used by `scripts/site/app.ts`. */
import { getCollection } from 'astro:content';
import { createApp } from 'astro/app/entrypoint';
import { setPagesSince } from '../core/paths.ts';
import { speak } from '../i18n/words.ts';
import { type QuestionLog, questionLog } from './asking.ts';

const app = createApp({ streaming: false });

/** @param address absolute, of the planet's own site */
export function render(address: string, context: QuestionLog): Promise<Response> {
  speak(context.data.words);
  setPagesSince(context.data.since);
  return questionLog.run(context, () => app.render(new Request(address)));
}

/** Ids of the operator's own pages. */
export async function ownPages(): Promise<string[]> {
  return (await getCollection('pages')).map(({ id }) => id).sort();
}
