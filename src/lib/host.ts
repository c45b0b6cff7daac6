/** `example.org`: how a link to an address reads, and what tells two sites apart. */
export function hostOf(address: string): string {
  return new URL(address).host.replace(/^www\./, '');
}
