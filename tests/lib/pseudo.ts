import { english, type MessageKey, type Messages } from '../../src/i18n/catalogue.ts';

const ACCENTED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'abcdeghijklnoprstuwyzABCDEGHIKLNOPRSTUWYZ'].map((letter, at) => [
    letter,
    [...'åƀçðéĝĥîĵķļñöþŕşţûŵýžÅßÇÐÉĜĤÎĶĻÑÖÞŔŞŢÛŴÝŽ'][at] ?? letter,
  ]),
);

/** Every message a third longer, in letters with accents and between brackets: what is not translated, cut off or too narrow shows. */
export const pseudo = Object.fromEntries(
  (Object.keys(english) as MessageKey[]).map((key) => [key, pseudoText(english[key])]),
) as Messages;

function pseudoText(text: string): string {
  // Names of values, tags and plural forms stay; the words between them, also those in a plural's forms, change.
  const words = text.replace(
    /<[^>]*>|\{\w+(?:, number)?\}|\{\w+, plural,|(?:=0|one|other) \{|[A-Za-z]/g,
    (found) => ACCENTED[found] ?? found,
  );
  const longer = '~'.repeat(Math.ceil(text.replace(/\{\w+, plural,|<[^>]*>/g, '').length / 3));
  return `[${words}${longer}]`;
}
