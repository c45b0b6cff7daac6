import { cleanText } from '../../../src/lib/clean-text.ts';
import { counted } from '../../../src/lib/periods.ts';
import type { FeedConfig, Planet } from '../../../src/model/planet.ts';
import { firstSight } from '../../snapshot/entry.ts';
import { identify } from '../../snapshot/identity/identify.ts';
import { NOTHING } from '../../snapshot/identity/memory.ts';
import { named } from '../../snapshot/identity/names.ts';
import type { Outcome, Reading } from '../../snapshot/outcome.ts';
import { type Preview, preview, type Shown, shownOf } from '../entry-preview.ts';
import { type Finding, findings, unread } from './findings.ts';
import type { Comparison } from './known.ts';
import { overlapsOf } from './overlap.ts';

/** What became of checking one feed. */
export interface Checked {
  feed: FeedConfig;
  /** In `planet.yaml`, from 0. */
  place: number;
  findings: Finding[];
  /** What it would bring, in a few words; null where it was not read. */
  sum: string | null;
  /** Its newest entries as the planet would show them. */
  previews: Preview[];
}

const PREVIEWS = 5;

export function checked(outcome: Outcome, planet: Planet, compared: Comparison, now: Date): Checked {
  const { feed } = outcome;
  const place = planet.feeds.findIndex(({ id }) => id === feed.id);
  const wrong = unread(outcome);
  if (outcome.kind !== 'read') return { feed, place, findings: wrong ? [clean(wrong)] : [], sum: null, previews: [] };
  const shown = shownOf(outcome.entries, feed, planet, now);
  const one = compared.feeds.find(({ id }) => id === feed.id);
  const said = outcome.entries.map((entry) => firstSight(named(feed.id, entry.id), entry, planet, now));
  const overlaps = one ? overlapsOf(one, said, compared.feeds, compared.brought) : [];
  const memory = compared.memories.get(feed.id) ?? NOTHING;
  const document = { feed: feed.id, entries: outcome.entries, isPart: outcome.delta || outcome.partial };
  const { notes: idNotes } = identify([], document, { ...NOTHING, idsUnreliable: memory.idsUnreliable }, planet, now);
  return {
    feed,
    place,
    findings: findings({ reading: outcome, shown, overlaps, idNotes, now }).map(clean),
    sum: sumOf(outcome, shown),
    previews: shown.entries.slice(0, PREVIEWS).map((entry) => preview(entry, feed, planet, now)),
  };
}

/** Feeds and their servers have a word in some of the sentences. */
function clean(finding: Finding): Finding {
  return { ...finding, what: cleanText(finding.what) };
}

/** `25 entries, 2 of them hidden by include and exclude`. */
function sumOf({ entries }: Reading, { hidden }: Shown): string {
  const rules = hidden > 0 ? [`${hidden} of them hidden by include and exclude`] : [];
  return [counted(entries.length, 'entry', 'entries'), ...rules].join(', ');
}
