import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { type Failure, type FailureReason, failure } from '../outcome.ts';
import { collect, inBytes } from './limits.ts';

/** `cut`: why these bytes are only the beginning; null for all. */
type Decompressed = { kind: 'unpacked'; bytes: Uint8Array; cut: FailureReason | null } | Failure;

/** A stream that unpacks bytes. A sudden end is an error, unless `toAnyEnd`. */
type Packing = (bytes: Uint8Array, toAnyEnd: boolean) => Transform;

const flushAt = (toAnyEnd: boolean) => (toAnyEnd ? { finishFlush: constants.Z_SYNC_FLUSH } : {});

const GZIP: Packing = (_, toAnyEnd) => createGunzip(flushAt(toAnyEnd));
const PACKINGS: ReadonlyMap<string, Packing> = new Map<string, Packing>([
  ['gzip', GZIP],
  ['x-gzip', GZIP],
  ['br', (_, toAnyEnd) => createBrotliDecompress(toAnyEnd ? { finishFlush: constants.BROTLI_OPERATION_FLUSH } : {})],
  // Many servers leave out the zlib header (https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1.2).
  ['deflate', (bytes, toAnyEnd) => (hasZlibHeader(bytes) ? createInflate : createInflateRaw)(flushAt(toAnyEnd))],
]);

/** The most layers of packing: no honest server uses more. */
const MOST_LAYERS = 3;

/** Unpacks an answer: the layers of `Content-Encoding`, last first, and gzip without a declaration. */
export async function decompress(
  packed: Uint8Array,
  contentEncoding: string | null,
  limit: number,
): Promise<Decompressed> {
  const layers = (contentEncoding ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity')
    .reverse();
  if (layers.length > MOST_LAYERS) return badEncoding(`it declares ${layers.length} layers of packing`);
  const unknown = layers.find((layer) => !PACKINGS.has(layer));
  let bytes = packed;
  let cut: FailureReason | null = null;
  for (const layer of layers) {
    const packing = PACKINGS.get(layer);
    if (!packing || (bytes !== packed && packing === GZIP && isPlain(bytes))) continue;
    const unpacked = await unpackLayer(bytes, layer, packing, limit);
    if (unpacked.kind === 'failed')
      return unknown !== undefined && unpacked.reason.kind === 'encoding' ? unrequested(unknown) : unpacked;
    bytes = unpacked.bytes;
    cut ??= unpacked.cut;
  }
  // “aws-chunked”, “UTF-8”, “none”: some servers send these names with bytes that are not packed.
  if (unknown !== undefined && !isPlain(bytes) && !hasGzipHeader(bytes)) return unrequested(unknown);
  if (!hasGzipHeader(bytes)) return { kind: 'unpacked', bytes, cut };
  const unpacked = await unpackLayer(bytes, 'gzip', GZIP, limit);
  if (unpacked.kind === 'failed') return unpacked;
  if (hasGzipHeader(unpacked.bytes)) return badEncoding('it is gzip inside gzip');
  return { ...unpacked, cut: cut ?? unpacked.cut };
}

/** `limit`: the most bytes that may come out. */
async function unpackLayer(packed: Uint8Array, layer: string, packing: Packing, limit: number): Promise<Decompressed> {
  if (packed.length === 0) return { kind: 'unpacked', bytes: packed, cut: null };
  let chunks: Uint8Array[] = [];
  const unpack = async (bytes: Uint8Array, toAnyEnd = false): Promise<Decompressed> => {
    chunks = [];
    const isWhole = await collect(packing(bytes, toAnyEnd).end(bytes), limit, chunks);
    const cut: FailureReason | null = isWhole ? null : { kind: 'too-large', what: 'answer', limit: inBytes(limit) };
    return { kind: 'unpacked', bytes: Buffer.concat(chunks), cut };
  };
  try {
    return await unpack(packed);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (typeof code !== 'string') throw error;
    // Node refuses bytes behind gzip, such as a line end that PHP prints; browsers and curl ignore them. Gzip ends with the
    // high byte of its length: zero, as no feed has 16 MB. Text behind it has none.
    const end = packing === GZIP ? packed.lastIndexOf(0) + 1 : 0;
    const whole = end > 0 ? await unpack(packed.subarray(0, end)).catch(() => null) : null;
    if (whole !== null) return whole;
    if (code === 'Z_BUF_ERROR') {
      // An error does not matter here: the bytes are damaged from there on.
      await unpack(packed, true).catch(() => {});
      const cut = { kind: 'encoding', detail: `its ${layer} ends too early` } as const;
      return { kind: 'unpacked', bytes: Buffer.concat(chunks), cut };
    }
    if (packing === GZIP && !hasGzipHeader(packed)) return badEncoding('it is declared as gzip, and is not gzip');
    return badEncoding(`its ${layer} is damaged`);
  }
}

function badEncoding(detail: string): Failure {
  return failure({ kind: 'encoding', detail });
}

function unrequested(layer: string): Failure {
  return badEncoding(`it is packed as “${layer.slice(0, 40)}”, and we did not request that`);
}

/** Whether bytes begin like XML or JSON, in any encoding; also true for no bytes. */
function isPlain(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  return /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\0\s]*(?:[<{]|$)/.test(start);
}

function hasGzipHeader([first, second, third]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b && third === 0x08;
}

/** Method 8, and both bytes as one number are a multiple of 31 (https://www.rfc-editor.org/rfc/rfc1950#section-2.2). */
function hasZlibHeader([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}
