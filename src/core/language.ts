import { currentLocale, fallbacksOf, localeOf, perLanguage } from '../i18n/locale.ts';
import type { EntryMetadata } from './entry.ts';
import type { FeedConfig } from './planet.ts';
import { capitalOf, mapByName } from './text.ts';

/** The language of an entry: declared by it or its feed, else from `planet.yaml`, else detected from its text; null if unknown. */
export function languageOf(
  { language, languageBy }: Pick<EntryMetadata, 'language' | 'languageBy'>,
  feed: Pick<FeedConfig, 'language'>,
): string | null {
  // Earlier versions stored countries as feeds name them.
  const own = language && meantLanguage(language);
  return (languageBy === undefined ? own : null) || feed.language || own || null;
}

/**
 * Codes of countries that blogs write and that are no language: https://github.com/w3c/wcag/issues/1039. `kr` is one, Kanuri,
 * but blogs in Korean declare it.
 */
const LANGUAGE_OF = mapByName({ cn: 'zh', cz: 'cs', dk: 'da', gr: 'el', jp: 'ja', kr: 'ko', ua: 'uk', vn: 'vi' });

/** The language that a tag of a feed means: `ja` for `jp`; null for two letters that are no language. */
export function meantLanguage(tag: string): string | null {
  const meant = tag.replace(/^[a-z]{2}(?=-|$)/i, (code) => LANGUAGE_OF.get(code.toLowerCase()) ?? code);
  return /^[a-z]{2}(?:-|$)/i.test(meant) && todaysLanguage(meant) === undefined ? null : meant;
}

/** The `lang` attribute of an entry, empty if its language is unknown; undefined if it is that of the page. */
export function ownLanguage(entry: string | null, planet: string): string | undefined {
  return entry?.toLowerCase() === planet.toLowerCase() ? undefined : (entry ?? '');
}

const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** The `dir` of a heading; undefined if it is the page's. `dir=auto` does not work here: it ignores names in `<bdi>`. */
export function directionOf(text: string, language: string | null = null): 'rtl' | 'ltr' | undefined {
  const [letter] = text.match(/\p{L}/u) ?? [];
  if (letter === undefined) return undefined;
  const direction = RIGHT_TO_LEFT.test(letter) || textDirection(language) === 'rtl' ? 'rtl' : 'ltr';
  return direction === pageDirection() ? undefined : direction;
}

/** `rtl`, also if the text begins with a Latin name; else by its first letter: many feeds in Arabic declare English. */
export function textDirection(language: string | null): 'rtl' | 'auto' {
  return language !== null && directionOfLanguage(language) === 'rtl' ? 'rtl' : 'auto';
}

/** The direction of the site's own language. */
export function pageDirection(): 'rtl' | 'ltr' {
  return perLanguage('direction', directionOfLanguage);
}

export function directionOfLanguage(language: string): 'rtl' | 'ltr' {
  const locale: Intl.Locale & OldLocale = new Intl.Locale(localeOf(language));
  return (locale.textInfo ?? locale.getTextInfo()).direction === 'rtl' ? 'rtl' : 'ltr';
}

/** Node 22 has properties for these methods (https://github.com/tc39/proposal-intl-locale-info/pull/67). */
interface OldLocale {
  textInfo?: ReturnType<Intl.Locale['getTextInfo']>;
  weekInfo?: ReturnType<Intl.Locale['getWeekInfo']>;
}

/** The first day of a week in the site's language: 1 is Monday, 7 Sunday. Monday in English, also for American English. */
export function firstWeekday(): number {
  const { isEnglish, locale } = currentLocale();
  if (isEnglish) return 1;
  const localeInfo: Intl.Locale & OldLocale = new Intl.Locale(locale);
  return (localeInfo.weekInfo ?? localeInfo.getWeekInfo()).firstDay;
}

/** The name of a language in English or another language: `Spanish`, `español`; the tag if it has no name. */
export function languageName(tag: string, locale = 'en'): string {
  // `DisplayNames` throws for an extension, as in `en-u-hc-h12`.
  const { baseName } = new Intl.Locale(localeOf(tag));
  return new Intl.DisplayNames(locale, { type: 'language' }).of(baseName) ?? tag;
}

/** Returns a function that compares names for the alphabetical order of a language. An invalid tag counts as a similar valid one. */
export function nameOrder(tag: string): (a: string, b: string) => number {
  return new Intl.Collator(localeOf(tag)).compare;
}

/**
 * Groups items, in their order, by the first letter of their names; others are under `#`. Émile is under E, with Emma, but Åsa is under Å
 * where the language of the site has it as a letter of its own.
 */
export function byInitial<T extends { name: string }>(items: readonly T[]): { initial: string; list: T[] }[] {
  const { locale } = currentLocale();
  const { compare } = perLanguage('initial', () => new Intl.Collator(locale, { sensitivity: 'base' }));
  const initials: string[] = [];
  const initialOf = ({ name }: T) => {
    // Thai and Lao sort a vowel that stands before its consonant behind it.
    const first = (form: 'NFKD' | 'NFKC') => /^\p{LOE}*(\p{L})/u.exec(name.normalize(form))?.[1];
    const [base, letter = ''] = [first('NFKD'), first('NFKC')];
    if (base === undefined) return '#';
    // A Korean syllable is under its first consonant.
    const sortedLetter = /\p{sc=Hangul}/u.test(base) || compare(base, letter) === 0 ? base : letter;
    // The first of those that the language takes for one letter: Vietnamese Â and Ấ.
    const initial = initials.find((each) => compare(each, sortedLetter) === 0) ?? capitalOf(sortedLetter, locale);
    initials.push(initial);
    return initial;
  };
  return [...Map.groupBy(items, initialOf)].map(([initial, list]) => ({ initial, list }));
}

/** The item of `languages` that is equal to `language`, else the nearest one; undefined if none is near. */
export function nearestLanguage(language: string | null, languages: readonly string[]): string | undefined {
  if (language === null || languages.length === 0) return undefined;
  const wanted = fallbacksOf(spoken(language));
  // An operator may have written a country as the feeds do; it stays in the addresses of its river.
  const tags = languages.map(spoken);
  const indexes = (tag: string) => [languages, tags].map((list) => list.findIndex((each) => localeOf(each) === tag));
  const [named] = wanted.flatMap(indexes).filter((at) => at >= 0);
  // For `pt`, `pt-BR` is near enough.
  const near = (tag: string) =>
    fallbacksOf(tag)
      .slice(1)
      .some((each) => wanted.includes(each));
  return languages[named ?? tags.findIndex(near)];
}

/** Of other countries, the language that most people write there: `en` for `us`. */
function spoken(tag: string): string {
  return meantLanguage(tag) ?? new Intl.Locale(`und-${tag.slice(0, 2)}`).maximize().language;
}

/** The planet's languages in their order, then others by number, then unknown (null). Empty without `languages`. */
export function languageCounts(entries: readonly { language: string | null }[], languages: readonly string[]) {
  if (languages.length === 0) return [];
  const tags = new Map<string | null, number>();
  for (const { language } of entries) tags.set(language, (tags.get(language) ?? 0) + 1);
  const counts = new Map<string | null, number>(languages.map((language) => [language, 0]));
  for (const [tag, count] of [...tags].sort(([, a], [, b]) => b - a)) {
    const language = nearestLanguage(tag, languages) ?? (tag === null ? null : (localeOf(tag).split('-')[0] ?? tag));
    counts.set(language, (counts.get(language) ?? 0) + count);
  }
  const place = (language: string | null) => (language === null ? 2 : languages.includes(language) ? 0 : 1);
  return [...counts]
    .map(([language, count]) => ({ language, entries: count }))
    .sort((a, b) => place(a.language) - place(b.language) || (place(a.language) === 1 ? b.entries - a.entries : 0));
}

/** The name of a language in that language, with a capital: `Español`. */
export function nativeName(tag: string): string {
  return perLanguage(`name of ${tag}`, () => {
    const locale = localeOf(tag);
    return languageName(tag, locale).replace(/^./u, (letter) => capitalOf(letter, locale));
  });
}

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** A language tag with the current code of its language (`he-IL` for `iw-IL`); undefined if there is no such language. */
export function todaysLanguage(tag: string): string | undefined {
  const [primary = '', ...rest] = tag.split('-');
  // Cached: `Intl` is slow, and a planet has few languages.
  const current = perLanguage(`code of ${primary}`, () => {
    if (!/^[a-z]{2,3}$/i.test(primary) || names.of(primary) === undefined) return null;
    const { language } = new Intl.Locale(primary);
    return language === primary.toLowerCase() ? primary : language;
  });
  return current === null ? undefined : [current, ...rest].join('-');
}
