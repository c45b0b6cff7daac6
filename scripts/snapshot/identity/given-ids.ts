import { permalinkKey } from '../../../src/archive/ledger.ts';
import { canonicalLink, identityKeys } from '../../../src/core/entry-keys.ts';
import type { UniqueTraits } from './document-order.ts';
import type { FeedMemory } from './entry-ids.ts';
import {
  areAtOneInstant,
  areNear,
  areOfOneLength,
  areTextsAlike,
  hasLongText,
  haveOneText,
  haveOneTitle,
  mayBeOneDay,
  type Post,
  shareNoTitleWord,
  textsContradict,
} from './post.ts';

/** The posts of a document, and their traits beside those of the stored posts. */
export interface ComparedDocument {
  posts: readonly Post[];
  /** Posts that share an id with another. */
  sharers: ReadonlySet<Post>;
  links: UniqueTraits;
  instants: UniqueTraits;
  /** Whether most posts have one date. */
  haveOneDate: boolean;
}

type StoredPosts = { feed: string; existing: readonly Post[]; memory: FeedMemory };

/** Which ids of a document count. If too many contradict the rest of their posts, the ids of this feed are useless. */
export function givenIds({ feed, existing, memory }: StoredPosts, document: ComparedDocument) {
  const { posts, sharers } = document;
  const has = (post: Post) => !sharers.has(post) && !(post.id === post.url && post.link === null);
  const byId = new Map(existing.map((post) => [post.id, post]));
  const hasAliases = Object.keys(memory.aliases).length > 0;
  const byKey = new Map(hasAliases ? existing.map((post) => [permalinkKey({ feed, id: post.id }), post]) : []);
  const pairs = posts.filter(has).flatMap((incoming) => {
    const aliased = byKey.get(memory.aliases[permalinkKey({ feed, id: incoming.id })] ?? '');
    const post = aliased !== undefined && mayBeKnown(aliased, incoming) ? aliased : byId.get(incoming.id);
    return post === undefined ? [] : [{ existing: post, incoming }];
  });
  const contradicted = pairs.filter(({ existing, incoming }) => isContradicted(existing, incoming, document));
  // Where most ids agree with the rest of their posts, one that is unique in the world outweighs it: its post was written anew.
  const areRare = contradicted.length * 2 < pairs.length;
  const wrong = new Set(contradicted.flatMap(({ incoming }) => (areRare && hasUniqueId(incoming) ? [] : incoming)));
  const areUnreliable =
    memory.idsUnreliable ||
    sharers.size * 2 > posts.length ||
    contradicted.length * 2 > pairs.length ||
    pairs.some(({ existing, incoming }) => isElsewhere(existing, incoming, document));
  return {
    /** Whether the id of a post counts: not a shared one, and not the front page in place of a missing id. */
    has,
    /** Posts whose id is that of another post in the archive. */
    wrong,
    /** Whether the ids of the feed say nothing. */
    areUnreliable,
    /** The posts that their ids name; none where these say nothing. */
    pairs: areUnreliable ? [] : pairs.filter(({ incoming }) => !wrong.has(incoming)),
  };
}

/** Whether the post of a stored id now has another id, as in feeds whose ids count the entries from the top. */
function isElsewhere(existing: Post, incoming: Post, { links, instants, posts }: ComparedDocument): boolean {
  if (agree(existing, incoming)) return false;
  const elsewhere = (traits: UniqueTraits) => {
    const other = traits.incomingWithTraitOf(existing);
    return other === incoming ? undefined : other;
  };
  const byLink = elsewhere(links);
  if (byLink !== undefined && !textsContradict(existing, byLink)) return true;
  const byInstant = elsewhere(instants);
  if (byInstant !== undefined && haveOneTitle(existing, byInstant)) return true;
  return posts.some(
    (post) =>
      post !== incoming && hasLongText(existing) && existing.title === post.title && haveOneText(existing, post),
  );
}

/** Whether another stored post has the link, the title and the date: of two with one id the other has left the document. */
function isStoredElsewhere(existing: Post, incoming: Post, links: UniqueTraits): boolean {
  const other = links.existingWithTraitOf(incoming);
  if (other === undefined || other === existing) return false;
  return other.title === incoming.title && other.instant === incoming.instant && other.instant !== null;
}

/** Whether title, text, link and date contradict a match by id. */
function isContradicted(existing: Post, incoming: Post, document: ComparedDocument): boolean {
  const { links, posts } = document;
  if (mayNameTwo(incoming) && isStoredElsewhere(existing, incoming, links)) return true;
  if (existing.html === incoming.html && existing.title === incoming.title) return false;
  if (areAtOneInstant(existing, incoming)) return false;
  const isLinkShared = existing.link !== null && existing.link === incoming.link;
  if (isLinkShared && links.areDistinctive) return isReplaced(existing, incoming, document);
  const haveDates = haveTwoDates(existing, incoming);
  const doPlacesDiffer = haveDates && existing.link !== incoming.link;
  const doTitlesDiffer = existing.title !== incoming.title;
  // As ids count entries from the top.
  const isNumbered = /^\d+$/.test(incoming.id) && Number(incoming.id) <= posts.length;
  const isWeak = isNumbered
    ? !(hasLongText(incoming) && areTextsAlike(existing, incoming))
    : haveDates && !hasLongText(incoming);
  const isAnother = shareNoTitleWord(existing, incoming) || (isNumbered && doPlacesDiffer);
  if (isWeak && !isLinkShared && isAnother) return true;
  if (textsContradict(existing, incoming)) return doTitlesDiffer || doPlacesDiffer;
  if (areTextsAlike(existing, incoming)) return doPlacesDiffer && !areOfOneLength(existing, incoming);
  return doPlacesDiffer && (doTitlesDiffer || (mayNameTwo(incoming) && !areNear(existing, incoming)));
}

/**
 * Whether only id or link are equal: a site that begins anew, or was restored from a backup, gives its numbers to other
 * posts. One date for most posts is that of a build: it says nothing.
 */
export function isReplaced(existing: Post, incoming: Post, document: Pick<ComparedDocument, 'haveOneDate'>): boolean {
  if (!areDated(existing, incoming) || document.haveOneDate || mayBeOneDay(existing, incoming)) return false;
  return shareNoTitleWord(existing, incoming) && textsContradict(existing, incoming);
}

/** Whether two posts have one text, and no id or page that tells them apart: alone in its document, one was new in each run. */
export function areBare(existing: Post, { id, url, html }: Post): boolean {
  return id === url && existing.url === url && existing.html === html;
}

function areDated(existing: Post, incoming: Post): boolean {
  return incoming.published !== null && !existing.isUndated && !incoming.isUndated;
}

/** Whether two posts have a date each: two times, or two days. A new one means nothing if it is only that of the last edit. */
function haveTwoDates(existing: Post, incoming: Post): boolean {
  if (!areDated(existing, incoming)) return false;
  const haveTimes = existing.fullInstant !== null && incoming.fullInstant !== null;
  return haveTimes || (mayNameTwo(incoming) && !mayBeOneDay(existing, incoming));
}

/** Whether an id may be that of several posts: a title, a category. A number, an address or a UUID stays that of its post. */
function mayNameTwo({ id, title }: Post): boolean {
  return (id === title || !/\d/.test(id)) && identityKeys({ id, url: null }).length === 0;
}

/** Whether an id is unique in the world, as a UUID. An address may change with the title. */
export function hasUniqueId({ id }: Post): boolean {
  return canonicalLink(id) === null && identityKeys({ id, url: null }).length > 0;
}

/** Whether a post may still be that of an id which it had for a while: the id may be that of another post now. */
function mayBeKnown(existing: Post, incoming: Post): boolean {
  if (existing.link !== null && existing.link === incoming.link) return true;
  if (areAtOneInstant(existing, incoming)) return true;
  return haveOneText(existing, incoming) && (hasLongText(incoming) || existing.title === incoming.title);
}

function agree(existing: Post, incoming: Post): boolean {
  return (
    areAtOneInstant(existing, incoming) ||
    (existing.words.length > 0 && haveOneText(existing, incoming)) ||
    (haveOneTitle(existing, incoming) && !textsContradict(existing, incoming))
  );
}
