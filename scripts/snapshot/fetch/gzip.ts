import { promisify } from 'node:util';
import { createInflateRaw, gunzip, type ZlibOptions } from 'node:zlib';

const gunzipWhole = promisify<Uint8Array, ZlibOptions, Uint8Array>(gunzip);

/** Each member of gzip, or frame of zstd, needs a decoder of its own. */
export const MOST_MEMBERS = 1000;

/** Node refuses bytes behind gzip, such as a line end that PHP prints; browsers and curl ignore them. */
export function ungzip(bytes: Uint8Array, options: ZlibOptions): Promise<Uint8Array> {
  return gunzipWhole(bytes, options).catch(async (error) => {
    const isWhole = error.code === 'ERR_BUFFER_TOO_LARGE' || !hasGzipHeader(bytes);
    const end = isWhole ? Infinity : await gzipEnd(bytes, options.maxOutputLength).catch(() => Infinity);
    if (end >= bytes.length) throw error;
    return gunzipWhole(bytes.subarray(0, end), options);
  });
}

/** The index behind the last member of gzip, if they unpack to no more than `limit` bytes; fails where one is damaged. */
async function gzipEnd(bytes: Uint8Array, limit = Infinity): Promise<number> {
  let [end, size] = [0, 0];
  for (let members = 1; hasGzipHeader(bytes.subarray(end)); members++) {
    if (members > MOST_MEMBERS) return Infinity;
    const packed = bytes.subarray(end + gzipHeaderLength(bytes.subarray(end)));
    const member = createInflateRaw();
    member.end(packed);
    for await (const chunk of member) {
      size += chunk.length;
      if (size > limit) return Infinity;
    }
    // Its checksum and length follow.
    end = packed.byteOffset - bytes.byteOffset + member.bytesWritten + 8;
  }
  return end;
}

/** With extra field, name, comment and checksum (https://www.rfc-editor.org/rfc/rfc1952#section-2.3). */
function gzipHeaderLength(bytes: Uint8Array): number {
  const [flags = 0, low = 0, high = 0] = [bytes[3], bytes[10], bytes[11]];
  let length = 10 + (flags & 4 ? 2 + low + 256 * high : 0);
  for (const flag of [8, 16]) if (flags & flag) length = bytes.indexOf(0, length) + 1;
  return length + (flags & 2 ? 2 : 0);
}

export function hasGzipHeader([first, second, third]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b && third === 0x08;
}
