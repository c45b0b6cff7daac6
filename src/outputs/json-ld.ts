import { absolute, routes } from '../core/paths.ts';
import type { PlanetSettings } from '../core/records.ts';
import { type DisplayedEntry, isNote } from '../core/shown.ts';
import { entryLink, toUri } from './view.ts';

export type JsonLd = Readonly<Record<string, unknown>>;

export function planetLd(planet: PlanetSettings): JsonLd {
  const { owner } = planet;
  return {
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    '@id': absolute(planet.site, routes.river),
    url: absolute(planet.site, routes.river),
    name: planet.title,
    description: planet.description,
    inLanguage: planet.language,
    publisher: owner && { '@type': 'Organization', name: owner.name, url: owner.url && toUri(owner.url) },
    potentialAction: {
      '@type': 'SearchAction',
      target: { '@type': 'EntryPoint', urlTemplate: `${absolute(planet.site, routes.search)}?q={words}` },
      'query-input': 'required name=words',
    },
  };
}

/** An entry's page: a post of its author, published at its original address. The planet is not its publisher. */
export function entryLd(planet: PlanetSettings, shown: DisplayedEntry): JsonLd {
  const { entry, authors, title } = shown;
  return {
    '@context': 'https://schema.org',
    '@type': 'BlogPosting',
    url: entryLink({ planet }, shown),
    headline: isNote(shown) ? undefined : title,
    datePublished: entry.published,
    dateModified: entry.updated ?? undefined,
    author: authors.map(({ name, url }) => ({ '@type': 'Person', name, url: url === null ? undefined : toUri(url) })),
  };
}

/** JSON for a `<script>`, escaped so that no text can end the element. */
export function printLd(data: JsonLd): string {
  return JSON.stringify(data).toWellFormed().replaceAll('<', '\\u003c');
}
