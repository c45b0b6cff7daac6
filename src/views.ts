import type { GetStaticPathsResult } from 'astro';
import { NEWEST } from './lib/making.ts';
import { authorShelf, feedShelf } from './lib/parts.ts';
import { routes } from './lib/routes.ts';
import { reading, show } from './lib/shown.ts';
import type { EntryRecord } from './model/site.ts';
import { type Chain, chainOf } from './outputs/archives.ts';
import { feedHtml } from './outputs/content.ts';
import { type Item, pageOf, type View } from './outputs/view.ts';
import { bodyOf, type Everything, getEverything } from './queries.ts';

/** What an output feed is of. */
export type Subject = { of: 'planet' } | { of: 'author'; slug: string } | { of: 'feed'; id: string };

/** The path of every view that has an entry: `[...view]` of the routes. */
export async function viewPaths(): Promise<GetStaticPathsResult> {
  const { authors, feeds, makes } = await getEverything();
  const path = (view: string | undefined, subject: Subject) => ({ params: { view }, props: { subject } });
  return [
    path(undefined, { of: 'planet' }),
    ...authors
      .filter((author) => makes(authorShelf(author)))
      .map(({ slug }) => path(`authors/${slug}`, { of: 'author', slug })),
    ...feeds
      .filter((feed) => feed.entries > 0 && makes(feedShelf(feed)))
      .map(({ id }) => path(`feeds/${id}`, { of: 'feed', id })),
  ];
}

export async function getView(subject: Subject): Promise<View> {
  const site = await getEverything();
  const { head, entries } = viewOf(subject, site);
  return { planet: site.planet, of: subject.of, ...head, items: itemsOf(entries.slice(0, NEWEST), site) };
}

/** The months behind the planet's Atom feed. */
export async function getChain(): Promise<Chain> {
  const { monthsInUtc, newest } = await getEverything();
  return chainOf(monthsInUtc, newest[NEWEST]);
}

/** The planet's entries of a month, in UTC as the archive has them. */
export async function getMonth(month: string): Promise<View> {
  const site = await getEverything();
  const { head } = viewOf({ of: 'planet' }, site);
  return { planet: site.planet, of: 'planet', ...head, items: itemsOf(site.entriesInUtc(month), site) };
}

type Head = Pick<View, 'title' | 'description' | 'path'>;

function viewOf(subject: Subject, site: Everything): { head: Head; entries: readonly EntryRecord[] } {
  const { planet, authorBySlug, feedById } = site;
  switch (subject.of) {
    case 'planet': {
      const head = { title: planet.title, description: planet.description, path: routes.river };
      return { head, entries: site.newest };
    }
    case 'author': {
      const name = authorBySlug.get(subject.slug)?.name ?? subject.slug;
      const head = part(name, `What ${name} writes, as ${planet.title} follows it`, routes.author(subject.slug), site);
      return { head, entries: site.shelf(authorShelf(subject)).newest };
    }
    case 'feed': {
      const name = feedById.get(subject.id)?.title ?? subject.id;
      const head = part(name, `${name}, as ${planet.title} follows it`, routes.feed(subject.id), site);
      return { head, entries: site.shelf(feedShelf(subject)).newest };
    }
    default:
      return subject satisfies never;
  }
}

function part(name: string, description: string, path: string, { planet }: Everything): Head {
  return { title: `${name} · ${planet.title}`, description, path };
}

function itemsOf(entries: readonly EntryRecord[], site: Everything): Item[] {
  const body = (entry: EntryRecord) => feedHtml(bodyOf(entry), pageOf(site, { entry }));
  return entries.map((entry) => {
    const shown = show(entry, site);
    return { ...shown, reading: reading(shown, body), sharedId: entry.sharedId };
  });
}
