import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '../planet/plan.ts';
import { wordAt } from '../planet/words.ts';

/** One page of each kind in a built site, and what a reader might search for: a usual word, a rarer one, and two. */
export function pagesToVisit({ blogs }: Plan, dist: string): { paths: Record<string, string>; questions: string[] } {
  const entry = newestEntry(dist);
  const [, year, month, day] = entry.split('/');
  const author = readdirSync(join(dist, 'authors')).find((name) => !name.includes('.')) ?? '';
  const paths = {
    river: '/',
    archive: '/archive/',
    year: `/${year}/`,
    month: `/${year}/${month}/`,
    day: `/${year}/${month}/${day}/`,
    entry,
    author: `/authors/${author}/`,
    feed: `/feeds/${blogs[0]?.id}/`,
    search: '/search/',
    status: '/status/',
  };
  return { paths, questions: [wordAt(120), wordAt(3_000), `${wordAt(250)} ${wordAt(900)}`] };
}

function newestEntry(dist: string): string {
  let path = '';
  for (let depth = 0; depth < 4; depth++) {
    const names = readdirSync(join(dist, path)).filter((name) => (depth < 3 ? /^\d+$/ : /-[0-9a-f]{10}$/).test(name));
    path = `${path}/${names.sort().at(-1)}`;
  }
  return `${path}/`;
}
