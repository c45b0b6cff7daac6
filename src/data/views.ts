import { ownName } from '../core/language.ts';
import { authorListing, feedListing } from '../core/listings.ts';
import { routes } from '../core/paths.ts';
import type { Settings } from '../core/records.ts';
import { type DisplayedEntry, reading } from '../core/shown.ts';
import { t } from '../i18n/words.ts';
import { feedHtml } from '../outputs/content.ts';
import { NEWEST, NEWEST_OF_LISTING } from '../outputs/formats.ts';
import { entryPageUrl, type Item, type View } from '../outputs/view.ts';
import { find, getFrame, list } from './queries.ts';

/** The data of an output feed: of the planet, or of the author, feed or language with this folder (`authors/ada`). Undefined if there is none. */
export async function getView(folder: string | undefined): Promise<View | undefined> {
  const { planet } = await getFrame();
  const of = (name: string, description: string, path: string) => ({
    planet,
    title: t('outputs.title', { name, planet: planet.title }),
    description,
    path,
  });
  const [kind, slug = ''] = folder?.split('/') ?? [];
  if (kind === undefined) {
    const items = itemsOf(await list('entries', { newest: NEWEST }), planet);
    return { ...ofPlanet(planet), items, place: await find('history', 'planet') };
  }
  if (kind === 'authors') {
    // A former slug has the same entries, so that its subscribers get the new ones.
    const author = await find('authors', slug);
    if (author === undefined) return undefined;
    const entries = await list('entries', { listing: authorListing({ slug }), newest: NEWEST_OF_LISTING });
    const head = of(
      author.name,
      t('outputs.authorDescription', { name: author.name, planet: planet.title }),
      routes.author(author.slug),
    );
    return { ...head, of: 'author', items: itemsOf(entries, planet) };
  }
  if (kind === 'in') {
    const language = planet.languages.find((each) => each.toLowerCase() === slug);
    if (language === undefined) return undefined;
    const entries = await list('entries', { newest: NEWEST, language });
    const head = of(ownName(language), planet.description, routes.riverIn(language));
    return { ...head, of: 'planet', language, items: itemsOf(entries, planet) };
  }
  const feed = kind === 'feeds' ? await find('feeds', slug) : undefined;
  if (feed === undefined) return undefined;
  const entries = await list('entries', { listing: feedListing(feed), newest: NEWEST_OF_LISTING });
  const description = t('outputs.feedDescription', { name: feed.title, planet: planet.title });
  return { ...of(feed.title, description, routes.feed(feed.id)), of: 'feed', items: itemsOf(entries, planet) };
}

/** The data of a month (in UTC) in the planet's Atom history; undefined if the month is not in it. */
export async function getMonth(month: string): Promise<View | undefined> {
  const place = await find('history', month);
  if (place === undefined) return undefined;
  const { planet } = await getFrame();
  return { ...ofPlanet(planet), items: itemsOf(await list('entries', { monthInUtc: month }), planet), place };
}

function ofPlanet(planet: Settings) {
  return { planet, of: 'planet', title: planet.title, description: planet.description, path: routes.river } as const;
}

function itemsOf(entries: readonly DisplayedEntry[], planet: Settings): Item[] {
  return entries.map((shown) => ({
    ...shown,
    reading: reading(shown, (html) => feedHtml(html, entryPageUrl({ planet }, shown))),
    sharedId: shown.entry.sharedId,
  }));
}
