import { IntlMessageFormat } from 'intl-messageformat';
import {
  english,
  type MessageKey,
  type Messages,
  type PlainKey,
  type PlainValues,
  type RichValues,
} from './catalogue.ts';
import { localeOf, setLocale } from './locale.ts';

/** The site's own words in one language. */
export interface Words {
  language: string;
  messages: Messages;
  format: (key: MessageKey, values: Record<string, unknown> | undefined) => unknown;
}

/** The words of a language. A message is parsed when it is first wanted. */
export function wordsOf(language: string, messages: Messages): Words {
  const locale = localeOf(language);
  const parsed = new Map<MessageKey, IntlMessageFormat | string>();
  return {
    language,
    messages,
    format: (key, values) => {
      const known = parsed.get(key) ?? parse(messages[key], locale);
      parsed.set(key, known);
      return typeof known === 'string' ? known : known.format<unknown>({ ...values });
    },
  };
}

/** Most messages are texts with nothing to fill in. */
function parse(text: string, locale: string): IntlMessageFormat | string {
  return /[{<']/.test(text) ? new IntlMessageFormat(text, locale) : text;
}

/** English until `speak` says otherwise: commands, which speak no other language, and tests. */
let words = wordsOf('en', english);

/** Says in which words pages are rendered, before one is. */
export function speak(other: Words): void {
  words = other;
  setLocale(other.language);
}

/** A message as plain text. */
export function t<K extends PlainKey>(
  key: K,
  ...[values]: keyof PlainValues<K> extends never ? [] : [values: PlainValues<K>]
): string {
  return String(words.format(key, values));
}

/**
 * A message whose tags and values may become elements: `rich('notFound.help', { archive: (text) => <a href="…">{text}</a>, … })`.
 * A text is printed with its signs escaped, as any text in a template.
 */
export function rich<K extends MessageKey, T>(key: K, values: RichValues<K, T>): (string | T)[] {
  const parts = words.format(key, values);
  // The library gives one part alone where there is only one.
  return (Array.isArray(parts) ? parts : [parts]) as (string | T)[];
}
