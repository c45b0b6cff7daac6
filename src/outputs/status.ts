import { withoutSecrets } from '../core/clean-text.ts';
import type { FeedRecord, RuleRecord, Settings } from '../core/records.ts';
import { t } from '../i18n/words.ts';

/**
 * What `/status.json` holds. Times are in UTC; nothing in it is secret, or of the machine that built it. It has no time that goes
 * on while nothing happens, such as that of the next check: each run would publish the site anew.
 */
export interface Status {
  planet: { title: string; url: string };
  /** In the order of `planet.yaml`. */
  feeds: FeedStatus[];
  /** What the operator's rules keep off the site. */
  rules: RuleRecord[];
}

export interface FeedStatus {
  id: string;
  title: string;
  url: string;
  /** `new`: no snapshot has met it yet. */
  outcome: 'well' | 'failed' | 'gone' | 'held' | 'new';
  /** Whether the operator has it rest. */
  paused: boolean;
  /** What is wrong, in one sentence; null while nothing is. */
  reason: string | null;
  /** Since when; until then all was well. */
  since: string | null;
  entries: number;
  /** When its newest entry was posted. */
  newest: string | null;
  /** Whether that is long ago. */
  inactive: boolean;
  /** Where it has moved for good: the `url` to write into `planet.yaml`. */
  movedTo: string | null;
  /** What was cut off or left out of it, in sentences. */
  notes: string[];
  /** Entries that wait for the operator. */
  held: number;
  /** Entries that the operator does not want. */
  rejected: number;
}

const INACTIVE_DAYS = 180;

export function status(
  planet: Settings,
  feeds: readonly FeedRecord[],
  rules: readonly RuleRecord[],
  now: Date,
): Status {
  return {
    planet: { title: planet.title, url: planet.site },
    feeds: feeds.map((feed) => feedStatus(feed, now)),
    rules: [...rules],
  };
}

function feedStatus(feed: FeedRecord, now: Date): FeedStatus {
  const { id, title, url, state, held, entries, newest } = feed;
  const trouble = state?.trouble ?? null;
  return {
    id,
    title,
    url: withoutSecrets(url),
    outcome: state === null ? 'new' : (trouble?.outcome ?? 'well'),
    paused: feed.paused,
    reason: trouble?.reason ?? null,
    since: trouble?.since ?? null,
    entries,
    newest,
    inactive: newest !== null && now.getTime() - Date.parse(newest) > INACTIVE_DAYS * 86_400_000,
    movedTo: state?.movedTo ? withoutSecrets(state.movedTo) : null,
    notes: state?.notes ?? [],
    held,
    rejected: state?.rejected.length ?? 0,
  };
}

/** A feed's health: each is a word in the messages of `status`, and a class of its badge. */
export type Health = 'well' | 'inactive' | 'failing' | 'gone' | 'held' | 'new';

export function healthOf({ outcome, inactive }: Pick<FeedStatus, 'outcome' | 'inactive'>): Health {
  switch (outcome) {
    case 'well':
      return inactive ? 'inactive' : 'well';
    case 'failed':
      return 'failing';
    case 'gone':
      return 'gone';
    case 'held':
      return 'held';
    case 'new':
      return 'new';
    default:
      return outcome satisfies never;
  }
}

/** Whether there is something for the operator to do. That a blog is silent is its author's business. */
export function needsAttention({ outcome, movedTo }: Pick<FeedStatus, 'outcome' | 'movedTo'>): boolean {
  return outcome === 'failed' || outcome === 'gone' || outcome === 'held' || movedTo !== null;
}

/** `2 of 4 feeds need attention`, `All 4 feeds OK`. */
export function healthLine(feeds: readonly FeedStatus[]): string {
  const ill = feeds.filter(needsAttention).length;
  const count = feeds.length;
  return ill > 0 ? t('status.needAttention', { ill, count }) : t('status.allWell', { count });
}
