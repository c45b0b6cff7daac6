import { z } from 'astro/zod';

// An operator may go back to an older version of the engine: it must not lose what a newer one wrote into the archive.

/** An object of the archive. Keys that this version does not know stay in it, and are written again. */
export function storedObject<T extends z.core.$ZodLooseShape>(shape: T): z.ZodObject<T> {
  return z.looseObject(shape);
}

/** The keys of a stored object that this version does not know. */
export function unknownKeys<T extends object>({ shape }: { shape: object }, stored: T | null | undefined): Partial<T> {
  const isField = ([key]: [string, unknown]) => Object.hasOwn(shape, key);
  return Object.fromEntries(Object.entries(stored ?? {}).filter((each) => !isField(each))) as Partial<T>;
}

/** A word that only describes: one of `T`, or of a newer version. */
export function describingWord<T extends string>(): z.ZodType<T | (string & {})> {
  return z.string();
}

/** A word that decides what a run does. No run may go on with one of a newer version: its error is `NEWER`. */
export function decidingWord<const T extends readonly string[]>(words: T) {
  return z.enum(words, { error: ({ input }) => (typeof input === 'string' ? NEWER : undefined) });
}

export const NEWER = 'a newer version of Orrery wrote it';
