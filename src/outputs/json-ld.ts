import { absolute, routes } from '../core/paths.ts';
import type { Settings } from '../core/records.ts';
import { beginningOf, type DisplayedEntry, isNote } from '../core/shown.ts';
import { address, entryLink } from './view.ts';

/** What a page is, in the words of schema.org: for search engines and other machines. */
export type JsonLd = Readonly<Record<string, unknown>>;

/** The planet: a site that can be searched. */
export function planetLd(planet: Settings): JsonLd {
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

/** An entry's page: a post that is its author's, and lies where it was first published. The planet claims nothing of it. */
export function entryLd(planet: Settings, shown: DisplayedEntry): JsonLd {
  const { entry, authors, title } = shown;
  return {
    '@context': 'https://schema.org',
    '@type': 'BlogPosting',
    url: entryLink({ planet }, shown),
    headline: isNote(shown) ? undefined : beginningOf(title, HEADLINE),
    datePublished: entry.published,
    dateModified: entry.updated ?? undefined,
    author: authors.map(({ name, url }) => ({
      '@type': 'Person',
      name,
      url: url === null ? undefined : address(url),
    })),
  };
}

/** Characters of a headline that search engines show at the most. */
const HEADLINE = 110;

/** As the content of a `<script>`, which no text can end. */
export function printLd(data: JsonLd): string {
  return JSON.stringify(data).toWellFormed().replaceAll('<', '\\u003c');
}
