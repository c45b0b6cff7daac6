import type { z } from 'astro/zod';
import { parseDocument } from 'yaml';
import { FeedConfig } from '../../../src/core/planet.ts';
import { withDefaults } from '../../../src/core/planet-file.ts';
import { isOnWeb } from '../../../src/core/planet-values.ts';
import { mapByName } from '../../../src/core/text.ts';
import { presentFields } from '../../snapshot/feed-entry.ts';
import { isObject } from '../../snapshot/parse/json.ts';
import { readSections, whyNoPage } from './import-ini.ts';
import { Losses, nameIn, plainAddress, TWICE } from './import-losses.ts';
import { type Imported, type ImportedFeed, type ImportedPage, pageSettings } from './imported.ts';
import { including, type Sections } from './ini-options.ts';

type Group = Readonly<Record<string, unknown>>;

/** Reads the configuration of osmosfeed, Perlanet, planet.rb or Orrery, or Pluto's older one. A sentence if it is none of them. */
export function readYamlConfig(text: string): Imported | string {
  const losses = new Losses();
  const settings = groupIn(text, losses);
  if (typeof settings === 'string') return settings;
  const { sources, feeds, blogs } = withDefaults(settings) as Group;
  const list = [sources, feeds, blogs].find(Array.isArray);
  // In Pluto's list are only names.
  if (list === undefined || (list === feeds && !list.some(isObject))) return readSections(sectionsOf(settings), losses);
  const page = pageOf(settings, losses);
  const read = list.flatMap((source) => sourceOf(source, losses));
  return { page, feeds: including(read, tagsIn(settings), 'whitelisted_tags', losses), losses };
}

/** The tags of planet.rb, of which an entry must have one (https://github.com/pote/planet.rb). */
function tagsIn({ planet }: Group): string[] {
  const tags = isObject(planet) ? planet['whitelisted_tags'] : [];
  return Array.isArray(tags) ? tags.flatMap((tag) => textIn(tag) ?? []) : [];
}

/** Reads moonmoon's `config.yml`: the settings of its page, and the words of which an entry must have one. */
export function readMoonmoon(text: string, losses: Losses): { page: ImportedPage; categories: string[] } {
  const group = groupIn(text, losses);
  if (typeof group === 'string') losses.add('config.yml beside the list was not read', group);
  const { categories, ...settings } = typeof group === 'string' ? {} : group;
  const words = textIn(categories)?.split(',') ?? [];
  return { page: pageOf(settings, losses), categories: words.map((word) => word.trim()).filter(Boolean) };
}

function groupIn(text: string, losses: Losses): Group | string {
  const document = parseDocument(text, { logLevel: 'error' });
  for (const { code, linePos } of document.errors)
    if (code === 'DUPLICATE_KEY') losses.add(TWICE, `line ${linePos?.[0].line}`);
  const error = document.errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  if (error) return `it is not YAML: ${error.message.split('\n')[0]?.replace(/:$/, '')}`;
  try {
    const settings: unknown = document.toJS();
    // A list of feeds, and nothing else.
    if (Array.isArray(settings)) return { sources: settings };
    return isObject(settings) ? settings : 'it has no "key: value" lines';
  } catch (error) {
    // A text that begins with a star is a reference.
    if (!(error instanceof ReferenceError)) throw error;
    return `it is not YAML: ${error.message}`;
  }
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

const READ = new Set(['href', 'feed', 'title', 'name', 'author']);

/** Our names of settings in the lists of Perlanet and planet.rb (https://github.com/pote/planet.rb). All other names are our own. */
const NAMES = mapByName({ 'web url': 'home', image: 'avatar' });

function sourceOf(source: unknown, losses: Losses): ImportedFeed[] {
  const group: Group = isObject(source) ? source : { href: source };
  const address = textIn(group['href'] ?? group['feed'] ?? group['url']);
  if (address === undefined) {
    losses.add('feeds of the list without an address', JSON.stringify(source).slice(0, 60));
    return [];
  }
  const url = plainAddress(address);
  const named = textIn(group['title']) ?? textIn(group['name']);
  const title = nameIn([named, textIn(group['author'])], losses);
  // In planet.rb the name of a blog is that of its author.
  const settings: Record<string, unknown> = named === undefined && group['author'] ? { authors: 'feed' } : {};
  for (const [name, value] of Object.entries(group)) {
    // `withDefaults` pauses a feed that is gone; without "gone" it is read again.
    if (
      READ.has(name) ||
      value === address ||
      value === '' ||
      value === null ||
      (name === 'paused' && group['gone'] === true)
    )
      continue;
    const key = NAMES.get(name) ?? name;
    const read = FEED_SETTINGS.get(key)?.safeParse(value);
    // A picture in the other folder is not in this one.
    if (key === 'avatar' && !isOnWeb(String(value)))
      losses.add('avatar: put the picture into avatars/ and add "avatar" to the feed', title || url);
    else if (read?.success) settings[key] = read.data;
    else losses.add(`${key}: a feed has no such setting here`, title || url);
  }
  return [{ url, title, ...presentFields(settings) }];
}

const FEED_SETTINGS = new Map<string, z.ZodType>(Object.entries(FeedConfig.shape));

/** Pluto's older form, before its INI files: each key is a section, and `feeds` lists them. */
function sectionsOf({ feeds: _list, ...settings }: Group): Sections {
  const groups = Object.entries(settings).flatMap(([name, value]) => (isObject(value) ? [[name, value] as const] : []));
  return new Map([['', settings] as const, ...groups].map(([name, group]) => [name, optionsOf(group)]));
}

function optionsOf(group: Group): Map<string, string> {
  const texts = Object.entries(group).map(([key, value]) => [key.toLowerCase(), wordsIn(value)] as const);
  return new Map(texts.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

function wordsIn(value: unknown): string | undefined {
  return Array.isArray(value) ? value.flatMap((each) => textIn(each) ?? []).join(', ') : textIn(value);
}

function pageOf(
  { sources: _sources, feeds: _feeds, blogs: _blogs, defaults: _defaults, cacheUrl, ...settings }: Group,
  losses: Losses,
): ImportedPage {
  const page: ImportedPage = {};
  for (const [key, value] of Object.entries(settings).flatMap(flattened)) {
    const [setting, text] = [pageSettings.get(key), textIn(value)];
    if (setting !== undefined && text !== undefined) page[setting] ??= text;
    // A setting that is off loses nothing; `tagsIn` reads the tags.
    else if (key !== 'planet.whitelisted_tags' && value) losses.addOfPage(whyNoPage(key), key);
  }
  return presentFields({ site: textIn(cacheUrl)?.replace(/cache\.json$/, ''), ...page });
}

/** Of `owner: { name: Ada }`, `owner.name`. */
function flattened([key, value]: [string, unknown]): [string, unknown][] {
  return isObject(value) ? Object.entries(value).map(([name, inner]) => [`${key}.${name}`, inner]) : [[key, value]];
}
