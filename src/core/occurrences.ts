import type { Credit } from './credit.ts';
import type { EntryMetadata, Ownership, Position, StoredSummary } from './entry.ts';
import type { FeedConfig } from './planet.ts';
import { type FeedHome, isAtHome } from './web-address.ts';

/** One route by which an entry came: a line of the archive, credited by its feed's rule. */
export interface Occurrence {
  entry: StoredSummary;
  credit: Credit;
}

/** What else a route says of its entry. */
export type MetadataReader = (route: Pick<Occurrence, 'entry'>) => Pick<EntryMetadata, 'url' | 'summary'>;

/** One entry, by however many routes it came. */
export interface MergedEntry {
  /** Its position is that of the line that is told: its owner's, where that may be seen. */
  entry: StoredSummary;
  /** Of the fullest text. */
  position: Position;
  credit: Credit;
  /** The other feeds that also carried it, in the order of `planet.yaml`. */
  via: string[];
  /** Why it is that feed's, where it came by several. */
  ownedBecause: Ownership | null;
}

/**
 * Joins the routes of each entry into one. `hidden` are the routes that may not be seen: not followed, or hidden by a rule. The
 * owner's place and date are the entry's even where the owner itself may not be seen any more: a permalink never changes.
 * @param headOf reads what else a route says: asked of the few whose texts differ
 */
export function mergeOccurrences(
  all: readonly Occurrence[],
  hidden: ReadonlySet<Occurrence>,
  feeds: readonly Followed[],
  headOf: MetadataReader,
): MergedEntry[] {
  const place = new Map(feeds.map(({ id }, index) => [id, index]));
  const byPlace = (a: Occurrence, b: Occurrence) => (place.get(a.entry.feed) ?? 0) - (place.get(b.entry.feed) ?? 0);
  return groupsOf(all).flatMap((routes) => {
    const [only, second] = routes;
    if (only && second === undefined) return hidden.has(only) ? [] : [alone(only)];
    const visible = routes.filter((route) => !hidden.has(route)).sort(byPlace);
    const owner = routes.find(({ entry }) => entry.copyOf === null) ?? routes[0];
    const lead = visible.find((route) => route === owner) ?? visible[0];
    return owner && lead ? [join(owner, lead, visible, { feeds, headOf })] : [];
  });
}

/** The routes of each entry, in the order of the first of each. */
function groupsOf(all: readonly Occurrence[]): Occurrence[][] {
  const groups: Occurrence[][] = [];
  const known = new Map<string, Occurrence[]>();
  const owners = originalsOf(all);
  for (const route of all) {
    const owner = route.entry.copyOf ?? route.entry;
    if (owners.get(owner.feed)?.has(owner.id) !== true) {
      groups.push([route]);
      continue;
    }
    const name = entryName(owner);
    const group = known.get(name);
    if (group) group.push(route);
    else {
      const first = [route];
      known.set(name, first);
      groups.push(first);
    }
  }
  return groups;
}

/** By feed, ids of the entries that others are copies of: few, so that hardly an entry need be named to be looked for. */
export function originalsOf(all: readonly Pick<Occurrence, 'entry'>[]): ReadonlyMap<string, ReadonlySet<string>> {
  const owners = new Map<string, Set<string>>();
  for (const { entry } of all) {
    if (entry.copyOf === null) continue;
    const { feed, id } = entry.copyOf;
    const known = owners.get(feed);
    if (known) known.add(id);
    else owners.set(feed, new Set([id]));
  }
  return owners;
}

const NONE: string[] = [];

/** An entry that came by one route, as nearly all do. */
function alone({ entry, credit }: Occurrence): MergedEntry {
  return { entry, position: entry.position, credit, via: NONE, ownedBecause: null };
}

interface Around {
  feeds: readonly Followed[];
  headOf: MetadataReader;
}

/** A feed, and where it is at home. */
type Followed = FeedHome & Pick<FeedConfig, 'id'>;

function join(owner: Occurrence, first: Occurrence, visible: readonly Occurrence[], around: Around): MergedEntry {
  const { path, published, publishedBy, firstSeen } = owner.entry;
  const own = visible.find((route) => route !== first && isOwnWhole(route, owner, first, around));
  const lead = own ?? first;
  const fullest = visible.find((route) => route !== lead && isFuller(route, lead, owner, around)) ?? lead;
  const knowing = [lead, ...visible.filter((route) => mayAdd(route, lead, owner, around))];
  const credited = knowing.find(({ credit }) => credit.authors.length > 0)?.credit.authors ?? [];
  const via = [...new Set(visible.map(({ entry }) => entry.feed))].filter((feed) => feed !== lead.entry.feed);
  const why = own ? 'site' : (visible.find(({ entry }) => entry.copyOf !== null)?.entry.copyOf?.why ?? null);
  return {
    entry: { ...lead.entry, id: first.entry.id, path, published, publishedBy, firstSeen },
    position: { ...fullest.entry.position, hash: hashOfAll(fullest, [owner, ...visible]) },
    credit: { title: lead.credit.title, authors: credited },
    via,
    ownedBecause: first === owner && via.length > 0 ? why : null,
  };
}

/** Of every line that says anything of an entry: a change of one is a change of the entry, and so is another fullest text. */
function hashOfAll(fullest: Occurrence, routes: readonly Occurrence[]): string {
  const hashes = routes.map(({ entry }) => entry.position.hash).sort();
  return [...new Set([fullest.entry.position.hash, ...hashes])].join('-');
}

/** Fuller by less than this is the same text in other markup. */
const fuller = 1.5;

/** Of two lines with one text, the one of a planet is a little longer, by a name in the title. */
const asLong = 0.9;

/**
 * Whether a route is the author's own feed and brings the whole. It speaks for the entry then: a planet may have brought the
 * beginning before (oursqlcommunity/planet#2).
 */
function isOwnWhole(route: Occurrence, owner: Occurrence, first: Occurrence, around: Around): boolean {
  if (route.entry.position.length < first.entry.position.length * asLong) return false;
  return hasAtHome(route, owner, around) && !hasAtHome(first, owner, around);
}

/**
 * Whether another route carries the whole of what the lead's begins. Only where it goes on from the same words, and may add
 * to them.
 */
function isFuller(other: Occurrence, lead: Occurrence, owner: Occurrence, around: Around): boolean {
  if (other.entry.position.length < lead.entry.position.length * fuller) return false;
  const begun = beginning(around.headOf(lead).summary);
  const whole = beginning(around.headOf(other).summary);
  if (begun.length < 20 || !whole.startsWith(begun.slice(0, whole.length))) return false;
  return mayAdd(other, lead, owner, around);
}

/**
 * Only a feed that came as early, stands earlier in `planet.yaml`, or has the entry on its own site: whoever copies an entry
 * later cannot put their words or their name into it.
 */
function mayAdd(other: Occurrence, lead: Occurrence, owner: Occurrence, around: Around): boolean {
  const place = (id: string) => around.feeds.findIndex((feed) => feed.id === id);
  return (
    other.entry.firstSeen <= lead.entry.firstSeen ||
    place(other.entry.feed) < place(lead.entry.feed) ||
    hasAtHome(other, owner, around)
  );
}

/** Whether an entry lies at the home of a route's feed. Where it lies tells the first that brought it: a copier may give a link of its own. */
function hasAtHome({ entry }: Occurrence, owner: Occurrence, { feeds, headOf }: Around): boolean {
  const feed = feeds.find(({ id }) => id === entry.feed);
  if (feed === undefined) return false;
  if (isAtHome(owner.entry.id, feed)) return true;
  const { url } = headOf(owner);
  return url !== null && isAtHome(url, feed);
}

/** A text without what says that it goes on, so that it can be compared with the whole. */
function beginning(text: string): string {
  return text.replace(/\s*(?:\[?(?:…|\.\.\.)\]?|read more|continue reading)\s*$/iu, '').replace(/\s+/gu, ' ');
}

/** One line of the archive, as a key of a map. No feed's id has a space in it. */
export function entryName({ feed, id }: { feed: string; id: string }): string {
  return `${feed} ${id}`;
}
