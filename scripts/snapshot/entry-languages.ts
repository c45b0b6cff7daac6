import { languageName } from '../../src/core/language.ts';
import { counted } from '../../src/core/periods.ts';
import { fallbacksOf } from '../../src/i18n/locale.ts';
import type { SafeRead } from './read-feed.ts';
import type { SanitisedEntry } from './sanitised-entry.ts';
import { languageOfBody } from './text-language.ts';

/** Adds the detected language to entries without a declared one, and a note if most texts are in another language than declared. */
export async function withLanguages(read: SafeRead): Promise<SafeRead> {
  if (read.kind === 'failed') return read;
  const entries: SanitisedEntry[] = [];
  const checked: Checked[] = [];
  for (const entry of read.feed.entries) {
    const found = await languageOfBody(entry.content);
    const isMissing = found !== null && entry.language === null;
    entries.push(isMissing ? { ...entry, language: found.language, languageBy: found.by } : entry);
    if (found !== null && entry.language !== null) checked.push({ declared: entry.language, found: found.language });
  }
  return { ...read, feed: { ...read.feed, entries, notes: [...read.feed.notes, ...wrongLanguage(checked)] } };
}

interface Checked {
  declared: string;
  found: string;
}

/** Languages that are detected as another: they share its script, or the detector does not know them. */
const TAKEN_FOR: Readonly<Record<string, string>> = { af: 'nl', ckb: 'ku', yi: 'he', yue: 'zh' };

const byLength = <T>([, a]: [string, T[]], [, b]: [string, T[]]) => b.length - a.length;

/** A note where most of the texts are in another language. Only then: the feed of a planet declares one language for all its blogs. */
function wrongLanguage(checked: readonly Checked[]): string[] {
  const wrong = checked.filter(({ declared, found }) =>
    fallbacksOf(declared).every((tag) => tag !== found && TAKEN_FOR[tag] !== found),
  );
  if (wrong.length < 2 || wrong.length * 2 <= checked.length) return [];
  const [[declared, list] = ['', []]] = [...Map.groupBy(wrong, (each) => each.declared)].sort(byLength);
  const [[found] = ['']] = [...Map.groupBy(list, (each) => each.found)].sort(byLength);
  const texts = counted(checked.length, 'text', 'texts');
  return [`it declares ${languageName(declared)}, and ${wrong.length} of ${texts} are in ${languageName(found)}`];
}
