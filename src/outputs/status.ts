import { INACTIVE_DAYS } from '../core/feed-state.ts';
import type { languageCounts } from '../core/language.ts';
import {
  type FeedOutcome,
  type FeedRecord,
  feedOutcome,
  type PlanetSettings,
  type RuleRecord,
  rulePlace,
  ruleText,
} from '../core/records.ts';
import { withoutSecrets } from '../core/web-address.ts';
import { t } from '../i18n/words.ts';

/** No secrets, no data of the machine, no time that changes in every run: each would publish again. Times in UTC. */
export interface Status {
  planet: { title: string; url: string };
  /** In the order of `planet.yaml`. */
  feeds: FeedStatus[];
  rules: RuleStatus[];
  /** The number of entries in each language; null stands for unknown. Missing without `languages` in `planet.yaml`. */
  languages?: LanguageCount[];
}

interface RuleStatus extends Omit<RuleRecord, 'rule'> {
  /** Its place in `planet.yaml`, mostly with its value: `feeds[2].exclude: crypto`. */
  rule: string;
}

type LanguageCount = ReturnType<typeof languageCounts>[number];

export interface FeedStatus {
  id: string;
  title: string;
  url: string;
  outcome: FeedOutcome;
  paused: boolean;
  /** The problem in one sentence; null if there is none. */
  reason: string | null;
  /** The time of the first failure. */
  since: string | null;
  entries: number;
  /** The date of its newest entry. */
  newest: string | null;
  /** Whether that date is long ago. */
  inactive: boolean;
  /** Its new address, for `url` in `planet.yaml`, if it has moved permanently. */
  movedTo: string | null;
  /** Sentences about content that was cut or left out. */
  notes: string[];
  /** The number of entries that wait for the operator, and of those that they rejected. */
  held: number;
  rejected: number;
}

export function statusOf(
  planet: PlanetSettings,
  feeds: readonly FeedRecord[],
  rules: readonly RuleRecord[],
  now: Date,
  languages: LanguageCount[] = [],
): Status {
  return {
    planet: { title: planet.title, url: planet.site },
    feeds: feeds.map((feed) => feedStatus(feed, now)),
    // The value of a rule with an index is the name or the post that somebody wanted off the site.
    rules: rules.map((each) => ({ ...each, rule: (each.rule.index === null ? ruleText : rulePlace)(each.rule) })),
    ...(languages.length > 0 && { languages }),
  };
}

function feedStatus(feed: FeedRecord, now: Date): FeedStatus {
  const { id, title, url, state, held, entries, newest } = feed;
  const trouble = state?.trouble ?? null;
  return {
    id,
    title,
    url: withoutSecrets(url),
    outcome: feedOutcome(feed),
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

/** The states of a feed. Each has a message in `status`, and a class of its badge. */
export type Health = 'well' | 'inactive' | 'failing' | 'gone' | 'held' | 'new';

export function healthOf({ outcome, inactive }: Pick<FeedStatus, 'outcome' | 'inactive'>): Health {
  if (outcome === 'well') return inactive ? 'inactive' : 'well';
  return outcome === 'failed' ? 'failing' : outcome;
}

/** Whether it is gone for good: it says so, or planet.yaml, which gives no reason. A pause is only for now. */
export function isEnded({ outcome, paused, reason }: FeedStatus): boolean {
  return outcome === 'gone' && (!paused || reason === null);
}

/** Whether the operator must act. A feed without new entries is no problem, nor are failures of one that they paused. */
export function needsAttention({ outcome, movedTo, paused }: FeedStatus): boolean {
  return outcome === 'held' || (!paused && (outcome === 'failed' || outcome === 'gone' || movedTo !== null));
}

/** `2 of 4 feeds need attention`, `All 4 feeds OK`. */
export function healthLine(feeds: readonly FeedStatus[]): string {
  const ill = feeds.filter(needsAttention).length;
  const count = feeds.length;
  return ill > 0 ? t('status.needAttention', { ill, count }) : t('status.allWell', { count });
}
