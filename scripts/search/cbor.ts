/** What we read of Pagefind's index files. */
export type Item = number | string | Item[];

const UNSIGNED = 0;
const NEGATIVE = 1;
const TEXT = 3;
const ARRAY = 4;

interface Head {
  kind: number;
  /** The number itself, or how many bytes or items follow. */
  size: number;
  /** Where what follows begins. */
  next: number;
}

/** Reads one item of CBOR (RFC 8949), of the three kinds that are of use here. Throws at any other. */
export function decode(bytes: Buffer): Item {
  let at = 0;
  const item = (): Item => {
    const { kind, size, next } = headAt(bytes, at);
    at = next;
    switch (kind) {
      case UNSIGNED:
        return size;
      case TEXT: {
        at += size;
        return bytes.toString('utf8', next, at);
      }
      case ARRAY:
        return Array.from({ length: size }, item);
      default:
        throw unknown(kind, next);
    }
  };
  return item();
}

/** Where each item of an array begins that itself begins at a place; and last, where the array ends. Nothing else is read. */
export function placesIn(bytes: Buffer, at: number): number[] {
  const { kind, size, next } = headAt(bytes, at);
  if (kind !== ARRAY) throw unknown(kind, at);
  const places = [next];
  for (let item = 0; item < size; item++) places.push(endOf(bytes, places[item] as number));
  return places;
}

/** Where the item ends that begins at a place. */
function endOf(bytes: Buffer, begin: number): number {
  let at = begin;
  for (let left = 1; left > 0; left--) {
    const { kind, size, next } = headAt(bytes, at);
    at = next;
    if (kind === TEXT) at += size;
    else if (kind === ARRAY) left += size;
    else if (kind !== UNSIGNED && kind !== NEGATIVE) throw unknown(kind, next);
  }
  return at;
}

export function encode(item: Item): Buffer {
  if (typeof item === 'number') return head(UNSIGNED, item);
  if (typeof item === 'string') {
    const text = Buffer.from(item);
    return Buffer.concat([head(TEXT, text.length), text]);
  }
  return encodeArray(item.map(encode));
}

/** An array of items that are encoded already. */
export function encodeArray(items: readonly Buffer[]): Buffer {
  return Buffer.concat([head(ARRAY, items.length), ...items]);
}

function headAt(bytes: Buffer, at: number): Head {
  const first = bytes.readUInt8(at);
  const info = first & 0x1f;
  if (info < 24) return { kind: first >> 5, size: info, next: at + 1 };
  const width = 2 ** (info - 24);
  if (width > 4) throw new Error(`Pagefind wrote a number that is not known here, at byte ${at}`);
  return { kind: first >> 5, size: bytes.readUIntBE(at + 1, width), next: at + 1 + width };
}

function head(kind: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(kind << 5) | size]);
  const power = size < 2 ** 8 ? 0 : size < 2 ** 16 ? 1 : 2;
  const bytes = Buffer.alloc(1 + 2 ** power, (kind << 5) | (24 + power));
  bytes.writeUIntBE(size, 1, 2 ** power);
  return bytes;
}

function unknown(kind: number, at: number): Error {
  return new Error(`Pagefind wrote something that is not known here, of kind ${kind} before byte ${at}`);
}
