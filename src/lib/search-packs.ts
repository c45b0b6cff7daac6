/**
 * Pagefind writes a file for each entry that can be found. Where files are few, those of a bundle lie in packs: all whose names
 * begin alike in one, so that a name tells its pack. A pack is a line of JSON, `{"en_0a1b2c3": [0, 812], …}`: where each lies
 * in the bytes after that line, and how many they are.
 */

/** Names are hashes: six bits of them make 64 packs, of sixteen entries each in a full bundle. */
const packDigits = (hash: string) => (Number.parseInt(hash.slice(0, 2), 16) & 0xfc).toString(16).padStart(2, '0');
const FRAGMENT = /^(.*\/)?([a-z-]+_[0-9a-f]+)\.pf_fragment$/i;
const NEW_LINE = 0x0a;

type Places = Record<string, [offset: number, length: number]>;

/** Where a fragment lies, by its path or address; null for any other file. */
export function packOf(path: string): { pack: string; name: string } | null {
  const [, folder = '', name] = FRAGMENT.exec(path) ?? [];
  if (name === undefined) return null;
  const from = name.indexOf('_') + 1;
  return { pack: `${folder}${name.slice(0, from)}${packDigits(name.slice(from))}.pf_pack`, name };
}

export function writePack(fragments: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const places: Places = {};
  let offset = 0;
  for (const [name, bytes] of fragments) {
    places[name] = [offset, bytes.length];
    offset += bytes.length;
  }
  const head = new TextEncoder().encode(`${JSON.stringify(places)}\n`);
  const pack = new Uint8Array(head.length + offset);
  pack.set(head);
  let at = head.length;
  for (const bytes of fragments.values()) {
    pack.set(bytes, at);
    at += bytes.length;
  }
  return pack;
}

/** One fragment of a pack. Throws where the pack has none of that name: then it is not what was written. */
export function readPack(pack: Uint8Array<ArrayBuffer>, name: string): Uint8Array<ArrayBuffer> {
  const end = pack.indexOf(NEW_LINE);
  const places: Places = JSON.parse(new TextDecoder().decode(pack.subarray(0, end)));
  const place = places[name];
  if (place === undefined) throw new Error(`The pack has no ${name}`);
  const from = end + 1 + place[0];
  return pack.subarray(from, from + place[1]);
}
