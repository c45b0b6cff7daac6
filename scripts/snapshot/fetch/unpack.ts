import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';
import type { FailureReason } from '../outcome.ts';
import { inBytes } from './limits.ts';

export type Unpacked = { kind: 'unpacked'; bytes: Uint8Array } | { kind: 'failed'; reason: FailureReason };

type Unpacker = (bytes: Uint8Array, options: ZlibOptions) => Promise<Uint8Array>;

const un = {
  gzip: promisify(gunzip) as Unpacker,
  br: promisify(brotliDecompress) as Unpacker,
  zlib: promisify(inflate) as Unpacker,
  raw: promisify(inflateRaw) as Unpacker,
};

const unpackers: ReadonlyMap<string, Unpacker> = new Map([
  ['gzip', un.gzip],
  ['x-gzip', un.gzip],
  ['br', un.br],
  // Half the servers that say deflate leave out the zlib header that it should have.
  ['deflate', (bytes, options) => (hasZlibHeader(bytes) ? un.zlib : un.raw)(bytes, options)],
]);

/** No honest server packs twice over more often than this. */
const mostLayers = 3;

/** Undoes `Content-Encoding`, last layer first, and a gzip that nobody declared. */
export async function unpack(packed: Uint8Array, contentEncoding: string | null, limit: number): Promise<Unpacked> {
  const layers = (contentEncoding ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity')
    .reverse();
  if (layers.length > mostLayers) return failed(`it says that it is packed ${layers.length} times over`);
  let bytes = packed;
  for (const layer of layers) {
    const peeled = await peel(bytes, layer, limit);
    if (peeled.kind === 'failed') return peeled;
    bytes = peeled.bytes;
  }
  if (!hasGzipHeader(bytes)) return { kind: 'unpacked', bytes };
  const peeled = await peel(bytes, 'gzip', limit);
  if (peeled.kind === 'unpacked' && hasGzipHeader(peeled.bytes)) return failed('gzip lies inside of gzip');
  return peeled;
}

async function peel(bytes: Uint8Array, layer: string, limit: number): Promise<Unpacked> {
  const unpacker = unpackers.get(layer);
  if (!unpacker) return failed(`it is packed as “${layer.slice(0, 40)}”, which nobody asked for`);
  if (bytes.length === 0) return { kind: 'unpacked', bytes };
  try {
    return { kind: 'unpacked', bytes: await unpacker(bytes, { maxOutputLength: limit }) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (typeof code !== 'string') throw error;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      return { kind: 'failed', reason: { kind: 'too-large', what: 'answer', limit: inBytes(limit) } };
    if (code === 'Z_BUF_ERROR') return failed(`its ${layer} breaks off before the end`);
    if (unpacker === un.gzip && !hasGzipHeader(bytes)) return failed('it says that it is gzip, and is not');
    return failed(`its ${layer} is damaged`);
  }
}

function failed(detail: string): Unpacked {
  return { kind: 'failed', reason: { kind: 'encoding', detail } };
}

function hasGzipHeader([first, second, third]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b && third === 0x08;
}

/** RFC 1950: method 8, and the two bytes as one number are a multiple of 31. */
function hasZlibHeader([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}
