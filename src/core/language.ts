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

/** Which way a heading reads, by its first letter. `dir=auto` would not do: it looks past names that stand in `<bdi>`. */
export function directionOf(text: string): 'rtl' | undefined {
  const [letter = ''] = text.match(/\p{L}/u) ?? [];
  return RIGHT_TO_LEFT.test(letter) ? 'rtl' : undefined;
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
