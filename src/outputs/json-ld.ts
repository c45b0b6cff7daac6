import { absolute, routes } from '../lib/routes.ts';
import { headingText, type Shown } from '../lib/shown.ts';
import type { Planet } from '../model/planet.ts';
import { address, changed, languageOf, linkOf, originOf, pageOf } from './view.ts';

/** What a page is, in the words of schema.org: for search engines and other machines. */
export type JsonLd = Readonly<Record<string, unknown>>;

/** The planet: a site that can be searched. */
export function planetLd(planet: Planet): JsonLd {
  const { owner } = planet;
  return {
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    '@id': absolute(planet.site, routes.river),
    url: absolute(planet.site, routes.river),
    name: planet.title,
    description: planet.description,
    inLanguage: planet.language,
    publisher: owner && { '@type': 'Organization', name: owner.name, url: owner.url && address(owner.url) },
    potentialAction: {
      '@type': 'SearchAction',
      target: { '@type': 'EntryPoint', urlTemplate: `${absolute(planet.site, routes.search)}?q={words}` },
      'query-input': 'required name=words',
    },
  };
}

/** An entry's page: a page of the planet about a post that is its author's, and lies where it was first published. */
export function entryLd(planet: Planet, shown: Shown): JsonLd {
  const { entry, authors, title } = shown;
  const view = { planet };
  const origin = originOf(view, shown);
  const original = linkOf(view, shown);
  return {
    '@context': 'https://schema.org',
    '@type': 'WebPage',
    '@id': pageOf(view, shown),
    url: pageOf(view, shown),
    name: headingText(shown),
    isPartOf: { '@type': 'WebSite', '@id': absolute(planet.site, routes.river), name: planet.title },
    isBasedOn: original,
    mainEntity: {
      '@type': 'BlogPosting',
      '@id': original,
      url: original,
      headline: title,
      datePublished: entry.published,
      dateModified: changed(shown),
      inLanguage: languageOf(shown),
      author: authors.map(({ name, url }) => ({
        '@type': 'Person',
        name,
        url: url === null ? undefined : address(url),
      })),
      publisher: { '@type': 'Organization', name: origin.title, url: origin.home },
    },
  };
}

/** As the content of a `<script>`, which no text can end. */
export function printLd(data: JsonLd): string {
  return JSON.stringify(data).toWellFormed().replaceAll('<', '\\u003c');
}
