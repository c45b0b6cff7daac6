import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { mapByName } from '../../../src/core/text.ts';
import { type Failure, type FailureReason, failure } from '../outcome.ts';
import { collect, inBytes } from './limits.ts';

/** `cut`: why these bytes are only the beginning; null for all. */
type Decompressed = { kind: 'unpacked'; bytes: Uint8Array; cut: FailureReason | null } | Failure;

/** A stream that unpacks bytes. A sudden end is an error, unless `toAnyEnd`. */
type Packing = (bytes: Uint8Array, toAnyEnd: boolean) => Transform;

const flushAt = (toAnyEnd: boolean) => (toAnyEnd ? { finishFlush: constants.Z_SYNC_FLUSH } : {});

const GZIP: Packing = (_, toAnyEnd) => createGunzip(flushAt(toAnyEnd));
const PACKINGS = mapByName<Packing>({
  'gzip x-gzip': GZIP,
  br: (_, toAnyEnd) => createBrotliDecompress(toAnyEnd ? { finishFlush: constants.BROTLI_OPERATION_FLUSH } : {}),
  // Many servers leave out the zlib header (https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1.2).
  deflate: (bytes, toAnyEnd) => (hasZlibHeader(bytes) ? createInflate : createInflateRaw)(flushAt(toAnyEnd)),
});

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
  const { unpacked, error } = await unpack(packing(packed, false).end(packed), limit);
  if (error === null) return unpacked;
  // Node refuses bytes behind gzip, such as a line end that PHP prints; browsers and curl ignore them. Gzip ends with the
  // high byte of its length: zero, as no feed has 16 MB. Text behind it has none.
  const end = packing === GZIP ? packed.lastIndexOf(0) + 1 : 0;
  const whole = end > 0 ? await unpack(packing(packed, false).end(packed.subarray(0, end)), limit) : null;
  if (whole?.error === null) return whole.unpacked;
  if (error === 'Z_BUF_ERROR') {
    // An error does not matter here: the bytes are damaged from there on.
    const beginning = await unpack(packing(packed, true).end(packed), limit);
    return { ...beginning.unpacked, cut: { kind: 'encoding', detail: `its ${layer} ends too early` } };
  }
  if (packing === GZIP && !hasGzipHeader(packed)) return badEncoding('it is declared as gzip, and is not gzip');
  return badEncoding(`its ${layer} is damaged`);
}

/** The bytes from a stream: at most `limit`, or those before an error, with its code. */
async function unpack(stream: Transform, limit: number) {
  const chunks: Uint8Array[] = [];
  let [isWhole, error]: [boolean, string | null] = [true, null];
  try {
    isWhole = await collect(stream, limit, chunks);
  } catch (thrown) {
    error = thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null;
    if (error === null) throw thrown;
  }
  const cut: FailureReason | null = isWhole ? null : { kind: 'too-large', what: 'answer', limit: inBytes(limit) };
  return { unpacked: { kind: 'unpacked' as const, bytes: Buffer.concat(chunks), cut }, error };
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
