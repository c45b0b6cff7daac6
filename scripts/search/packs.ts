import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packOf, writePack } from '../../src/lib/search-packs.ts';
import { filesOf } from './place.ts';

/** Puts the fragments of an index into packs, a file each. */
export async function pack(folder: string): Promise<void> {
  const fragments = (await filesOf(folder)).flatMap((path) => {
    const at = packOf(path.replaceAll('\\', '/'));
    return at === null ? [] : [{ path, ...at }];
  });
  for (const [name, list] of Map.groupBy(fragments, (fragment) => fragment.pack)) {
    const inOrder = list.sort((a, b) => (a.name < b.name ? -1 : 1));
    const bytes = new Map<string, Uint8Array>();
    for (const each of inOrder) bytes.set(each.name, await readFile(join(folder, each.path)));
    await writeFile(join(folder, name), writePack(bytes));
    for (const { path } of list) await rm(join(folder, path));
  }
}
