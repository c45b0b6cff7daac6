import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { decode } from '../../snapshot/decode.ts';
import type { Imported } from './imported.ts';
import { readIni } from './ini.ts';
import { readOpml } from './opml.ts';
import { readMoonmoon, readYaml } from './yaml.ts';

/** What a file of another planet says, or a sentence why it says nothing. */
export async function readOther(path: string): Promise<Imported | string> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => error);
  if (bytes instanceof Error)
    return `${path} cannot be read: ${bytes.code === 'ENOENT' ? 'there is no such file' : bytes.code}`;
  const read = readText(decode(bytes, null), extname(path).toLowerCase());
  if (typeof read === 'string') return `${path}: ${read}`;
  const imported = basename(path) === 'people.opml' ? await withMoonmoon(read, path) : read;
  return imported.feeds.length > 0 ? imported : `${path}: it names no feed`;
}

export function readText(text: string, extension: string): Imported | string {
  if (/^\s*</.test(text)) return readOpml(text);
  if (/^\.ya?ml$/.test(extension)) return readYaml(text);
  const isIni = /^\s*\[.+\]/m.test(text) || /^\.(?:ini|cfg|conf|config)$/.test(extension);
  return isIni ? readIni(text) : readYaml(text);
}

/** moonmoon's settings lie beside its list. */
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
