import type { FeedStates } from '../core/feed-state.ts';
import type { Occurrence } from '../core/occurrences.ts';

/**
 * The occurrences among the `hidden` ones that have no part in the ids of output feeds. An entry has the id of its original, also
 * while that is hidden. Earlier versions published the id of a visible copy then: an entry that was, or may have been,
 * published so keeps that id (`FeedState.idsSince`).
 */
export function withoutPartInIds(
  hidden: ReadonlySet<Occurrence>,
  isFollowed: (feed: string) => boolean,
  states: FeedStates,
): Set<Occurrence> {
  const isWithout = ({ entry: { feed, firstSeen } }: Occurrence) => {
    const since = states[feed]?.idsSince;
    return since === undefined || (isFollowed(feed) && firstSeen < since);
  };
  return new Set([...hidden].filter(isWithout));
}
