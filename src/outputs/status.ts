import type { BuildTime } from '../core/build-time.ts';
import { inactiveFrom } from '../core/feed-state.ts';
import type { languageCounts } from '../core/language.ts';
import {
  type FeedRecord,
  feedOutcome,
  type PlanetSettings,
  type RuleRecord,
  rulePlace,
  ruleText,
} from '../core/records.ts';
import { withoutSecrets } from '../core/web-address.ts';
import { t } from '../i18n/words.ts';

/** The content of `status.json`. No secrets, no data of the machine, no time that changes in every run: each would publish again. Times in UTC. */
export function statusOf(
  planet: PlanetSettings,
  feeds: readonly FeedRecord[],
  rules: readonly RuleRecord[],
  time: BuildTime,
  languages: ReturnType<typeof languageCounts> = [],
) {
  return {
    planet: { title: planet.title, url: planet.site },
    /** In the order of `planet.yaml`. */
    feeds: feeds.map((feed) => feedStatus(feed, time)),
    /**
     * Each rule by its place in `planet.yaml`, mostly with its value: `feeds[2].exclude: crypto`. The value of a rule with an
     * index is the name or the post that somebody wanted off the site.
     */
    rules: rules.map((each) => ({ ...each, rule: (each.rule.index === null ? ruleText : rulePlace)(each.rule) })),
    /** The number of entries in each language; null stands for unknown. Missing without `languages` in `planet.yaml`. */
    ...(languages.length > 0 && { languages }),
  };
}

export type FeedStatus = ReturnType<typeof feedStatus>;

function feedStatus(feed: FeedRecord, { hasCome }: BuildTime) {
  const { id, title, url, state, held, entries, newest, paused } = feed;
  const trouble = state?.trouble ?? null;
  return {
    ...{ id, title, url: withoutSecrets(url), outcome: feedOutcome(feed), paused },
    /** The problem in one sentence; null if there is none. */
    reason: trouble?.reason ?? null,
    /** The time of the first failure. */
    since: trouble?.since ?? null,
    entries,
    /** The date of its newest entry. */
    newest,
    /** Whether that date is long ago. */
    inactive: newest !== null && hasCome(inactiveFrom(newest)),
    /** Its new address, for `url` in `planet.yaml`, if it has moved permanently. */
    movedTo: state?.movedTo ? withoutSecrets(state.movedTo) : null,
    /** Sentences about content that was cut or left out. */
    notes: state?.notes ?? [],
    /** The number of entries that wait for the operator, and of those that they rejected. */
    held,
    rejected: state?.rejected.length ?? 0,
  };
}

/** The states of a feed. Each has a message in `status`, and a class of its badge. */
export type Health = 'well' | 'inactive' | 'failing' | 'gone' | 'held' | 'new';

/** Null for a paused feed without a problem: nobody looks how it is. */
export function healthOf({
  outcome,
  inactive,
  paused,
}: Pick<FeedStatus, 'outcome' | 'inactive' | 'paused'>): Health | null {
  if (outcome === 'well') return paused ? null : inactive ? 'inactive' : 'well';
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
