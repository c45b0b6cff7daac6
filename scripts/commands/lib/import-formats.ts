import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { OperatorError } from '../../../src/core/operator-error.ts';
import { fileFailure } from '../../snapshot/outcome.ts';
import { decode } from '../../snapshot/parse/decode.ts';
import { RAWDOG, readIni } from './import-ini.ts';
import { losses } from './import-losses.ts';
import { readOpml } from './import-opml.ts';
import { readMoonmoon, readYamlConfig } from './import-yaml.ts';
import type { Imported, ImportedFeed } from './imported.ts';
import { including } from './ini-options.ts';

const READABLE =
  'These can be read: config.ini of Planet Planet and Venus, planet.ini of Pluto, config of rawdog, osmosfeed.yaml, people.opml of moonmoon, perlanetrc, planet.yml of planet.rb, planet.yaml of Orrery, and OPML, which nearly every program that reads feeds can export.';

/** Reads a file of another planet. Throws an `OperatorError` if it cannot be read or names no feed. */
export async function readOther(path: string): Promise<Imported> {
  const { text, isGuess } = await fileText(path);
  const read = readText(text, extname(path).toLowerCase());
  if (typeof read === 'string') throw new OperatorError(`${path}: ${read}.\n${READABLE}`);
  if (isGuess) read.losses.add('not UTF-8, and read as Windows-1252: check the names', basename(path));
  const imported = basename(path) === 'people.opml' ? await withMoonmoon(read, path) : read;
  if (imported.feeds.length > 0) return imported;
  throw new OperatorError([`${path}: it names no feed.`, ...losses(imported), READABLE].join('\n'));
}

/** An encoding as a comment of Python or the declaration of XML names it. */
const ENCODING = /^\s*(?:[#;].*?|<\?xml.*?\sen)coding\s*[:=]\s*["']?\s*([\w.-]+)/m;

/** The text of a file. `isGuess`: nothing says its encoding. */
async function fileText(path: string): Promise<{ text: string; isGuess: boolean }> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(`${path} cannot be read: ${fileFailure(error)}`);
  });
  const head = bytes
    .toString('latin1')
    .split(/\r\n?|\n/, 2)
    .join('\n');
  const label = ENCODING.exec(head)?.[1];
  // UTF-16 begins with one of these bytes.
  const isClear = isUtf8(bytes) || (bytes[0] ?? 0) >= 0xfe;
  return {
    text: decode(bytes, label === undefined ? null : `text/plain; charset=${label}`),
    isGuess: !isClear && (label === undefined || /^utf-?8$/i.test(label)),
  };
}

export function readText(text: string, extension: string): Imported | string {
  if (/^\s*</.test(text)) return readOpml(text);
  if (/^\.ya?ml$/.test(extension)) return readYamlConfig(text);
  const isIni = RAWDOG.test(text) || /^[^\S\r\n]*\[.+\]/m.test(text) || /^\.(?:ini|cfg|conf|config)$/.test(extension);
  return isIni ? readIni(text) : readYamlConfig(text);
}

/** moonmoon's default settings: nobody meant them. */
const UNTOUCHED = new Set(['Untitled', 'http://example.com/']);

/** Adds moonmoon's settings, which are in another file next to its list. The titles in its list are names of people. */
async function withMoonmoon(imported: Imported, path: string): Promise<Imported> {
  const file = join(dirname(path), 'config.yml');
  const text = existsSync(file) ? (await fileText(file)).text : '{}';
  const { page, categories } = readMoonmoon(text, imported.losses);
  const meant = Object.entries(page).filter(([, value]) => !UNTOUCHED.has(value));
  const feeds = imported.feeds.map((feed): ImportedFeed => ({ ...feed, ...(feed.title && { authors: 'feed' }) }));
  const included = including(feeds, categories, 'categories', imported.losses);
  return { ...imported, page: { ...imported.page, ...Object.fromEntries(meant) }, feeds: included };
}
