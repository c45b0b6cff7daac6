import type { Transform } from 'node:stream';
import { promisify } from 'node:util';
import {
  brotliDecompress,
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  gunzip,
  inflate,
  inflateRaw,
  type ZlibOptions,
} from 'node:zlib';
import { type Failure, type FailureReason, failure } from '../outcome.ts';
import { collect, inBytes } from './limits.ts';

/** `cut`: why these bytes are only the beginning; null for all. */
export type Decompressed = { kind: 'unpacked'; bytes: Uint8Array; cut: FailureReason | null } | Failure;
type Unpacker = (bytes: Uint8Array, options: ZlibOptions) => Promise<Uint8Array>;

interface Packing {
  unpack: Unpacker;
  /** Gives what there is before a sudden end. */
  stream: (bytes: Uint8Array) => Transform;
}

const gunzipWhole: Unpacker = promisify<Uint8Array, ZlibOptions, Uint8Array>(gunzip);
const unzlib: Unpacker = promisify<Uint8Array, ZlibOptions, Uint8Array>(inflate);
const unzlibRaw: Unpacker = promisify<Uint8Array, ZlibOptions, Uint8Array>(inflateRaw);

const AT_ANY_END = { finishFlush: constants.Z_SYNC_FLUSH };

/** Node refuses bytes behind gzip, such as a line end that PHP prints; browsers and curl ignore them. */
const ungzip: Unpacker = (bytes, options) =>
  gunzipWhole(bytes, options).catch((error) => {
    if (error.code === 'ERR_BUFFER_TOO_LARGE') throw error;
    // Gzip ends with the high byte of its length: zero, as no feed has 16 MB. Text behind it has none.
    const whole = bytes.subarray(0, bytes.lastIndexOf(0) + 1);
    return gunzipWhole(whole, options).catch(() => {
      throw error;
    });
  });

const GZIP: Packing = {
  unpack: ungzip,
  stream: () => createGunzip(AT_ANY_END),
};
const BROTLI: Packing = {
  unpack: promisify<Uint8Array, ZlibOptions, Uint8Array>(brotliDecompress),
  stream: () => createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }),
};
/** Many servers leave out the zlib header (https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1.2). */
const DEFLATE: Packing = {
  unpack: (bytes, options) => (hasZlibHeader(bytes) ? unzlib : unzlibRaw)(bytes, options),
  stream: (bytes) => (hasZlibHeader(bytes) ? createInflate : createInflateRaw)(AT_ANY_END),
};

const PACKINGS: ReadonlyMap<string, Packing> = new Map([
  ['gzip', GZIP],
  ['x-gzip', GZIP],
  ['br', BROTLI],
  ['deflate', DEFLATE],
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
    if (!packing || (bytes !== packed && layer.endsWith('gzip') && isPlain(bytes))) continue;
    const unpacked = await unpackLayer(bytes, { layer, packing, limit });
    if (unpacked.kind === 'failed')
      return unknown !== undefined && unpacked.reason.kind === 'encoding' ? unrequested(unknown) : unpacked;
    bytes = unpacked.bytes;
    cut ??= unpacked.cut;
  }
  // “aws-chunked”, “UTF-8”, “none”: some servers send these names with bytes that are not packed.
  if (unknown !== undefined && !isPlain(bytes) && !hasGzipHeader(bytes)) return unrequested(unknown);
  if (!hasGzipHeader(bytes)) return { kind: 'unpacked', bytes, cut };
  const unpacked = await unpackLayer(bytes, { layer: 'gzip', packing: GZIP, limit });
  if (unpacked.kind === 'failed') return unpacked;
  if (hasGzipHeader(unpacked.bytes)) return badEncoding('it is gzip inside gzip');
  return { ...unpacked, cut: cut ?? unpacked.cut };
}

/** `limit`: the most bytes that may come out. */
type Layer = { layer: string; packing: Packing; limit: number };

async function unpackLayer(bytes: Uint8Array, { layer, packing, limit }: Layer): Promise<Decompressed> {
  if (bytes.length === 0) return { kind: 'unpacked', bytes, cut: null };
  const beginning = async (cut: FailureReason): Promise<Decompressed> => {
    return { kind: 'unpacked', bytes: await beginningOf(bytes, packing.stream(bytes), limit), cut };
  };
  try {
    return { kind: 'unpacked', bytes: await packing.unpack(bytes, { maxOutputLength: limit }), cut: null };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (typeof code !== 'string') throw error;
    if (code === 'ERR_BUFFER_TOO_LARGE') return beginning({ kind: 'too-large', what: 'answer', limit: inBytes(limit) });
    if (code === 'Z_BUF_ERROR') return beginning({ kind: 'encoding', detail: `its ${layer} ends too early` });
    if (packing === GZIP && !hasGzipHeader(bytes)) return badEncoding('it is declared as gzip, and is not gzip');
    return badEncoding(`its ${layer} is damaged`);
  }
}

/** Unpacks as much as there is, up to the limit. */
async function beginningOf(packed: Uint8Array, stream: Transform, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  stream.end(packed);
  // An error does not matter here: the bytes are damaged from there on.
  await collect(stream, limit, chunks).catch(() => {});
  return Buffer.concat(chunks);
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
