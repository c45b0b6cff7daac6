import type { AuthorConfig } from '../model/planet.ts';

/** Names that differ in case, spacing or Unicode form only are one name. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
}

/** What `planet.yaml` says of people, by each of their names. */
export type People = ReadonlyMap<string, AuthorConfig>;

export function peopleOf(authors: readonly AuthorConfig[]): People {
  return new Map(
    authors.flatMap((author) => [author.name, ...author.aliases].map((name) => [nameKey(name), author] as const)),
  );
}
