import { en } from './en.ts';
import type { TagsOf, ValuesOf } from './message-values.ts';

type English = typeof en;

export type Group = keyof English;

/** `entry.readAt`: group and name of a message. */
export type MessageKey = { [G in Group]: `${G}.${keyof English[G] & string}` }[Group];

/** The English text of a message. */
type TextOf<K extends MessageKey> = K extends `${infer G}.${infer Name}`
  ? G extends Group
    ? Name extends keyof English[G]
      ? English[G][Name] & string
      : never
    : never
  : never;

/** Messages without tags: they make plain text. */
export type PlainKey = { [K in MessageKey]: [TagsOf<TextOf<K>>] extends [never] ? K : never }[MessageKey];

/** What a message of plain text must be given. */
export type PlainValues<K extends MessageKey> = ValuesOf<TextOf<K>>;

/** What a message must be given where its values and tags may become anything: links, elements. */
export type RichValues<K extends MessageKey, T> = ValuesOf<TextOf<K>, string | T> & {
  [Tag in TagsOf<TextOf<K>>]: (text: (string | T)[]) => T;
};

/**
 * A group as a script in the browser has it: texts, and functions that make them of values.
 * @public used by `virtual-modules.d.ts`
 */
export type InBrowser<G extends Group> = {
  /** The language, as `Intl` takes it. */
  locale: string;
} & {
  [Name in keyof English[G] & string]: `${G}.${Name}` extends infer K extends MessageKey ? Compiled<K> : never;
};

type Compiled<K extends MessageKey> = [keyof PlainValues<K> | TagsOf<TextOf<K>>] extends [never]
  ? string
  : (values: PlainValues<K> & { [Tag in TagsOf<TextOf<K>>]: (text: string) => string }) => string;

/** By key, the messages of a language: complete. */
export type Messages = Readonly<Record<MessageKey, string>>;

/** Every message, in English. */
export const english: Messages = flat(en);

export function isKey(key: string): key is MessageKey {
  return Object.hasOwn(english, key);
}

export function isGroup(name: string): name is Group {
  return Object.hasOwn(en, name);
}

function flat(groups: typeof en): Messages {
  const pairs = Object.entries(groups).flatMap(([group, texts]) =>
    Object.entries(texts).map(([name, text]) => [`${group}.${name}`, text]),
  );
  return Object.fromEntries(pairs);
}
