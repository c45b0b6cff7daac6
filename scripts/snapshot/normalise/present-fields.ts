type Present<T> = { [Key in keyof T]?: Exclude<T[Key], null | undefined | false | ''> };

/** The fields that have a value: without those that are null, undefined, false or an empty text. */
export function presentFields<T extends object>(fields: T): Present<T> {
  const present = Object.entries(fields).filter(([, value]) => value === 0 || Boolean(value));
  return Object.fromEntries(present) as Present<T>;
}
