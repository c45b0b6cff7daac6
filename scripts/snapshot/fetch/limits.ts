/** How much of anything a server may take. Times in milliseconds, sizes in bytes. */
export interface Limits {
  /** For one feed in all: look-ups, redirects, reading. */
  deadline: number;
  /** For looking a name up and connecting, TLS included. */
  connect: number;
  /** From the question to the end of the answer's headers. */
  headers: number;
  /** Of an answer's body, on the wire and unpacked. */
  body: number;
  /** Of an answer's headers. */
  headerBytes: number;
  /** Redirects followed. */
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

/** `5 MB`, `64 KB`, `100 bytes`. */
export function inBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 * 1024 ? `${round(bytes / 1024)} KB` : `${round(bytes / 1024 / 1024)} MB`;
}

function round(size: number): number {
  return Math.round(size * 10) / 10;
}
