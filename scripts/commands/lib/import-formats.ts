import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { parse } from 'yaml';
import { OperatorError } from '../../../src/core/operator-error.ts';
import { failureSentence, fileFailure } from '../../snapshot/failure-sentences.ts';
import { presentFields } from '../../snapshot/feed-entry.ts';
import { decode } from '../../snapshot/parse/decode.ts';
import { elements, textOf, type XmlElement } from '../../snapshot/parse/feed-tree.ts';
import { isObject } from '../../snapshot/parse/json.ts';
import { parseFeed as parseXml } from '../../snapshot/parse/parse-feed.ts';
import type { Sections } from './config-parser.ts';
import { readIni, readSections } from './import-ini.ts';
import { type Imported, type ImportedFeed, type ImportedPage, Losses } from './imported.ts';

/** Reads a file of another planet. Throws an `OperatorError` if it cannot be read or names no feed. */
export async function readOther(path: string): Promise<Imported> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(`${path} cannot be read: ${fileFailure(error)}`);
  });
  const read = readText(decode(bytes, null), extname(path).toLowerCase());
  if (typeof read === 'string') throw new OperatorError(`${path}: ${read}`);
  const imported = basename(path) === 'people.opml' ? await withMoonmoon(read, path) : read;
  if (imported.feeds.length === 0) throw new OperatorError(`${path}: it names no feed`);
  return imported;
}

export function readText(text: string, extension: string): Imported | string {
  if (/^\s*</.test(text)) return readOpml(text);
  if (/^\.ya?ml$/.test(extension)) return readYaml(text);
  const isIni = /^\s*\[.+\]/m.test(text) || /^\.(?:ini|cfg|conf|config)$/.test(extension);
  return isIni ? readIni(text) : readYaml(text);
}

/** Adds moonmoon's settings, which are in another file next to its list. */
async function withMoonmoon(imported: Imported, path: string): Promise<Imported> {
  const text = await readFile(join(dirname(path), 'config.yml'), 'utf8').catch(() => null);
  const settings = text === null ? null : readMoonmoon(text);
  if (settings === null) return imported;
  const { page, categories } = settings;
  const include = categories.length > 0 ? { include: categories } : {};
  return {
    ...imported,
    page: { ...imported.page, ...page },
    feeds: imported.feeds.map((feed) => ({ ...feed, ...include })),
  };
}

const ROOTS = new Set(['opml', 'body', 'outline']);

/** Reads OPML with outlines at any depth (http://opml.org/spec2.opml), and moonmoon's list. A sentence if it is not XML. */
function readOpml(text: string): Imported | string {
  const parsed = parseXml(text, 'about:blank', ROOTS);
  if (parsed.kind === 'failed') return failureSentence(parsed.reason).replace(/^the answer/, 'it');
  const { root } = parsed.tree;
  if (!ROOTS.has(root.name)) return `its outermost element is <${root.name}>, not <opml>`;
  const losses = new Losses();
  const feeds = outlines(root, []).flatMap(({ outline, within }) => feedOf(outline, within, losses));
  return { page: outlinePage(root, losses), feeds, losses };
}

interface Outline {
  outline: XmlElement;
  /** The headings above it. */
  within: readonly string[];
}

function outlines(element: XmlElement, within: readonly string[]): Outline[] {
  return elements(element).flatMap((child) => {
    if (child.name !== 'outline') return outlines(child, within);
    const heading = child.attributes['xmlurl'] === undefined ? nameOf(child) : '';
    return [{ outline: child, within }, ...outlines(child, heading === '' ? within : [...within, heading])];
  });
}

function nameOf({ attributes }: XmlElement): string {
  // `src/outputs/opml.ts` writes this, so that no reader takes a title for a tag.
  return (attributes['text'] || attributes['title'] || '').replaceAll('<\u2060', '<').trim();
}

function feedOf(outline: XmlElement, within: readonly string[], losses: Losses): ImportedFeed[] {
  const { attributes } = outline;
  const url = (attributes['xmlurl'] ?? (attributes['type'] === 'rss' ? attributes['url'] : undefined))?.trim();
  const title = nameOf(outline);
  if (!url) {
    if (elements(outline).length === 0) losses.add('outlines without the address of a feed', title || '(no text)');
    return [];
  }
  if (within.length > 0) losses.add('headings in the list: this planet has only one list', within.join(' / '));
  if (attributes['category']) losses.add('category: a feed has no such setting here', title || url);
  const home = attributes['htmlurl']?.trim();
  // The titles in moonmoon's list are names of people.
  const authors = attributes['isdown'] !== undefined && title !== '' ? { authors: 'feed' as const } : {};
  return [{ url, title, ...(home ? { home } : {}), ...authors }];
}

const HEAD: Record<string, keyof ImportedPage> = { title: 'title', ownername: 'ownerName' };

function outlinePage(root: XmlElement, losses: Losses): ImportedPage {
  const page: ImportedPage = {};
  const head = elements(root).find(({ name }) => name === 'head');
  for (const element of head ? elements(head) : []) {
    const setting = HEAD[element.name];
    // Feed readers write it; a planet publishes it.
    if (element.name === 'owneremail' && textOf(element) !== '')
      losses.add(
        'e-mail address of the owner: write it as "owner.email" if the planet may publish it',
        textOf(element),
      );
    if (setting !== undefined) page[setting] = textOf(element);
  }
  // moonmoon always writes this.
  if (page.title === 'Untitled') delete page.title;
  return page;
}

type Group = Readonly<Record<string, unknown>>;

/** Reads osmosfeed's configuration, or Pluto's older one. A sentence if it is neither. */
function readYaml(text: string): Imported | string {
  const settings = groupIn(text);
  if (typeof settings === 'string') return settings;
  const { sources } = settings;
  if (!Array.isArray(sources)) return readSections(sectionsOf(settings));
  const losses = new Losses();
  const feeds = sources.flatMap((source) => sourceOf(source, losses));
  return { page: pageOf(settings, losses), feeds, losses };
}

/** Reads moonmoon's `config.yml`, which has the settings of its page. Null if the text is something else. */
function readMoonmoon(text: string): { page: ImportedPage; categories: string[] } | null {
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
