import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { searchSource } from '../../scripts/site/search/search-records.ts';
import type { EntryFilter } from '../../src/data/entry-lists.ts';
import { readSite } from '../../src/data/read-site.ts';
import { answerHash, answerTo, type Question, type SiteData, siteData } from '../../src/data/site-data.ts';
import { Random } from '../lib/random.ts';
import { aRandomPlanet, change, writePlanet } from '../lib/random-planet.ts';
import { areaFor } from '../lib/test-folder.ts';

/** Each notices what the others miss. More by hand: `SEEDS=300 npx vitest run --project unit tests/data/site-data.test.ts`. */
const more = Number(process.env['SEEDS'] ?? 0);
const seeds = more > 0 ? Array.from({ length: more }, (_, at) => at + 1) : [3, 8, 9, 12, 18];
const STEPS = 30;

/** What pages may ask of a site. The pictures of the planet are not here: to make them takes long. */
function questionsOf({ site, counts, monthsInUtc }: SiteData): Question[] {
  const periods = [...counts.keys()];
  const years = periods.filter(({ length }) => length === 4);
  const keys = [...site.listings.keys()];
  const ids: Partial<Record<keyof SiteData['one'], Iterable<string>>> = {
    ...{ settings: ['planet'], status: ['planet'], lastChange: ['planet'], redirects: ['planet'] },
    ...{ sitemap: ['', 'about'], history: ['planet', ...monthsInUtc], neighbours: periods, listings: keys },
    counts: ['all', ...periods.filter(({ length }) => length < 10), ...keys],
    entries: site.entries.map(({ path }) => path),
    entryPages: new Set(site.entries.map(({ day }) => day)),
    authors: site.authors.flatMap(({ slug, formerly }) => [slug, ...formerly]),
    feeds: site.feeds.map(({ id }) => id),
    avatars: site.avatars.keys(),
  };
  const lists: EntryFilter[] = [
    ...periods.map((period) => ({ period })),
    ...monthsInUtc.map((monthInUtc) => ({ monthInUtc })),
    ...keys.flatMap((listing) => [{ listing }, { listing, newest: 2 }, ...years.map((year) => ({ listing, year }))]),
    ...[{}, ...site.planet.languages.map((language) => ({ language }))].flatMap((of) => [
      { newest: 5, ...of },
      { river: true as const, ...of },
    ]),
  ];
  return [
    ...Object.entries(ids).flatMap(([of, each]) => [...each].map((id): Question => [of, id])),
    ...lists.map((filter): Question => ['entries', filter]),
    ...['authors', 'feeds'].map((of): Question => [of, { newest: 1 }]),
  ];
}

/** The answer as text, with the pages of the entries of a day, without the places of lines in the archive. */
function answerText(data: SiteData, question: Question): string {
  const [of, period] = question;
  let answer = answerTo(data, question)?.data();
  if (of === 'entryPages') {
    const pages = data.one.entryPages(String(period))?.data();
    answer = data.site.entries.filter(({ day }) => day === period).map(({ path }) => pages?.of(path));
  }
  const values = answer instanceof Map ? [...answer] : answer;
  return JSON.stringify(values, (key, value) => (key === 'position' ? null : value));
}

/**
 * All answers with their hashes, by question, and the records of each bundle of the search. The app is compiled with the messages:
 * with others it renders every page again.
 */
function answersOf(data: SiteData) {
  const messages = JSON.stringify(data.words.messages);
  const source = searchSource(data);
  return new Map([
    ...questionsOf(data).map((question) => {
      const hash = messages + answerHash(data, question);
      return [JSON.stringify(question), { hash, text: answerText(data, question) }] as const;
    }),
    ...[...source.spans].map(([span, { hash }]) => {
      return [`search ${span}`, { hash, text: JSON.stringify(source.records(span)) }] as const;
    }),
  ]);
}

test.for(seeds)('whenever an answer differs, its hash does: seed %i', async (seed) => {
  const random = new Random(seed);
  const folder = areaFor('answers');
  const archive = join(folder, 'archive');
  await mkdir(archive);
  const planet = aRandomPlanet(random, random.oneOf([8, 20]));
  const told: string[] = [];
  let before: ReturnType<typeof answersOf> = new Map();
  for (let left = STEPS; left > 0; left--) {
    await writePlanet(folder, planet);
    const now = answersOf(siteData(await readSite(folder, archive), archive, new Date(planet.clock * 1000)));
    const stale = [...now].filter(([question, { hash, text }]) => {
      const last = before.get(question);
      return last?.hash === hash && last.text !== text;
    });
    expect(stale, told.join('\n')).toEqual([]);
    before = now;
    told.push(change(planet, random));
  }
});
