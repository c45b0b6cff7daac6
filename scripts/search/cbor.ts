/** What Pagefind's index files are made of. */
export type Item = number | string | Item[];

const UNSIGNED = 0;
const TEXT = 3;
const ARRAY = 4;

/** Reads one item of CBOR (RFC 8949), of the three kinds that Pagefind writes. Throws at any other. */
export function decode(bytes: Buffer): Item {
  let at = 0;
  const head = (): { kind: number; size: number } => {
    const first = bytes.readUInt8(at++);
    const info = first & 0x1f;
    if (info < 24) return { kind: first >> 5, size: info };
    const width = 2 ** (info - 24);
    if (width > 4) throw new Error(`Pagefind wrote a number that is not known here, at byte ${at - 1}`);
    const size = bytes.readUIntBE(at, width);
    at += width;
    return { kind: first >> 5, size };
  };
  const item = (): Item => {
    const { kind, size } = head();
    switch (kind) {
      case UNSIGNED:
        return size;
      case TEXT: {
        at += size;
        return bytes.toString('utf8', at - size, at);
      }
      case ARRAY:
        return Array.from({ length: size }, item);
      default:
        throw new Error(`Pagefind wrote something that is not known here, of kind ${kind} before byte ${at}`);
    }
  };
  return item();
}

export function encode(item: Item): Buffer {
  if (typeof item === 'number') return head(UNSIGNED, item);
  if (typeof item === 'string') {
    const text = Buffer.from(item);
    return Buffer.concat([head(TEXT, text.length), text]);
  }
  return Buffer.concat([head(ARRAY, item.length), ...item.map(encode)]);
}

function head(kind: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(kind << 5) | size]);
  const power = size < 2 ** 8 ? 0 : size < 2 ** 16 ? 1 : 2;
  const bytes = Buffer.alloc(1 + 2 ** power, (kind << 5) | (24 + power));
  bytes.writeUIntBE(size, 1, 2 ** power);
  return bytes;
}
