import { memoized } from '../../../src/core/memoized.ts';
import { mapByName } from '../../../src/core/text.ts';

/** Languages of month names, in the order in which they are tried: `lis` is November (Polish, Czech), not October (Croatian). */
const LANGUAGES = (
  'en de fr es pt it nl sv nb da fi pl cs sk ro hu el ru uk tr id hr sl sr sr-Latn bg mk be et lv lt ca eu gl is ga cy af ms ' +
  'sq az kk eo vi he ar fa hi th ka hy zh'
).split(' ');

/** Names that feeds use and `Intl` does not have, from January to December, perhaps several times. */
const ALSO: ReadonlyMap<string, string> = new Map([
  ['en', 'jan feb mar apr may jun jul aug sept oct nov dec'],
  ['el', 'ιαν φεβ μαρ απρ μαι ιουν ιουλ αυγ σεπ οκτ νοε δεκ - - μαω - - ιον ιολ - - - - -'],
  ['fa', 'فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند'],
]);

const shapes: readonly Intl.DateTimeFormatOptions[] = [
  { month: 'long' },
  { month: 'short' },
  // Many languages have another form after a day: `marraskuu`, `11. marraskuuta`.
  { month: 'long', day: 'numeric' },
  { month: 'short', day: 'numeric' },
];

type Names = ReadonlyMap<string, number>;

/** The months by the names that a language has for them. */
const monthNames = memoized((language: string): Names => {
  const names = new Map<string, number>();
  const add = (word: string, month: number): void => {
    const plain = plainWord(word);
    if (/\p{L}/u.test(plain) && !names.has(plain)) names.set(plain, month);
  };
  for (const shape of shapes) {
    const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, { timeZone: 'UTC', ...shape });
    for (let month = 1; month <= 12; month++) {
      const parts = format.formatToParts(Date.UTC(2024, month - 1, 5));
      add(parts.find(({ type }) => type === 'month')?.value ?? '', month);
    }
  }
  for (const [index, word] of (ALSO.get(language) ?? '').split(' ').entries()) add(word, (index % 12) + 1);
  return names;
});

/** A word in lower case, without accents and dots, which feeds often leave out. */
function plainWord(word: string): string {
  const plain = word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f.]/g, '');
  return plain.replaceAll('ı', 'i');
}

/** The month with this name: in English, in the language of the feed, or in another; else the only month that begins so. Null for other words. */
export function monthNumber(word: string, language: string | null): number | null {
  const plain = plainWord(word);
  // `10月`, `10월`, `Tháng 10`
  const [number] = /\d+/.exec(plain) ?? [];
  if (number !== undefined) return Number(number);
  const english = monthNames('en').get(plain);
  if (english !== undefined) return english;
  const [subtag = ''] = (language ?? '').toLowerCase().split('-');
  const listed = LANGUAGES.filter((each) => each.split('-')[0] === subtag);
  // `bn`, `ur`, `ta` and others: too many to try them all for a feed in another language.
  const isKnown = /^[a-z]{2,3}$/.test(subtag) && Intl.DateTimeFormat.supportedLocalesOf(subtag).length > 0;
  const theirs = listed.length > 0 || !isKnown ? listed : [subtag];
  for (const languages of [theirs, LANGUAGES]) {
    for (const read of [(names: Names) => names.get(plain), byBeginning]) {
      for (const each of languages) {
        const month = read(monthNames(each), plain);
        if (month !== undefined) return month;
      }
    }
  }
  return null;
}

function byBeginning(names: Names, word: string): number | undefined {
  if (word.length < 3) return undefined;
  const months = new Set([...names].flatMap(([name, month]) => (name.startsWith(word) ? [month] : [])));
  const [month] = months;
  return months.size === 1 ? month : undefined;
}

/** Zones by name: hours east of Greenwich, or an IANA name. First those of https://www.rfc-editor.org/rfc/rfc822#section-5, then others from blogs. */
export const ZONES = mapByName<number | string>({
  'ut gmt utc z wet': 0,
  ...{ adt: -3, 'ast at edt': -4, 'est cdt': -5, 'cst mdt': -6, 'mst pdt': -7, pst: -8 },
  // Names for summer and winter time alike.
  ...{ 'et eastern': 'America/New_York', 'ct central': 'America/Chicago' },
  ...{ 'mt mountain': 'America/Denver', 'pt pacific': 'America/Los_Angeles' },
  ...{ akdt: -8, akst: -9, hst: -10, nst: -3.5, ndt: -2.5, brst: -2, 'brt art': -3, clt: -4, 'cot pet': -5 },
  ...{ a: -1, m: -12, n: 1, y: 12 },
  ...{ 'met cet mez bst west wat': 1, 'mest cest mesz eet sast cat': 2, 'eest msk eat trt idt': 3, irst: 3.5 },
  ...{ 'msd gst': 4, pkt: 5, ist: 5.5, npt: 5.75, mmt: 6.5, 'ict wib': 7, 'wita hkt sgt myt pht awst': 8 },
  ...{ 'wit jst kst': 9, acst: 9.5, aest: 10, acdt: 10.5, aedt: 11, nzst: 12, nzdt: 13 },
});

/** Names that mean another zone in feeds of a language: China's, Israel's, Arabia's and Ireland's standard times, as Java writes them. */
export const ZONES_IN: ReadonlyMap<string, number> = new Map(
  Object.entries({ 'zh cst': 8, 'he ist': 2, 'ar ast': 3, 'ga ist': 1 }),
);
