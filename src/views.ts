import type { GetStaticPathsResult } from 'astro';
import { routes } from './lib/routes.ts';
import { reading, show } from './lib/shown.ts';
import type { EntryRecord } from './model/site.ts';
import { type Chain, chainOf } from './outputs/archives.ts';
import { feedHtml } from './outputs/content.ts';
import { sharedIds } from './outputs/ids.ts';
import { type Item, pageOf, type View } from './outputs/view.ts';
import { bodyOf, type Everything, getEverything } from './queries.ts';

/** How many entries an output feed holds: the newest. */
const NEWEST = 50;

/** What an output feed is of. */
export type Subject = { of: 'planet' } | { of: 'author'; slug: string } | { of: 'feed'; id: string };

/** The path of every view that has an entry: `[...view]` of the routes. */
export async function viewPaths(): Promise<GetStaticPathsResult> {
  const { authors, feeds, entriesByFeed } = await getEverything();
  const path = (view: string | undefined, subject: Subject) => ({ params: { view }, props: { subject } });
  return [
    path(undefined, { of: 'planet' }),
    ...authors.map(({ slug }) => path(`authors/${slug}`, { of: 'author', slug })),
    ...feeds.filter(({ id }) => entriesByFeed.has(id)).map(({ id }) => path(`feeds/${id}`, { of: 'feed', id })),
  ];
}

export async function getView(subject: Subject): Promise<View> {
  const site = await getEverything();
  const { head, entries } = viewOf(subject, site);
  return { planet: site.planet, of: subject.of, ...head, items: itemsOf(entries.slice(0, NEWEST), site) };
}

/** The months behind the planet's Atom feed. */
export async function getChain(): Promise<Chain> {
  const { entries } = await getEverything();
  return chainOf(entries, NEWEST);
}

/** The planet's entries of a month, in UTC as the archive has them. */
export async function getMonth(month: string): Promise<View> {
  const site = await getEverything();
  const { head, entries } = viewOf({ of: 'planet' }, site);
  const ofMonth = entries.filter(({ published }) => published.startsWith(month));
  return { planet: site.planet, of: 'planet', ...head, items: itemsOf(ofMonth, site) };
}

type Head = Pick<View, 'title' | 'description' | 'path'>;

function viewOf(subject: Subject, site: Everything): { head: Head; entries: readonly EntryRecord[] } {
  const { planet, authorBySlug, feedById } = site;
  switch (subject.of) {
    case 'planet': {
      const head = { title: planet.title, description: planet.description, path: routes.river };
      return { head, entries: site.entries };
    }
    case 'author': {
      const name = authorBySlug.get(subject.slug)?.name ?? subject.slug;
      const head = part(name, `What ${name} writes, as ${planet.title} follows it`, routes.author(subject.slug), site);
      return { head, entries: site.entriesByAuthor.get(subject.slug) ?? [] };
    }
    case 'feed': {
      const name = feedById.get(subject.id)?.title ?? subject.id;
      const head = part(name, `${name}, as ${planet.title} follows it`, routes.feed(subject.id), site);
      return { head, entries: site.entriesByFeed.get(subject.id) ?? [] };
    }
    default:
      return subject satisfies never;
  }
}

function part(name: string, description: string, path: string, { planet }: Everything): Head {
  return { title: `${name} · ${planet.title}`, description, path };
}

let shared: ReadonlySet<string> | undefined;

function itemsOf(entries: readonly EntryRecord[], site: Everything): Item[] {
  shared ??= sharedIds(site.entries, site.planet.site);
  const ids = shared;
  const body = (entry: EntryRecord) => feedHtml(bodyOf(entry), pageOf(site, { entry }));
  return entries.map((entry) => {
    const shown = show(entry, site);
    return { ...shown, reading: reading(shown, body), sharedId: ids.has(entry.path) };
  });
}
