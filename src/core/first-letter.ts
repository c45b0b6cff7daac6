/** The first letter or digit of a name. In its own file: the search in the browser needs it, but not the rules for names. */
export function letterOf(name: string): string {
  return /\p{L}|\p{N}/u.exec(name)?.[0] ?? '•';
}
