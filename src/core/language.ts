import { currentLocale, fallbacksOf, localeOf, remembered } from '../i18n/locale.ts';
import type { EntryMetadata } from './entry.ts';
import type { FeedConfig } from './planet.ts';

/** The language of an entry: as it or its feed says, else as `planet.yaml` says, else as its text was found to be. */
export function languageOf(
  { language, languageBy }: Pick<EntryMetadata, 'language' | 'languageBy'>,
  feed: Pick<FeedConfig, 'language'>,
): string | null {
  return (languageBy === undefined ? language : null) || feed.language || language || null;
}

/** The `lang` that an entry needs: none where it is the page's own. */
export function ownLanguage(entry: string | null, planet: string): string | undefined {
  return entry && entry.toLowerCase() !== planet.toLowerCase() ? entry : undefined;
}

const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * Which way a heading reads, by its language or its first letter; undefined where that is the page's way. `dir=auto` would not do:
 * it looks past names that stand in `<bdi>`.
 */
export function directionOf(text: string, language: string | null = null): 'rtl' | 'ltr' | undefined {
  const [letter] = text.match(/\p{L}/u) ?? [];
  if (letter === undefined) return undefined;
  const direction = RIGHT_TO_LEFT.test(letter) ? 'rtl' : textDirection(language) === 'rtl' ? 'rtl' : 'ltr';
  return direction === pageDirection() ? undefined : direction;
}

/**
 * `dir` of a text: `rtl` in a language of that direction, also where it begins with a Latin name. In others its first letter decides:
 * feeds in Arabic and Hebrew often say that they are in English.
 */
export function textDirection(language: string | null): 'rtl' | 'auto' {
  return language !== null && directionOfLanguage(language) === 'rtl' ? 'rtl' : 'auto';
}

/** Which way the site's own language reads. */
export function pageDirection(): 'rtl' | 'ltr' {
  return remembered('direction', directionOfLanguage);
}

/** Which way a language reads. */
export function directionOfLanguage(language: string): 'rtl' | 'ltr' {
  return new Intl.Locale(localeOf(language)).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr';
}

/** The day that a week begins with, as calendars of the site's language have it: 1 is Monday, 7 Sunday. English calendars here begin with Monday. */
export function firstWeekday(): number {
  const { isEnglish, locale } = currentLocale();
  return isEnglish ? 1 : new Intl.Locale(locale).getWeekInfo().firstDay;
}

/** The name of a language: in English, or in another language: `Spanish`, `español`; the tag itself where it has no name. */
export function languageName(tag: string, locale = 'en'): string {
  return new Intl.DisplayNames(locale, { type: 'language' }).of(localeOf(tag)) ?? tag;
}

/** Which of these languages a text in `language` belongs to: the same, else the nearest; undefined where it is none of them. */
export function nearestLanguage(language: string | null, languages: readonly string[]): string | undefined {
  if (language === null || languages.length === 0) return undefined;
  const wanted = fallbacksOf(language);
  const named = wanted.flatMap((tag) => languages.find((each) => localeOf(each) === tag) ?? []);
  // Of `pt`, `pt-BR` is the nearest where there is nothing nearer.
  return (
    named[0] ??
    languages.find((each) =>
      fallbacksOf(each)
        .slice(1)
        .some((tag) => wanted.includes(tag)),
    )
  );
}

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** Asking takes long, and a planet has few languages. */
const today = new Map<string, string | undefined>();

/** A language tag by today's name for the language (`iw-IL` is `he-IL`); undefined where there is no such language. */
export function todaysLanguage(tag: string): string | undefined {
  const [primary = '', ...rest] = tag.split('-');
  if (!today.has(primary)) today.set(primary, lookUp(primary));
  const now = today.get(primary);
  return now === undefined ? undefined : [now, ...rest].join('-');
}

function lookUp(primary: string): string | undefined {
  if (!/^[a-z]{2,3}$/i.test(primary) || names.of(primary) === undefined) return undefined;
  const { language } = new Intl.Locale(primary);
  return language === primary.toLowerCase() ? primary : language;
}
