import { currentLocale, localeOf, remembered } from '../i18n/locale.ts';

/** The `lang` that an entry needs: none where it is the page's own. */
export function ownLanguage(
  entry: string | null | undefined,
  feed: string | undefined,
  planet: string,
): string | undefined {
  const language = entry || feed;
  return language && language.toLowerCase() !== planet.toLowerCase() ? language : undefined;
}

const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * Which way a heading reads, by its first letter; undefined where that is the page's way. `dir=auto` would not do: it looks past
 * names that stand in `<bdi>`.
 */
export function directionOf(text: string): 'rtl' | 'ltr' | undefined {
  const [letter] = text.match(/\p{L}/u) ?? [];
  if (letter === undefined) return undefined;
  const direction = RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr';
  return direction === pageDirection() ? undefined : direction;
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
