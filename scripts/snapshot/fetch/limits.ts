/** The limits of a request. Times in milliseconds, sizes in bytes. */
export interface Limits {
  /** For a whole feed: look-ups, redirects, reading. */
  deadline: number;
  /** For the look-up and the connection, with TLS. */
  connect: number;
  /** From the request to the end of the answer's headers. */
  headers: number;
  /** For the body of an answer, packed and unpacked. */
  body: number;
  headerBytes: number;
  redirects: number;
}

export const defaultLimits: Limits = {
  deadline: 30_000,
  connect: 10_000,
  headers: 15_000,
  body: 5 * 1024 * 1024,
  headerBytes: 64 * 1024,
  redirects: 5,
};

/** Adds the chunks of a body to a list, up to the limit, and returns whether these are all. */
export async function collect(body: AsyncIterable<Uint8Array>, limit: number, chunks: Uint8Array[]): Promise<boolean> {
  let left = limit;
  for await (const chunk of body) {
    chunks.push(chunk.subarray(0, left));
    left -= chunk.length;
    if (left < 0) return false;
  }
  return true;
}

/** `5 MB`, `64 KB`, `100 bytes`. */
export function inBytes(bytes: number): string {
  const [size, unit] =
    bytes < 1024 ? [bytes, 'bytes'] : bytes < 1024 ** 2 ? [bytes / 1024, 'KB'] : [bytes / 1024 ** 2, 'MB'];
  return `${Math.round(size * 10) / 10} ${unit}`;
}
