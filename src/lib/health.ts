import type { FeedStatus } from '../outputs/status.ts';
import { counted } from './periods.ts';

/** A feed's health in a word. */
export type Health = 'Well' | 'Inactive' | 'Failing' | 'Gone' | 'Held' | 'New';

export function healthOf({ outcome, inactive }: Pick<FeedStatus, 'outcome' | 'inactive'>): Health {
  switch (outcome) {
    case 'well':
      return inactive ? 'Inactive' : 'Well';
    case 'failed':
      return 'Failing';
    case 'gone':
      return 'Gone';
    case 'held':
      return 'Held';
    case 'new':
      return 'New';
    default:
      return outcome satisfies never;
  }
}

/** Whether there is something for the operator to do. That a blog is silent is its author's business. */
export function needsLook({ outcome, movedTo }: Pick<FeedStatus, 'outcome' | 'movedTo'>): boolean {
  return outcome === 'failed' || outcome === 'gone' || outcome === 'held' || movedTo !== null;
}

/** `2 of 4 feeds need a look`, `All 4 feeds are well`. */
export function healthLine(feeds: readonly FeedStatus[]): string {
  const ill = feeds.filter(needsLook).length;
  const all = counted(feeds.length, 'feed', 'feeds');
  if (ill > 0) return `${ill} of ${all} ${ill === 1 ? 'needs' : 'need'} a look`;
  return feeds.length === 1 ? 'The one feed is well' : `All ${all} are well`;
}
