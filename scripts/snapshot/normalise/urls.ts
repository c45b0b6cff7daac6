/** An address that can be printed as a link: absolute, http or https. Null for any other. */
export function webAddress(written: string, base: string | null): string | null {
  // Given a base it would be parsed each time, needed or not.
  const url = isAbsolute(written) ? URL.parse(written) : URL.parse(written, base ?? undefined);
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** Written so that it is absolute as it stands. */
export function isAbsolute(written: string): boolean {
  return /^\s*https?:\/\/[^\s/]/i.test(written);
}

/** Written so that it can only be an address, and a relative one: `/2026/post`, `../post`, `?p=1`, `//example.org/`. */
export function isRelativeAddress(written: string): boolean {
  return /^\.{0,2}\/|^[?#]./.test(written);
}
