import { nativeName } from '../core/language.ts';
import { authorListing, feedListing } from '../core/listings.ts';
import { absolute, isAnchor, routes } from '../core/paths.ts';
import type { PlanetSettings } from '../core/records.ts';
import { bodyForm } from '../core/shown.ts';
import { t } from '../i18n/words.ts';
import { feedHtml } from '../outputs/content.ts';
import { NEWEST, NEWEST_OF_LISTING } from '../outputs/formats.ts';
import { entryPageUrl, type Item, type View } from '../outputs/view.ts';
import { find, getFrame, list } from './queries.ts';

/** The data of an output feed: of the planet, or of the author, feed or language with this folder (`authors/ada`). Undefined if there is none. */
export async function getView(folder: string | undefined): Promise<View | undefined> {
  const { planet } = await getFrame();
  const head = (name: string) => ({ planet, title: t('outputs.title', { name, planet: planet.title }) });
  const [kind, slug = ''] = folder?.split('/') ?? [];
  if (kind === undefined) {
    const items = await itemsOf({ newest: NEWEST }, planet);
    return { ...ofPlanet(planet), items, place: await find('history', 'planet') };
  }
  if (kind === 'in') {
    const language = planet.languages.find((each) => each.toLowerCase() === slug);
    if (language === undefined) return undefined;
    const { description } = planet;
    const items = await itemsOf({ newest: NEWEST, language }, planet);
    return {
      ...head(nativeName(language)),
      kind: 'planet',
      description,
      path: routes.riverIn(language),
      language,
      items,
    };
  }
  if (kind === 'authors') {
    // A former slug has the same entries, so that its subscribers get the new ones.
    const author = await find('authors', slug);
    if (author === undefined) return undefined;
    const { name } = author;
    const description = t('outputs.authorDescription', { name, planet: planet.title });
    const items = await itemsOf({ listing: authorListing({ slug }), newest: NEWEST_OF_LISTING }, planet);
    return { ...head(name), kind: 'author', description, path: routes.author(author.slug), items };
  }
  const feed = kind === 'feeds' ? await find('feeds', slug) : undefined;
  if (feed === undefined) return undefined;
  const description = t('outputs.feedDescription', { name: feed.title, planet: planet.title });
  const items = await itemsOf({ listing: feedListing(feed), newest: NEWEST_OF_LISTING }, planet);
  return { ...head(feed.title), kind: 'feed', description, path: routes.feed(feed.id), items };
}

/** The data of a month (in UTC) in the planet's Atom history; undefined if the month is not in it. */
export async function getMonth(month: string): Promise<View | undefined> {
  const place = await find('history', month);
  if (place === undefined) return undefined;
  const { planet } = await getFrame();
  return { ...ofPlanet(planet), items: await itemsOf({ monthInUtc: month }, planet), place };
}

function ofPlanet(planet: PlanetSettings) {
  return { planet, kind: 'planet', title: planet.title, description: planet.description, path: routes.river } as const;
}

async function itemsOf(filter: Parameters<typeof list>[1], planet: PlanetSettings): Promise<Item[]> {
  return (await list('entries', filter)).map((shown) => ({
    ...shown,
    reading: bodyForm(shown, feedHtml(shown.html, pageWithText(planet, shown))),
  }));
}

/** The page on which places in the text of an entry have their anchors. A redirect to the page of its month would lose them. */
function pageWithText(planet: PlanetSettings, { entry }: Pick<Item, 'entry'>): string {
  if (!isAnchor(entry.day)) return entryPageUrl({ planet }, { entry });
  return absolute(planet.site, routes.period(entry.day.slice(0, 7)));
}
