import type { LanguageBy } from '../../src/core/entry.ts';
import { fallbacksOf, localeOf } from '../../src/i18n/locale.ts';
import type { SafeRead } from './read-feed.ts';
import type { SanitisedEntry } from './sanitised-entry.ts';

/** Adds the language of texts that declare none, or certainly a wrong one of their feed. */
export async function withLanguages(read: SafeRead): Promise<SafeRead> {
  if (read.kind === 'failed') return read;
  const entries: SanitisedEntry[] = [];
  for (const entry of read.feed.entries) {
    const found = await languageOfBody(entry.content);
    const declared = entry.language;
    // The software of many blogs declares one language, also for posts in another.
    const isOfFeed = declared === read.feed.language;
    const isTaken =
      found !== null && (declared === null || (isOfFeed && (await isRefuted(declared, found.language, entry.content))));
    entries.push(isTaken ? { ...entry, language: found.language, languageBy: found.by } : entry);
  }
  return { ...read, feed: { ...read.feed, entries } };
}

/** Languages that are detected as another: they share its script, or the detector does not know them. */
const TAKEN_FOR: Readonly<Record<string, string>> = { af: 'nl', ckb: 'ku', yi: 'he', yue: 'zh' };

interface Found {
  /** BCP 47, without a region: `es`. */
  language: string;
  by: LanguageBy;
}

/** Scripts with one language each. */
const SCRIPTS: readonly { language: string; letter: RegExp }[] = Object.entries({
  ...{ el: 'Greek', he: 'Hebrew', hy: 'Armenian', ka: 'Georgian', ko: 'Hangul', th: 'Thai', lo: 'Lao', km: 'Khmer' },
  ...{ gu: 'Gujarati', pa: 'Gurmukhi', kn: 'Kannada', ml: 'Malayalam', or: 'Oriya', si: 'Sinhala', ta: 'Tamil' },
  ...{ te: 'Telugu', my: 'Myanmar', bo: 'Tibetan', dv: 'Thaana' },
}).map(([language, script]) => ({ language, letter: new RegExp(`\\p{Script=${script}}`, 'gu') }));
const FEW_LETTERS = 20;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const HAN = /\p{Script=Han}/gu;

/** The commonest words of Yiddish that are none of Hebrew. */
const YIDDISH = /(?<![\p{L}\p{M}])(?:און|איז|דער|מיט|פֿ?ון|דאָ?ס|אויף|נישט)(?![\p{L}\p{M}])/gu;
/** Words of Hebrew script for each of these in a Yiddish text, at most. */
const YIDDISH_WORDS = 20;

/** The least score that is certain: 0.70 is Galician detected as Portuguese, 0.75 Kazakh detected as Belarusian. */
const SHARED = Object.entries({ Latin: 0.71, Cyrillic: 0.8, Arabic: 0.8 }).map(([script, leastScore]) => ({
  leastScore,
  letter: new RegExp(`\\p{Script=${script}}`, 'gu'),
  word: new RegExp(`\\p{Script=${script}}[\\p{L}\\p{M}'’-]*`, 'gu'),
}));

const FEW_WORDS = 60;
/** The least relative distance to the second language: 0.013 for Macedonian detected as Serbian, 0.019 for the closest right answer. */
const LEAST_LEAD = 0.015;
/** Malay may be Indonesian; Croatian may be Bosnian, or Serbian in Latin script. */
const NEVER_SURE = new Set(['ms', 'hr']);

/** Languages with a near relative that the detector does not know: 0.72 is Afrikaans detected as Dutch, Faroese as Icelandic; Dutch has 0.78 at least. */
const LEAST_SCORES: Readonly<Record<string, number>> = { nl: 0.75, is: 0.75 };

/** The number of characters that are examined. */
const ENOUGH = 3000;

/** The language of a body; null if it is not certain. Ignores code and addresses. */
export function languageOfBody(safeHtml: string): Promise<Found | null> {
  return languageOfText(proseIn(safeHtml, 'pre|code'));
}

function proseIn(safeHtml: string, ignored: string): string {
  const html = safeHtml.slice(0, 10 * ENOUGH).replace(new RegExp(`<(${ignored})\\b.*?(?:</\\1>|$)`, 'gs'), ' ');
  return html.replace(/<[^>]*(?:>|$)|&#?\w+;/g, ' ');
}

/** Characters. A shorter text may be a verse in another script. */
const SHORT = 100;
/** The characters of a piece, if there are several. The detector looks at the beginning of a text only. */
const PIECE = 400;
/** The greatest relative likeness to a language that is refuted: 0.83 for Spanish and Catalan, 0.92 for Danish and Norwegian. */
const MOST_LIKENESS = 0.85;

/** Whether a body is in the found language all through: it may quote or translate. Unknown ones (Esperanto) are never refuted. */
async function isRefuted(declared: string, found: string, safeHtml: string): Promise<boolean> {
  if (fallbacksOf(declared).some((tag) => tag === found || TAKEN_FOR[tag] === found)) return false;
  const { eld } = await import('eld/extrasmall');
  const code = fallbacksOf(declared).find((tag) => Object.values(eld.info().Languages).includes(tag));
  if (code === undefined) return false;
  const text = proseIn(safeHtml, 'pre|code|blockquote').replace(/\s+/g, ' ').trim();
  if (text.length < SHORT) return false;
  const scores = eld.detect(text).getScores();
  if ((scores[code] ?? 0) > MOST_LIKENESS * Math.max(...Object.values(scores))) return false;
  const count = Math.max(2, Math.floor(text.length / PIECE));
  const pieceAt = (at: number) => text.slice((at * text.length) / count, ((at + 1) * text.length) / count);
  const each = await Promise.all(Array.from({ length: count }, (_, at) => languageOfText(pieceAt(at), FEW_WORDS / 2)));
  return each.filter((piece) => piece?.language === found).length >= 0.75 * count;
}

export async function languageOfText(text: string, fewWords = FEW_WORDS): Promise<Found | null> {
  const read = text.replace(/\bhttps?:\S+/g, ' ').slice(0, ENOUGH);
  const letters = matchCount(read, /\p{L}/gu);
  for (const { letter, word, leastScore } of SHARED) {
    if (matchCount(read, letter) >= 0.8 * letters)
      return matchCount(read, word) < fewWords ? null : byWords(read, leastScore);
  }
  const language = byScript(read, letters);
  return language === null ? null : { language, by: 'script' };
}

function byScript(text: string, letters: number): string | null {
  const isMost = (count: number) => count >= FEW_LETTERS && count > letters / 2;
  const kana = matchCount(text, KANA);
  const cjk = kana + matchCount(text, HAN);
  // Japanese texts have many kana; a Chinese text may quote a Japanese name.
  if (isMost(cjk)) return kana > cjk / 10 ? 'ja' : kana < cjk / 50 ? 'zh' : null;
  const language = SCRIPTS.find(({ letter }) => isMost(matchCount(text, letter)))?.language ?? null;
  const isYiddish = language === 'he' && matchCount(text, YIDDISH) * YIDDISH_WORDS > matchCount(text, /\s+/gu);
  return isYiddish ? 'yi' : language;
}

function matchCount(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

async function byWords(text: string, leastScore: number): Promise<Found | null> {
  // Loaded for the first text that needs it: loading takes 0.3 s and 90 MB.
  const { eld } = await import('eld/extrasmall');
  const { language, getScores } = eld.detect(text);
  const [first = 0, second = 0] = Object.values(getScores()).sort((a, b) => b - a);
  const isSure =
    first >= (LEAST_SCORES[language] ?? leastScore) &&
    first - second >= LEAST_LEAD * first &&
    !NEVER_SURE.has(language);
  return isSure ? { language: localeOf(language), by: 'words' } : null;
}
