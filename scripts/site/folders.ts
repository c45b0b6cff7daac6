import { authorListing, feedListing, type Listing } from '../../src/core/listings.ts';
import { DENSITIES, FILE_ROUTES, isByMonth, riverPath, routes } from '../../src/core/paths.ts';
import type { SiteData } from '../../src/data/site-data.ts';
import { outputs } from '../../src/outputs/formats.ts';
import { sitemapsOf } from '../../src/outputs/sitemap.ts';

/**
 * Pages and feeds that are rendered together: those of a month and its days, of the entries of a day, of an author, a feed, a
 * year of either, a language, or the `front`. A new entry changes the pages of the entries before it, which may be in other months.
 */
export interface Folder {
  name: string;
  /** Addresses from the root of the planet. */
  paths: string[];
}

/** All addresses of the site, by folder: months and their entries newest first. */
export function foldersOf(data: SiteData, ownPages: readonly string[]): Folder[] {
  return [
    ...monthFolders(data),
    ...listingFolders(data),
    ...languageFolders(data),
    frontFolder(data, ownPages),
    pictureFolder(data),
  ];
}

function monthFolders({ site, since, counts, monthsInUtc, one }: SiteData): Folder[] {
  const entries = Map.groupBy(site.entries, ({ day }) => day.slice(0, 7));
  const years = [...counts.keys()].filter(({ length }) => length === 4);
  const months = [...entries].flatMap(([month, ofMonth]): Folder[] => {
    const days = isByMonth(month, since) ? [] : [...Map.groupBy(ofMonth, ({ day }) => day)];
    return [
      { name: month.replace('-', '/'), paths: [month, ...days.map(([day]) => day)].map(routes.period) },
      ...days.map(([day, list]) => ({
        name: day.replaceAll('-', '/'),
        paths: list.map(({ path }) => routes.entry(path)),
      })),
    ];
  });
  return [
    // First: all texts of months took 0.2 GB more at 20,000 entries when other pages had filled the memory.
    ...monthsInUtc
      .filter((month) => one.history(month) !== undefined)
      .map((month) => ({ name: `atom/${month}`, paths: [routes.atomArchive(month)] })),
    ...months,
    ...years.map((year) => ({ name: year, paths: [routes.period(year)] })),
  ];
}

function listingFolders(data: SiteData): Folder[] {
  const { site } = data;
  const slugs = site.authors.flatMap(({ slug, formerly }) => [slug, ...formerly]);
  return [
    ...slugs.flatMap((slug) =>
      listingFolder(data, authorListing({ slug }), routes.author(slug), (year) => routes.authorYear(slug, year)),
    ),
    ...site.feeds.flatMap(({ id }) =>
      listingFolder(data, feedListing({ id }), routes.feed(id), (year) => routes.feedYear(id, year)),
    ),
  ];
}

function listingFolder(
  { listings, one }: SiteData,
  listing: Listing,
  page: string,
  pageOf: (year: string) => string,
): Folder[] {
  const isEmpty = listings.get(listing)?.length === 0;
  const feeds = isEmpty ? [] : outputs.map(({ of }) => of(page));
  const years = one.listings(listing)?.data().years ?? [];
  return [
    { name: decodeURI(page).slice(1, -1), paths: [page, ...feeds] },
    ...years.map((year) => ({ name: decodeURI(pageOf(year)).slice(1, -1), paths: [pageOf(year)] })),
  ];
}

function languageFolders({ site }: SiteData): Folder[] {
  return site.planet.languages.map((language) => {
    const page = routes.riverIn(language);
    const rivers = DENSITIES.map((density) => riverPath(language, density));
    return { name: page.slice(1, -1), paths: [...rivers, ...outputs.map(({ of }) => of(page))] };
  });
}

function frontFolder(data: SiteData, ownPages: readonly string[]): Folder {
  const { archive, authors, feeds, search, subscribe, status } = routes;
  const sitemaps = sitemapsOf(data.one.sitemap(ownPages.join()).data());
  const paths = [
    ...DENSITIES.map((density) => riverPath(undefined, density)),
    ...[archive, authors, feeds, search, subscribe, status],
    ...FILE_ROUTES.filter((path) => path !== routes.manifest && !path.includes('[')),
    ...[routes.sitemap, routes.notFound],
    ...outputs.map(({ path }) => path),
    ...ownPages.map(routes.page),
    ...[...data.site.avatars.keys()].map(routes.avatar),
    ...sitemaps.map((_, number) => routes.sitemapPart(number)),
  ];
  return { name: 'front', paths };
}

/** Icons, card and manifest: they change only with the settings, and take longer to make than pages. */
function pictureFolder({ site }: SiteData): Folder {
  const paths = [...[...site.pictures.files.keys()].map(routes.picture), routes.manifest];
  return { name: 'pictures', paths };
}
