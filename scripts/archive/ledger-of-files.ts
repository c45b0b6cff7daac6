import { holdingOf, keysOf, type Ledger, ledgerOf, ledgerText, type Month, sumOf } from '../../src/ledger.ts';
import { entryOf, type Files, isMonth, linesOf } from './lines.ts';

/** The ledger that lies among the files of an archive; null where there is none that is whole. */
export function ledgerIn(files: Files): Ledger | null {
  const file = ledgerOf(files.get('ledger.json'));
  return file.kind === 'ledger' ? file.ledger : null;
}

/** What each month of an archive holds. */
export function holdingsOf(files: Files): Map<string, Month> {
  const months = [...files].filter(([name, text]) => isMonth(name) && text !== '');
  return new Map(months.map(([name, text]) => [name.slice(0, 7), holdingOf(sumOf(text), linesOf(text).map(entryOf))]));
}

/**
 * The text of the ledger of files that were made from others: what they hold, and what the ledgers of those others say beside.
 * What is in none of the files but in a ledger is still owed. Null where nobody had a ledger.
 * @param isKept whether a feed is one that was not forgotten
 */
export function ledgerFrom(files: Files, others: readonly Files[], isKept: (feed: string) => boolean): string | null {
  const ledgers = others.map(ledgerIn).filter((ledger) => ledger !== null);
  if (ledgers.length === 0) return null;
  const held = holdingsOf(files);
  const there = new Set([...held.values()].flatMap(keysOf));
  const lost = new Set(ledgers.flatMap((ledger) => ledger.lost).filter((key) => !there.has(key)));
  const months = Object.fromEntries(held);
  for (const [month, row] of ledgers.flatMap((ledger) => Object.entries(ledger.months))) {
    const owed = Object.entries(row.feeds).filter(([feed]) => isKept(feed));
    for (const [feed, keys] of owed) {
      const missing = (keys.match(/.{10}/g) ?? []).filter((key) => !there.has(key) && !lost.has(key));
      if (missing.length > 0) months[month] = owing(months[month], feed, missing);
    }
  }
  return ledgerText({ months, next: {}, lost: [...lost] });
}

/** A month that should hold more than it does: no file has its sum. */
function owing(month: Month | undefined, feed: string, keys: readonly string[]): Month {
  const before = month ?? { entries: 0, sum: '', feeds: {} };
  const all = [...new Set([...(before.feeds[feed]?.match(/.{10}/g) ?? []), ...keys])].sort();
  const feeds = { ...before.feeds, [feed]: all.join('') };
  const entries = Object.values(feeds).reduce((sum, each) => sum + each.length / 10, 0);
  return { entries, sum: '', feeds: Object.fromEntries(Object.entries(feeds).sort(([a], [b]) => (a < b ? -1 : 1))) };
}
