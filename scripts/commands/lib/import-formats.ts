import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { OperatorError } from '../../../src/core/operator-error.ts';
import { fileFailure } from '../../snapshot/failure-sentences.ts';
import { decode } from '../../snapshot/parse/decode.ts';
import { readIni } from './import-ini.ts';
import { readOpml } from './import-opml.ts';
import { readMoonmoon, readYamlConfig } from './import-yaml.ts';
import type { Imported } from './imported.ts';

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
  if (/^\.ya?ml$/.test(extension)) return readYamlConfig(text);
  const isIni = /^\s*\[.+\]/m.test(text) || /^\.(?:ini|cfg|conf|config)$/.test(extension);
  return isIni ? readIni(text) : readYamlConfig(text);
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
