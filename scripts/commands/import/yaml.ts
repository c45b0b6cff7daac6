import { parse } from 'yaml';
import { type Imported, type ImportedFeed, Losses, type Page } from './imported.ts';

type Group = Record<string, unknown>;

/** osmosfeed's configuration; Pluto's older one too. A sentence where it is neither. */
export function readYaml(text: string): Imported | string {
  const said = groupIn(text);
  if (typeof said === 'string') return said;
  const losses = new Losses();
  const sources = Array.isArray(said['sources']) ? said['sources'] : null;
  const feeds = sources ? sources.flatMap((source) => sourceOf(source, losses)) : keyedFeeds(said, losses);
  return { page: pageOf(said, losses), feeds, losses };
}

/** moonmoon keeps in `config.yml`, beside its list, what its page is called. Null where the text is no such thing. */
export function readMoonmoon(text: string): { page: Page; categories: string[] } | null {
  const said = groupIn(text);
  if (typeof said === 'string' || typeof said['name'] !== 'string') return null;
  const { name, url, locale, items, categories } = said;
  const settings = { title: name, site: textIn(url), language: textIn(locale), entries: textIn(items) };
  const words = textIn(categories)?.split(',') ?? [];
  return { page: told(settings), categories: words.map((word) => word.trim()).filter(Boolean) };
}

function groupIn(text: string): Group | string {
  try {
    const said: unknown = parse(text, { uniqueKeys: false });
    return isGroup(said) ? said : 'it is no group of "key: value" lines';
  } catch (error) {
    return `it is not YAML: ${(error as Error).message.split('\n')[0]}`;
  }
}

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function told(settings: Record<string, string | undefined>): Page {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function sourceOf(source: unknown, losses: Losses): ImportedFeed[] {
  const group: Group = isGroup(source) ? source : { href: source };
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

/** Pluto before its INI files: the feeds are groups by their keys. */
function keyedFeeds(said: Group, losses: Losses): ImportedFeed[] {
  return Object.values(said).flatMap((group) => {
    if (!isGroup(group)) return [];
    const url = textIn(group['feed_url'] ?? group['feed']);
    const home = textIn(group['url'] ?? group['link']);
    return url === undefined
      ? []
      : sourceOf({ url, title: group['title'] }, losses).map((feed) => ({ ...feed, ...(home ? { home } : {}) }));
  });
}

/** Of an osmosfeed's settings those that are its own affair. */
const NEEDLESS = new Set(['cacheMaxDays', 'githubServerUrl', 'githubRunId', 'cacheUrl', 'sources', 'feeds']);

function pageOf(said: Group, losses: Losses): Page {
  const { siteTitle, title, name, timezone, cacheUrl, url } = said;
  for (const [key, value] of Object.entries(said)) {
    const known =
      ['siteTitle', 'title', 'name', 'timezone', 'url'].includes(key) || NEEDLESS.has(key) || isGroup(value);
    if (!known) losses.add('settings that nothing is known of', key);
  }
  const site = textIn(url) ?? textIn(cacheUrl)?.replace(/cache\.json$/, '');
  return told({ title: textIn(siteTitle ?? title ?? name), timezone: textIn(timezone), site });
}
