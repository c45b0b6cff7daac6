import { parse } from 'yaml';
import { presentFields } from '../../snapshot/feed-entry.ts';
import { isObject } from '../../snapshot/parse/json.ts';
import type { Sections } from './config-parser.ts';
import { readSections } from './import-ini.ts';
import { Losses } from './import-losses.ts';
import type { Imported, ImportedFeed, ImportedPage } from './imported.ts';

type Group = Readonly<Record<string, unknown>>;

/** Reads osmosfeed's configuration, or Pluto's older one. A sentence if it is neither. */
export function readYamlConfig(text: string): Imported | string {
  const settings = groupIn(text);
  if (typeof settings === 'string') return settings;
  const { sources } = settings;
  if (!Array.isArray(sources)) return readSections(sectionsOf(settings), new Losses());
  const losses = new Losses();
  const feeds = sources.flatMap((source) => sourceOf(source, losses));
  return { page: pageOf(settings, losses), feeds, losses };
}

/** Reads moonmoon's `config.yml`, which has the settings of its page. Null if the text is something else. */
export function readMoonmoon(text: string): { page: ImportedPage; categories: string[] } | null {
  const group = groupIn(text);
  if (typeof group === 'string' || typeof group['name'] !== 'string') return null;
  const { name, url, locale, items, categories } = group;
  const settings = { title: name, site: textIn(url), language: textIn(locale), entries: textIn(items) };
  const words = textIn(categories)?.split(',') ?? [];
  return { page: presentFields(settings), categories: words.map((word) => word.trim()).filter(Boolean) };
}

function groupIn(text: string): Group | string {
  try {
    const settings: unknown = parse(text, { uniqueKeys: false });
    return isObject(settings) ? settings : 'it has no "key: value" lines';
  } catch (error) {
    return `it is not YAML: ${(error as Error).message.split('\n')[0]}`;
  }
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function sourceOf(source: unknown, losses: Losses): ImportedFeed[] {
  const group: Group = isObject(source) ? source : { href: source };
  const url = textIn(group['href'] ?? group['url'] ?? group['feed']);
  if (url === undefined) {
    losses.add('sources without href', JSON.stringify(source).slice(0, 60));
    return [];
  }
  const title = textIn(group['title'] ?? group['name']) ?? '';
  for (const key of Object.keys(group)) {
    if (!['href', 'url', 'feed', 'title', 'name'].includes(key))
      losses.add(`${key}: a feed has no such setting here`, url);
  }
  return [{ url, title }];
}

/** Pluto's older form, before its INI files: each key is a section, and `feeds` lists them. */
function sectionsOf({ feeds: _list, ...settings }: Group): Sections {
  const top = Object.entries(settings).filter(([, value]) => !isObject(value));
  const groups = Object.entries(settings).flatMap(([name, value]) => (isObject(value) ? [[name, value] as const] : []));
  const sections = [['', Object.fromEntries(top)] as const, ...groups];
  return new Map(sections.map(([name, group]) => [name, optionsOf(group)]));
}

function optionsOf(group: Group): Map<string, string> {
  const texts = Object.entries(group).map(([key, value]) => [key.toLowerCase(), wordsIn(value)] as const);
  return new Map(texts.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

function wordsIn(value: unknown): string | undefined {
  return Array.isArray(value) ? value.flatMap((each) => textIn(each) ?? []).join(', ') : textIn(value);
}

/** Settings of osmosfeed without counterpart (https://github.com/osmoscraft/osmosfeed/blob/master/docs/osmosfeed-yaml-reference.md). */
const NEEDLESS = new Set(['cacheMaxDays', 'githubServerUrl', 'githubRepository', 'githubRunId', 'timezoneOffset']);
const CONVERTED = new Set(['siteTitle', 'title', 'name', 'timezone', 'url', 'cacheUrl', 'sources', 'feeds']);

function pageOf(settings: Group, losses: Losses): ImportedPage {
  const { siteTitle, title, name, timezone, cacheUrl, url } = settings;
  for (const key of Object.keys(settings).filter((each) => !CONVERTED.has(each)))
    losses.add(NEEDLESS.has(key) ? 'no longer needed' : 'unknown settings', key);
  const site = textIn(url) ?? textIn(cacheUrl)?.replace(/cache\.json$/, '');
  return presentFields({ title: textIn(siteTitle ?? title ?? name), timezone: textIn(timezone), site });
}
