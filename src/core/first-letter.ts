/** The first letter or digit of a name. In its own file: the search loads it in the browser, without the rules for names. */
export function letterOf(name: string): string {
  return /\p{L}|\p{N}/u.exec(name)?.[0] ?? '•';
}
