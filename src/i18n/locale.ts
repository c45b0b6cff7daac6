/** The language of the site's own words, dates and numbers, while pages are rendered and in the browser. */
let asked = 'en';
let locale = 'en';
let isEnglish = true;
let cache = new Map<string, unknown>();

/** To be called before anything is rendered. */
export function setLocale(language: string): void {
  if (language === asked) return;
  asked = language;
  locale = localeOf(language);
  isEnglish = /^en\b/.test(locale);
  cache = new Map();
}

/** A language tag that `Intl` accepts: the tag itself, else its first part, else `und`. */
export function localeOf(language: string): string {
  for (const tag of [language, language.slice(0, /-|$/.exec(language)?.index)]) {
    try {
      return new Intl.Locale(tag).toString();
    } catch {
      // Try the shorter tag.
    }
  }
  return UNKNOWN;
}

/** The tag for invalid tags: the archive may hold any. */
const UNKNOWN = 'und';

/** Languages whose readers read each other's texts. */
const ALIKE: readonly (readonly string[])[] = [['nb', 'no', 'nn']];

/** Nearest first: `zh-TW`, `zh-Hant`, `zh`; `nn-NO`, `nn`, `nb`, `no`. Empty if the tag is invalid. */
export function fallbacksOf(tag: string): string[] {
  const own = localeOf(tag);
  if (own === UNKNOWN) return [];
  const { language, script } = new Intl.Locale(own).maximize();
  const alike = ALIKE.find((tags) => tags.includes(language)) ?? [];
  return [...new Set([own, `${language}-${script}`, language, ...alike])];
}

/** The language as a tag that `Intl` accepts, and whether it is English. */
export function currentLocale(): { locale: string; isEnglish: boolean } {
  return { locale, isEnglish };
}

/** A value that is slow to compute, cached until the language changes. */
export function perLanguage<T>(key: string, make: (locale: string) => T): T {
  const cached = cache.get(key) as T | undefined;
  if (cached !== undefined) return cached;
  const made = make(locale);
  cache.set(key, made);
  return made;
}

/** `1,024` */
export function numberText(value: number): string {
  return perLanguage('number', (locale) => new Intl.NumberFormat(locale)).format(value);
}
