import { Planet } from '../../src/core/planet.ts';
import type { EntryRecord } from '../../src/core/records.ts';
import { bodyForm, displayEntry } from '../../src/core/shown.ts';
import { atom } from '../../src/outputs/atom.ts';
import { feedHtml } from '../../src/outputs/content.ts';
import { jsonFeed } from '../../src/outputs/json-feed.ts';
import { rss } from '../../src/outputs/rss.ts';
import type { View } from '../../src/outputs/view.ts';
import { aFeed } from './builders.ts';
import { feedOf } from './feed-of.ts';
import { anAuthor, aRecord, known } from './records.ts';

/** The page of the entry that `aRecord` is. */
export const PAGE = 'https://night.example/sub/2026/01/23/first-light-0123456789/';
export const HUB = 'https://hub.example/?a=1&b=2';
export const planet = Planet.parse({
  title: 'Night & <Day>',
  description: 'What <b>they</b> write &amp; read',
  site: 'https://night.example/sub',
  hub: HUB,
  owner: { name: 'Ada & Co' },
  feeds: [aFeed()],
});

interface Said {
  name?: string;
  people?: ReturnType<typeof anAuthor>[];
  body?: string;
  title?: string;
  content?: 'full' | 'excerpt' | 'title';
}

/** What an output is given of a planet with these entries of one feed. */
export function viewOf(
  entries: Partial<EntryRecord>[],
  { name = 'Ada', people = [anAuthor({ name })], body = '<p>We saw it.</p>', ...feed }: Said = {},
): View {
  const records = known({ url: 'https://a.example/feed.xml?a=1&b=2', title: 'A & Co', ...feed }, people);
  const items = entries.map((entry) => {
    const shown = displayEntry(aRecord(entry), records, () => body);
    return { ...shown, reading: bodyForm(shown, feedHtml(shown.html, PAGE)) };
  });
  return { planet, kind: 'planet', title: planet.title, description: planet.description, path: '/', items };
}

export const FORMATS = [
  { format: 'RSS', print: rss },
  { format: 'Atom', print: async (view: View) => atom(view) },
  { format: 'JSON Feed', print: async (view: View) => jsonFeed(view) },
];

/** The entries of a feed of ours, as the planet itself reads them. */
export async function entriesOf(printed: string) {
  return feedOf(printed, 'https://night.example/sub/feed').entries;
}
