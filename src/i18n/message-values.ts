/** Types of the values and tags in a message of ICU MessageFormat. The type checker reads them from the text of the message. */

/** The values of a message: text for `{name}`, numbers for plurals and `{count, number}`. */
export type ValuesOf<M extends string, Text = string> = {
  [Each in Argument<M> as Each[0]]: Each[1] extends 'number' ? number : Text;
};

/** The names of the tags of a message. */
export type TagsOf<M extends string, Found = never> = M extends `${string}<${infer Name}>${infer Rest}`
  ? TagsOf<Rest, Name extends `/${string}` ? Found : Found | Name>
  : Found;

/**
 * Pairs of name and kind. The length of `Inside` is the depth: each plural and each form of a plural adds one. At an even depth
 * there is text, at an odd depth there are names of forms.
 */
type Argument<M extends string, Inside extends 1[] = [], Found = never> = M extends `${infer Before}{${infer After}`
  ? Before extends `${string}}${string}`
    ? Closing<M, Inside, Found>
    : IsText<Inside> extends true
      ? Opening<After, Inside, Found>
      : Argument<After, [...Inside, 1], Found>
  : Found;

type Closing<M extends string, Inside extends 1[], Found> = M extends `${string}}${infer Rest}`
  ? Argument<Rest, Inside extends [1, ...infer Outer extends 1[]] ? Outer : [], Found>
  : Found;

type Opening<M extends string, Inside extends 1[], Found> = M extends `${infer Name}}${infer Rest}`
  ? Name extends `${infer Plain}, number`
    ? Argument<Rest, Inside, Found | [Plain, 'number']>
    : Name extends `${infer Plain}, plural, ${string}`
      ? M extends `${string}, plural, ${infer Forms}`
        ? Argument<Forms, [...Inside, 1], Found | [Plain, 'number']>
        : never
      : Argument<Rest, Inside, Found | [Name, 'text']>
  : Found;

type IsText<Inside extends 1[]> = Inside extends [1, 1, ...infer Outer extends 1[]]
  ? IsText<Outer>
  : Inside extends []
    ? true
    : false;
