import type { EntryHead, Ownership, Position } from '../model/entry.ts';
import type { FeedConfig } from '../model/planet.ts';
import type { Credit } from './credit.ts';

/** One route by which an entry came: a line of the archive, credited by its feed's rule. */
export interface Route {
  entry: EntryHead;
  position: Position;
  credit: Credit;
}

/** One entry, by however many routes it came. */
export interface Joined {
  entry: EntryHead;
  /** Of the fullest text. */
  position: Position;
  credit: Credit;
  /** The other feeds that also carried it, in the order of `planet.yaml`. */
  via: string[];
  /** Why it is that feed's, where it came by several. */
  ownedBecause: Ownership | null;
}

/**
 * Joins the routes of each entry into one. `shown` are the routes that may be seen: followed, and hidden by no rule. The
 * owner's place and date are the entry's even where the owner itself may not be seen any more: a permalink never changes.
 */
export function joinRoutes(all: readonly Route[], shown: ReadonlySet<Route>, feeds: readonly FeedConfig[]): Joined[] {
  const place = new Map(feeds.map(({ id }, index) => [id, index]));
  const byPlace = (a: Route, b: Route) => (place.get(a.entry.feed) ?? 0) - (place.get(b.entry.feed) ?? 0);
  const groups = Map.groupBy(all, ({ entry }) => nameOf(entry.copyOf ?? entry));
  return [...groups.values()].flatMap((routes) => {
    const [only, second] = routes;
    if (only && second === undefined) return shown.has(only) ? [alone(only)] : [];
    const visible = routes.filter((route) => shown.has(route)).sort(byPlace);
    const owner = routes.find(({ entry }) => entry.copyOf === null) ?? routes[0];
    const lead = visible.find((route) => route === owner) ?? visible[0];
    return owner && lead ? [join(owner, lead, visible, feeds)] : [];
  });
}

/** An entry that came by one route, as nearly all do. */
function alone({ entry, position, credit }: Route): Joined {
  return { entry, position, credit, via: [], ownedBecause: null };
}

function join(owner: Route, lead: Route, visible: readonly Route[], feeds: readonly FeedConfig[]): Joined {
  const { path, published, publishedBy, firstSeen } = owner.entry;
  const fullest = visible.find((route) => route !== lead && isFuller(route, lead, feeds)) ?? lead;
  const credited = [lead, ...visible].find(({ credit }) => credit.authors.length > 0)?.credit.authors ?? [];
  const via = [...new Set(visible.map(({ entry }) => entry.feed))].filter((feed) => feed !== lead.entry.feed);
  const why = visible.find(({ entry }) => entry.copyOf !== null)?.entry.copyOf?.why ?? null;
  return {
    entry: { ...lead.entry, path, published, publishedBy, firstSeen, summary: fullest.entry.summary },
    position: { ...fullest.position, hash: hashOfAll([owner, ...visible]) },
    credit: { title: lead.credit.title, authors: credited },
    via,
    ownedBecause: lead === owner && via.length > 0 ? why : null,
  };
}

/** Of every line that says anything of an entry: a change of one is a change of the entry. */
function hashOfAll(routes: readonly Route[]): string {
  return [...new Set(routes.map(({ position }) => position.hash))].sort().join('-');
}

/** Fuller by less than this is the same text in other markup. */
const fuller = 1.5;

/**
 * Whether another route carries the whole of what the owner's begins. Only where it goes on from the same words; and only
 * from a feed that came as early, stands earlier in `planet.yaml`, or has the entry on its own site: whoever copies an
 * entry later cannot put their words into it.
 */
function isFuller(other: Route, owner: Route, feeds: readonly FeedConfig[]): boolean {
  if (other.position.length < owner.position.length * fuller) return false;
  const begun = beginning(owner.entry.summary);
  const whole = beginning(other.entry.summary);
  if (begun.length < 20 || !whole.startsWith(begun.slice(0, whole.length))) return false;
  const place = (id: string) => feeds.findIndex((feed) => feed.id === id);
  return (
    other.entry.firstSeen === owner.entry.firstSeen ||
    place(other.entry.feed) < place(owner.entry.feed) ||
    isAtHome(other, feeds)
  );
}

function isAtHome({ entry }: Route, feeds: readonly FeedConfig[]): boolean {
  const feed = feeds.find(({ id }) => id === entry.feed);
  const hosts = [feed?.home, feed?.url].map((address) =>
    address && URL.canParse(address) ? new URL(address).host : null,
  );
  return entry.url !== null && hosts.includes(new URL(entry.url).host);
}

/** A text without what says that it goes on, so that it can be compared with the whole. */
function beginning(text: string): string {
  return text.replace(/\s*(?:\[?(?:…|\.\.\.)\]?|read more|continue reading)\s*$/iu, '').replace(/\s+/gu, ' ');
}

/** One line of the archive, as a key of a map. No feed's id has a space in it. */
export function nameOf({ feed, id }: { feed: string; id: string }): string {
  return `${feed} ${id}`;
}
