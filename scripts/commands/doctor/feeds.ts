import { dateText } from '../../../src/lib/dates.ts';
import { placeKey } from '../../../src/lib/same-entry.ts';
import type { FeedConfig, Planet } from '../../../src/model/planet.ts';
import type { Holdings } from './archive.ts';
import { DAY, look, type Note, span, well } from './report.ts';

const SILENT = 180 * DAY;

/** What the archive remembers of the feeds: nobody is asked now. */
export function examineFeeds({ feeds }: Planet, holdings: Holdings, now: Date): Note[] {
  const ill = feeds.flatMap((feed) => troubleOf(feed, holdings, now));
  const silent = feeds.filter(({ id, paused }) => {
    const newest = holdings.byFeed.get(id)?.newest;
    return !paused && newest !== undefined && now.getTime() - Date.parse(newest) > SILENT;
  });
  const unasked = feeds.filter(({ id, paused }) => !paused && holdings.states[id] === undefined);
  return [
    ...twice(feeds),
    ...ill,
    ...listed(silent, 'has posted nothing for half a year', 'have posted nothing for half a year'),
    ...listed(unasked, 'has not been asked yet', 'have not been asked yet'),
    ...(ill.length === 0 ? [well(`None of ${feeds.length} feeds is in trouble.`)] : []),
  ];
}

function troubleOf({ id, url }: FeedConfig, { states }: Holdings, now: Date): Note[] {
  const state = states[id]?.url === url ? states[id] : undefined;
  const moved = state?.movedTo ? [look(`${id} has moved for good: write url: ${state.movedTo} in planet.yaml.`)] : [];
  if (!state?.trouble) return moved;
  const { outcome, reason, since } = state.trouble;
  const told = `${reason}, since ${dateText(since.slice(0, 10))} (${span(now.getTime() - Date.parse(since))})`;
  switch (outcome) {
    case 'held':
      return [look(`${id} is held: ${reason}. "npm run planet -- held" shows what waits.`), ...moved];
    case 'gone':
      return [
        look(`${id}: ${told}. Take it out of planet.yaml, or write its new address; what was read stays.`),
        ...moved,
      ];
    case 'failed':
      return [look(`${id} fails: ${told}. "npm run planet -- check ${id}" asks it again.`), ...moved];
    default:
      return outcome satisfies never;
  }
}

function twice(feeds: readonly FeedConfig[]): Note[] {
  const groups = [...Map.groupBy(feeds, ({ url }) => placeKey(url)).values()].filter(({ length }) => length > 1);
  return groups.map((group) => {
    const ids = group.map(({ id }) => id).join(' and ');
    return look(`${ids} are one feed by two addresses; take one out of planet.yaml.`);
  });
}

function listed(feeds: readonly FeedConfig[], one: string, many: string): Note[] {
  if (feeds.length === 0) return [];
  const ids = feeds
    .slice(0, 10)
    .map(({ id }) => id)
    .join(', ');
  return [
    well(`${ids}${feeds.length > 10 ? ` and ${feeds.length - 10} more` : ''} ${feeds.length === 1 ? one : many}.`),
  ];
}
