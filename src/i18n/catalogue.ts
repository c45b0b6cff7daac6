import { en } from './en.ts';

type English = typeof en;
export type Group = keyof English;

/** `entry.readAt`: group and name of a message. */
export type MessageKey = { [G in Group]: `${G}.${keyof English[G] & string}` }[Group];

type TextOf<K extends MessageKey> = K extends `${infer G}.${infer Name}`
  ? G extends Group
    ? Name extends keyof English[G]
      ? English[G][Name] & string
      : never
    : never
  : never;

/** Messages without tags: they make plain text. */
export type PlainKey = { [K in MessageKey]: [TagsOf<TextOf<K>>] extends [never] ? K : never }[MessageKey];
export type PlainValues<K extends MessageKey> = ValuesOf<TextOf<K>>;

/** The values and tags that a message needs if they may become elements, such as links. */
export type RichValues<K extends MessageKey, T> = ValuesOf<TextOf<K>, string | T> & {
  [Tag in TagsOf<TextOf<K>>]: (text: (string | T)[]) => T;
};

/**
 * The messages of a group for scripts in the browser: texts, and functions from values to texts.
 * @public used by `virtual-modules.d.ts`
 */
export type InBrowser<G extends Group> = {
  /** The language as a tag that `Intl` accepts. */
  locale: string;
} & {
  [Name in keyof English[G] & string]: `${G}.${Name}` extends infer K extends MessageKey ? Compiled<K> : never;
};

type Compiled<K extends MessageKey> = [keyof PlainValues<K> | TagsOf<TextOf<K>>] extends [never]
  ? string
  : (values: PlainValues<K> & { [Tag in TagsOf<TextOf<K>>]: (text: string) => string }) => string;

export type Messages = Readonly<Record<MessageKey, string>>;

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

// The type checker reads the values and tags of a message from its text.

/** The values of a message: text for `{name}`, numbers for plurals and `{count, number}`. */
type ValuesOf<M extends string, Text = string> = {
  [Each in Argument<M> as Each[0]]: Each[1] extends 'number' ? number : Text;
};

type TagsOf<M extends string, Found = never> = M extends `${string}<${infer Name}>${infer Rest}`
  ? TagsOf<Rest, Name extends `/${string}` ? Found : Found | Name>
  : Found;

/** Pairs of name and kind. A brace after `one`, `other` or `=0` holds a form of a plural, and no argument. */
type Argument<M extends string> = M extends `${infer Before}{${infer After}`
  ? Argument<After> | (Before extends `${string}${'one' | 'other' | '=0'} ` ? never : Opening<After>)
  : never;

type Opening<After extends string> = After extends `${infer Inside}}${string}`
  ? Inside extends `${infer Name}, ${'number' | `plural, ${string}`}`
    ? [Name, 'number']
    : [Inside, 'text']
  : never;
