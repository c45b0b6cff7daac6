import { isDeepStrictEqual } from 'node:util';
import { z } from 'astro/zod';
import { cleanText } from '../../../src/core/clean-text.ts';
import { feedAddressKey } from '../../../src/core/entry-keys.ts';
import { OperatorError } from '../../../src/core/operator-error.ts';
import { FeedConfig, Owner, Planet, River } from '../../../src/core/planet.ts';
import { siteName } from '../../../src/core/site-name.ts';
import { hostOf, withoutUser } from '../../../src/core/web-address.ts';
import { presentFields } from '../../snapshot/feed-entry.ts';
import { decoded } from '../../snapshot/normalise/escaped.ts';
import { type Losses, lineIn, losses, NO_NAME, nameIn, plainAddress } from './import-losses.ts';
import { EXAMPLE_SITE } from './operator-files.ts';
import { type FeedLines, type IdsInUse, newFeedId, withFeeds, yamlText } from './planet-text.ts';

/** The settings of another planet that have a counterpart here, not validated. */
export type Imported = { page: ImportedPage; feeds: ImportedFeed[]; losses: Losses };

/** Our settings, each with its names in the files of other planets. */
const PAGE_SETTINGS = {
  title: ['title', 'name', 'siteTitle', 'xmltitle'],
  description: ['description', 'subtitle', 'xmldescription'],
  site: ['site', 'url', 'link', 'xmllink'],
  idsFrom: ['idsFrom'],
  ownerName: ['owner', 'owner.name', 'owner_name', 'author', 'author.name', 'xmlownername'],
  ownerEmail: ['email', 'owner.email', 'owner_email', 'author.email', 'xmlowneremail'],
  language: ['language', 'locale', 'xmllanguage'],
  timezone: ['timezone'],
  hub: ['hub', 'pubsubhubbub_hub'],
  entries: ['entries', 'items', 'items_per_page', 'maxarticles', 'river.entries'],
  entriesPerFeed: ['entries_per_feed', 'new_feed_items', 'river.entriesPerFeed'],
} as const;

type PageSetting = keyof typeof PAGE_SETTINGS;
export type ImportedPage = Partial<Record<PageSetting, string>>;

/** By their names in the files of other planets. */
export const pageSettings: ReadonlyMap<string, PageSetting> = new Map(
  Object.entries(PAGE_SETTINGS).flatMap(([setting, names]) => names.map((name) => [name, setting as PageSetting])),
);

export interface ImportedFeed extends Partial<Omit<FeedConfig, 'url' | 'title'>> {
  url: string;
  /** Clean; empty if the file has none. */
  title: string;
}

/** The valid feeds for a new planet. Throws an `OperatorError` if there are none. */
export function newFeeds(imported: Imported, file: string, taken: IdsInUse = new Map()): FeedLines[] {
  const feeds = importedFeeds(imported, taken);
  if (feeds.length > 0) return feeds;
  throw new OperatorError([`${file}: no feed in it can be followed.`, ...losses(imported)].join('\n'));
}

/** The valid feeds, each once, with ids of their own. */
export function importedFeeds({ feeds, losses }: Imported, taken: IdsInUse): FeedLines[] {
  const ids = new Map(taken);
  const keys = new Set<string>();
  return feeds.flatMap((feed) => {
    const url = feed.url.trim().replace(/\s/g, '%20');
    if (!/^https?:/i.test(url) || !FeedConfig.shape.url.safeParse(url).success) {
      losses.add('addresses that are not http:// or https://', url);
      return [];
    }
    const where = feed.title || hostOf(url);
    if (withoutUser(url) !== url) {
      losses.add('addresses with a name or password, which are not read', where);
      return [];
    }
    const key = feedAddressKey(url);
    if (keys.has(key)) {
      losses.add('feeds that are listed twice, added once', `${where}: ${url}`);
      return [];
    }
    keys.add(key);
    const lines = linesOf(feed, url, ids, losses);
    ids.set(lines.id, []);
    return [lines];
  });
}

function linesOf(
  { home: givenPage, avatar: givenPicture, ...feed }: ImportedFeed,
  url: string,
  ids: IdsInUse,
  losses: Losses,
): FeedLines {
  // Many lists repeat the address of the feed as its page, or as its name.
  const isFeed = (text: string | undefined) => text !== undefined && feedAddressKey(text) === feedAddressKey(url);
  const named = feed.title !== '' && !isFeed(feed.title);
  const title = named ? feed.title : siteName(url);
  // `planet.yaml` is often public.
  const [page, picture] = [givenPage, givenPicture].map((given) => given && withoutUser(plainAddress(given)));
  if (!named) losses.add(NO_NAME, url);
  // The feed itself names its page.
  const home = FeedConfig.shape.home.safeParse(isFeed(page) ? undefined : page);
  if (!home.success) losses.add('pages of feeds that are not addresses', `${title}: ${page}`);
  const avatar = FeedConfig.shape.avatar.safeParse(picture);
  if (!avatar.success) losses.add('pictures that are not addresses', `${title}: ${picture}`);
  return {
    ...feed,
    id: newFeedId(url, [feed.id ?? '', title, hostOf(url)], ids),
    title,
    url,
    ...presentFields({ home: home.data, avatar: avatar.data }),
  };
}

type ImportedSettings = Partial<
  Pick<
    z.input<typeof Planet>,
    'title' | 'description' | 'site' | 'idsFrom' | 'language' | 'timezone' | 'hub' | 'owner' | 'river'
  >
>;

/** The settings of the other planet that are valid here. Records the others as losses. */
export function importedSettings({ page, losses }: Imported): ImportedSettings {
  const title = nameIn([page.title], losses);
  const valid = (key: keyof ImportedSettings, value: string | undefined) =>
    settingOf(key, value, Planet.shape[key], losses);
  const number = (key: 'entriesPerFeed' | 'entries') =>
    settingOf(key, page[key], z.coerce.number().pipe(River.shape[key].unwrap()), losses);
  const river = { ...number('entriesPerFeed'), ...number('entries') };
  const owner = ownerOf(page, title, losses);
  return {
    ...(title === '' ? {} : { title }),
    ...valid('description', page.description && lineIn(page.description, losses)),
    ...valid('site', withoutUser(page.site?.trim() ?? '').replace(/[?#].*$|(?<=\/)index\.\w+(?=$|[?#])/g, '')),
    ...valid('idsFrom', page.idsFrom),
    ...valid('language', languageOf(page.language)),
    ...valid('timezone', page.timezone?.trim()),
    ...valid('hub', hubOf(page.hub)),
    ...(owner ? { owner } : {}),
    ...(Object.keys(river).length > 0 ? { river } : {}),
  };
}

/** A complete `planet.yaml`. `schema` is the relative path of the JSON Schema; null if there is none near. */
export function planetYaml(
  { title, site, ...settings }: ImportedSettings,
  feeds: readonly FeedLines[],
  { from, schema, losses }: { from: string; schema: string | null; losses: Losses },
): string {
  if (title === undefined) losses.add('no name of the planet: write it as "title"', from);
  if (site === undefined) losses.add('no address of the planet: write it as "site"', from);
  const name = title ?? 'A planet';
  const shared = sharedSettings(feeds);
  const head = {
    title: name,
    description: `New posts from the blogs that ${name} follows`,
    site: site ?? EXAMPLE_SITE,
    ...settings,
    ...(feeds.length > 1 && Object.keys(shared).length > 0 ? { defaults: shared } : {}),
  };
  const first = schema === null ? '' : `# yaml-language-server: $schema=${schema}\n`;
  const notes = `${first}# Converted from ${cleanText(from)} by "npm run planet -- import".\n\n`;
  const edited = withFeeds(`${notes}${yamlText(head)}\n`, feeds);
  if (edited.kind === 'refused') throw new Error(edited.why);
  return edited.text;
}

/** The settings that all feeds have with one value. */
function sharedSettings([first, ...others]: readonly FeedLines[]): object {
  const keys = Object.keys(Planet.shape.defaults.unwrap().shape) as (keyof Planet['defaults'])[];
  const shared = keys.filter((key) => others.every((feed) => isDeepStrictEqual(feed[key], first?.[key])));
  return presentFields(Object.fromEntries(shared.map((key) => [key, first?.[key]])));
}

/** A setting of the other planet as an object; empty if it is missing, or if its value is not valid here. */
export function settingOf(key: string, value: string | undefined, schema: z.ZodType, losses: Losses): object {
  if (value === undefined || value === '') return {};
  const read = schema.safeParse(value);
  if (read.success) return { [key]: read.data };
  losses.add(`values that are not valid as "${key}"`, value);
  return {};
}

function ownerOf(
  { ownerName, ownerEmail }: ImportedPage,
  title: string,
  losses: Losses,
): ImportedSettings['owner'] | null {
  const name = nameIn([ownerName], losses);
  const email = settingOf('email', ownerEmail && decoded(ownerEmail).trim(), Owner.shape.email, losses);
  if (name === '' && Object.keys(email).length === 0) return null;
  return { name: name || title || 'A planet', ...email };
}

/** `en_US.UTF-8` → `en-US`, and of `fr_FR:fr` the first; undefined for `C`. */
function languageOf(locale: string | undefined): string | undefined {
  const language = locale
    ?.trim()
    .replace(/[.@:].*$/, '')
    .replace('_', '-');
  return language === 'C' || language === 'POSIX' ? undefined : language;
}

/** Changes the address of the most common hub to https, which it supports. */
function hubOf(hub: string | undefined): string | undefined {
  return hub?.trim().replace(/^http:\/\/(?=pubsubhubbub\.(?:appspot|superfeedr)\.com)/i, 'https://');
}
