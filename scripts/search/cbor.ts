/** What we read and write of Pagefind's index files. */
export type Item = number | string | Item[];

const UNSIGNED = 0;
const NEGATIVE = 1;
const TEXT = 3;
const ARRAY = 4;

/** Reads one item of CBOR (RFC 8949), of the kinds that are of use here. Throws at any other. */
export function decode(bytes: Buffer): Item {
  let at = 0;
  const item = (): Item => {
    const first = bytes.readUInt8(at++);
    let size = first & 0x1f;
    if (size >= 24) {
      const width = 2 ** (size - 24);
      if (width > 4) throw new Error(`Pagefind wrote a number that is not known here, before byte ${at}`);
      size = bytes.readUIntBE(at, width);
      at += width;
    }
    switch (first >> 5) {
      case UNSIGNED:
        return size;
      case NEGATIVE:
        return -1 - size;
      case TEXT:
        at += size;
        return bytes.toString('utf8', at - size, at);
      case ARRAY:
        return Array.from({ length: size }, item);
      default:
        throw new Error(`Pagefind wrote something that is not known here, before byte ${at}`);
    }
  };
  return item();
}

export function encode(item: Item): Buffer {
  const bytes: number[] = [];
  const head = (kind: number, size: number) => {
    const width = size < 24 ? 0 : size < 2 ** 8 ? 1 : size < 2 ** 16 ? 2 : 4;
    bytes.push((kind << 5) | (width === 0 ? size : 24 + Math.log2(width)));
    for (let byte = width - 1; byte >= 0; byte--) bytes.push(Math.floor(size / 2 ** (8 * byte)) & 0xff);
  };
  const write = (item: Item) => {
    if (typeof item === 'number') {
      head(item < 0 ? NEGATIVE : UNSIGNED, item < 0 ? -1 - item : item);
    } else if (typeof item === 'string') {
      const text = Buffer.from(item);
      head(TEXT, text.length);
      for (const byte of text) bytes.push(byte);
    } else {
      head(ARRAY, item.length);
      for (const each of item) write(each);
    }
  };
  write(item);
  return Buffer.from(bytes);
}

/** An array of items that are encoded already. */
export function encodeArray(items: readonly Buffer[]): Buffer {
  const { length } = items;
  const head = Buffer.alloc(5, (ARRAY << 5) | 26);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, ...items]);
}
