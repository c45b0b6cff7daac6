export type CborItem = number | string | CborItem[];

const UNSIGNED = 0;
const NEGATIVE = 1;
const TEXT = 3;
const ARRAY = 4;

/** Reads heads of items in CBOR (https://www.rfc-editor.org/rfc/rfc8949) one after the other. */
class Reader {
  at = 0;
  kind = 0;

  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Reads a head and returns its number: a value, or a size in bytes or items. Throws at forms that Pagefind 1.6 does not write. */
  head(): number {
    const first = this.#bytes[this.at++];
    if (first === undefined) throw new Error('Pagefind wrote an index that ends too early');
    this.kind = first >> 5;
    const size = first & 0x1f;
    if (size < 24) return size;
    // `2 ** …` and `readUIntBE` took half of the time for reading an index.
    const width = 1 << (size - 24);
    if (width > 4) throw new Error(`Pagefind wrote an unknown form of number, before byte ${this.at}`);
    let number = 0;
    for (const end = this.at + width; this.at < end; this.at++) number = number * 256 + (this.#bytes[this.at] ?? 0);
    return number;
  }

  text(size: number, encoding: 'utf8' | 'latin1' = 'utf8'): string {
    this.at += size;
    return this.#bytes.toString(encoding, this.at - size, this.at);
  }
}

/** Reads one item. Throws at kinds that Pagefind 1.6 does not write. */
export function decodeCbor(bytes: Buffer): CborItem {
  const reader = new Reader(bytes);
  const item = (): CborItem => {
    const size = reader.head();
    switch (reader.kind) {
      case UNSIGNED:
        return size;
      case NEGATIVE:
        return -1 - size;
      case TEXT:
        return reader.text(size);
      case ARRAY: {
        // `Array.from` with a function takes twice as long.
        const items: CborItem[] = [];
        for (let left = size; left > 0; left--) items.push(item());
        return items;
      }
      default:
        throw new Error(`Pagefind wrote an unknown kind of item, before byte ${reader.at}`);
    }
  };
  return item();
}

/**
 * The words of a chunk (`putChunks`), one at a time, each as a string of its UTF-8 bytes, which sorts as they do, with its pages in
 * ascending order: twice their numbers, and one more if the field with this `mark` has the word. Decoding their places too took
 * 5 s at 5,000 entries.
 */
export function* wordsIn(chunk: Buffer, mark: number) {
  const reader = new Reader(chunk);
  const skip = () => {
    for (let left = reader.head(); left > 0; left--) reader.head();
  };
  reader.head();
  for (let words = reader.head(); words > 0; words--) {
    reader.head();
    const word = reader.text(reader.head(), 'latin1');
    const pages: number[] = [];
    let page = 0;
    for (let left = reader.head(); left > 0; left--) {
      // The head of the page, its distance from the page before, its places in the text, its places in the fields.
      reader.head();
      page += reader.head();
      skip();
      let isInField = 0;
      for (let places = reader.head(); places > 0; places--) {
        const size = reader.head();
        if (reader.kind === NEGATIVE && -1 - size === mark) isInField = 1;
      }
      pages.push(2 * page + isInField);
    }
    skip();
    yield { word, pages };
  }
}

/** What can be written: bytes are an item that is encoded already. */
type Encodable = number | string | Uint8Array | readonly Encodable[];

/** Writes items in CBOR one after the other into one memory: the arrays and buffers of each took a tenth of the time of an index. */
export class CborWriter {
  #bytes = Buffer.allocUnsafe(1024);
  #at = 0;

  encode(item: Encodable): Buffer {
    const start = this.#at;
    this.#item(item);
    return this.#bytes.subarray(start, this.#at);
  }

  #item(item: Encodable): void {
    if (typeof item === 'number') {
      this.#head(item < 0 ? NEGATIVE : UNSIGNED, item < 0 ? -1 - item : item);
    } else if (typeof item === 'string') {
      const size = Buffer.byteLength(item);
      this.#head(TEXT, size);
      this.#grow(size);
      this.#at += this.#bytes.write(item, this.#at);
    } else if (item instanceof Uint8Array) {
      this.#grow(item.length);
      this.#bytes.set(item, this.#at);
      this.#at += item.length;
    } else {
      this.#head(ARRAY, item.length);
      for (const each of item) this.#item(each);
    }
  }

  #head(kind: number, size: number): void {
    this.#grow(5);
    const width = size < 24 ? 0 : size < 2 ** 8 ? 1 : size < 2 ** 16 ? 2 : 4;
    this.#bytes[this.#at++] = (kind << 5) | (width === 0 ? size : 24 + (width >> 1));
    for (let byte = width - 1; byte >= 0; byte--) this.#bytes[this.#at++] = size >>> (8 * byte);
  }

  #grow(by: number): void {
    if (this.#at + by > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], 2 * (this.#at + by));
  }
}

export function encodeCbor(item: Encodable): Buffer {
  return new CborWriter().encode(item);
}

export function asList(item: CborItem | undefined): CborItem[] {
  if (!Array.isArray(item)) throw new Error('Pagefind wrote an index of an unknown form');
  return item;
}
