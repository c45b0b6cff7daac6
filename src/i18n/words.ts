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

export type Words = ReturnType<typeof wordsOf>;

/** Whether a message is in English, because the language has none: it has the plurals of English. */
export function isForeign(key: MessageKey, messages: Messages, locale: string): boolean {
  return messages[key] === english[key] && !/^en\b/.test(locale);
}

/** The words of a language. A message is parsed at its first use. */
export function wordsOf(language: string, messages: Messages) {
  const locale = localeOf(language);
  const parsed = new Map<MessageKey, IntlMessageFormat | string>();
  const localeOfText = (key: MessageKey) => (isForeign(key, messages, locale) ? 'en' : locale);
  return {
    language,
    messages,
    format: (key: MessageKey, values: Record<string, unknown> | undefined) => {
      const text = messages[key];
      // Most messages have no values: they stay texts.
      const message = parsed.get(key) ?? (/[{<']/.test(text) ? new IntlMessageFormat(text, localeOfText(key)) : text);
      parsed.set(key, message);
      return typeof message === 'string' ? message : message.format<unknown>({ ...values });
    },
  };
}

/** The current words. English until `speak` sets others, for commands, which are in English only, and for tests. */
let words = wordsOf('en', english);

/** Sets the words of pages, before anything is rendered. */
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

/** The space between a sentence and the next: none after the full stop of Chinese and Japanese. */
export function spaceAfter(key: MessageKey): string {
  return words.messages[key].endsWith('。') ? '' : ' ';
}

/** Tags and values may become elements: `rich('notFound.help', { archive: (text) => <a href="…">{text}</a>, … })`. */
export function rich<K extends MessageKey, T>(key: K, values: RichValues<K, T>): (string | T)[] {
  const parts = words.format(key, values);
  // The library returns a single part without an array.
  return (Array.isArray(parts) ? parts : [parts]) as (string | T)[];
}
