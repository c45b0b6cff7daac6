import { type FeedReading, failureSentence, type Outcome, pauseSentence } from '../../snapshot/outcome.ts';
import type { EntryNote } from '../../snapshot/report.ts';
import type { Overlap } from './checked-feeds.ts';
import type { ShownEntries } from './entry-preview.ts';
import { FEED_ROWS } from './feed-findings.ts';
import { PLANET_ROWS } from './planet-findings.ts';
import type { PlannedHold } from './rehearsal.ts';

/** A fact about a feed for the operator. After an error the planet would show nothing of the feed. */
export interface Finding {
  level: 'error' | 'warning' | 'notice';
  /** The setting to which it belongs. */
  about: 'id' | 'url' | 'authors' | 'include' | 'home' | 'avatar';
  /** A sentence without full stop. */
  message: string;
}

export interface CheckEvidence {
  reading: FeedReading;
  shown: ShownEntries;
  /** Null if a snapshot would hold no entry. */
  hold: PlannedHold | null;
  /** The time since which it is gone, for snapshots; null if they read it. */
  goneSince: string | null;
  skipped: readonly EntryNote[];
  overlaps: readonly Overlap[];
  /** Problems with its ids, in sentences. */
  idNotes: readonly string[];
  now: Date;
}

/** The finding for a feed that could not be read. */
export function failureFinding(outcome: Exclude<Outcome, FeedReading>): Finding {
  switch (outcome.kind) {
    case 'failed':
      return { level: 'error', about: 'url', message: failureSentence(outcome.reason) };
    case 'gone':
      return { level: 'error', about: 'url', message: failureSentence({ kind: 'status', status: 410 }) };
    case 'paused':
      return { level: 'notice', about: 'url', message: `${pauseSentence(outcome.feed)}, so it was not read` };
    case 'unchanged':
    case 'waiting':
      return { level: 'notice', about: 'url', message: 'not read' };
    default:
      return outcome satisfies never;
  }
}

/** A finding that is made where there is a message. */
export interface FindingRow extends Omit<Finding, 'message'> {
  messageFor: (evidence: CheckEvidence) => string | null;
}

const LEVELS = ['error', 'warning', 'notice'];

/** The worst first. */
export function findings(evidence: CheckEvidence): Finding[] {
  const rows = [...PLANET_ROWS, ...FEED_ROWS].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
  return rows.flatMap(({ level, about, messageFor }) => {
    const message = messageFor(evidence);
    return message === null ? [] : [{ level, about, message }];
  });
}
