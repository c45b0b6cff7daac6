import type { DocumentOrder, UniqueTraits } from './document-order.ts';
import { areBare, isReplaced } from './given-ids.ts';
import {
  areAtOneInstant,
  areNear,
  areOfOneLength,
  areTextsAlike,
  areUndated,
  hasLongText,
  haveOneText,
  haveOneTitle,
  mayBeOneDay,
  mayBeVersions,
  type Post,
  textsContradict,
} from './post.ts';

/** The rule by which an incoming entry is matched to a stored one, in words for the operator. */
export const MATCH_RULES = {
  id: 'by its id',
  link: 'by its link',
  instant: 'by its time, with its title or its text',
  words: 'by its title and its text, word for word',
  title: 'by its title, and a text that is alike',
  text: 'by its text',
  place: 'by its place between others, with its title or its text',
  edit: 'by a text that is alike, as another vanished',
  day: 'by its title and its day, as others vanished',
  returned: 'by its link or its words, as others of its site came back',
} as const;
export type Rule = keyof typeof MATCH_RULES;

export interface DocumentFacts {
  /** By the matches so far. */
  order: DocumentOrder;
  /** Whether a stored post was in the last document; always true for a feed without a memory. */
  wasInLastDocument: (existing: Post) => boolean;
  /** Missing posts of the last document that are not older than all incoming ones. */
  vanished: ReadonlySet<Post>;
  /** Whether the feed as a whole changed its ids. */
  idsChanged: boolean;
  /** Whether all posts may be as another software writes them: no id is known, and days may be in place of times. */
  softwareChanged: boolean;
  idsUnreliable: boolean;
  /** Whether most posts of the document have one date. */
  haveOneDate: boolean;
  /** Whether an earlier document is remembered. */
  hasMemory: boolean;
  links: UniqueTraits;
}

export type Accepts = (existing: Post, incoming: Post) => boolean;

/** Whether two posts are the same if no other post has their link. */
export function acceptsLink(facts: DocumentFacts): Accepts {
  // A later post may link to the same page; so may an earlier one without a like text.
  const isRepeated: Accepts = (a, b) =>
    b.published !== null && !areNear(a, b) && areDistinct(facts, a, b) && (isLater(b, a) || !areTextsAlike(a, b));
  return (existing, incoming) =>
    (facts.links.areDistinctive && mayReturn(facts, existing) && !isReplaced(existing, incoming, facts)) ||
    areAtOneInstant(existing, incoming) ||
    (!isRepeated(existing, incoming) && mayBeVersions(existing, incoming));
}

function isLater({ instant: a }: Post, { instant: b }: Post): boolean {
  return a !== null && b !== null && a > b;
}

/** Whether two posts are the same if no other post has their instant. */
export function acceptsInstant(facts: DocumentFacts): Accepts {
  return (existing, incoming) =>
    haveOneTitle(existing, incoming) ||
    areTextsAlike(existing, incoming) ||
    (mayReturn(facts, existing) && !textsContradict(existing, incoming));
}

/** Rules for pairs of posts, the surest first. Each gets the facts of its turn: the order depends on the matches so far. */
export const PAIR_RULES: readonly { rule: Rule; accepts: (facts: DocumentFacts) => Accepts }[] = [
  {
    rule: 'words',
    // An equal title and text are enough for a post that comes back after it had left the document.
    accepts: (facts) => (a, b) =>
      a.title === b.title &&
      (areDatesNear(facts, a, b) || mayHaveAnyDate(facts, a, b)) &&
      haveOneText(a, b) &&
      !areDistinct(facts, a, b) &&
      (mayReturn(facts, a) || (a.title !== '' && a.words.length > 0)) &&
      // "Look at this", without a title, is said again of another picture.
      (a.title !== '' || hasLongText(b) || areBare(a, b) || !leftAsOtherCame(facts, a, b)),
  },
  {
    rule: 'text',
    accepts: (facts) => (a, b) =>
      (areDatesNear(facts, a, b) || (hasOnlyUpdate(b) && mayHaveAnyDate(facts, a, b))) &&
      hasLongText(b) &&
      (a.title === b.title || !isAnotherByOrder(facts, a, b)) &&
      haveOneText(a, b) &&
      !areDistinct(facts, a, b),
  },
  {
    rule: 'title',
    accepts: (facts) => (a, b) => haveOneTitle(a, b) && mayReturn(facts, a) && isEdited(facts, a, b),
  },
  {
    rule: 'place',
    accepts: (facts) => (a, b) => facts.order.haveOnePlace(a, b) && (a.html === b.html || mayBeVersions(a, b)),
  },
  {
    rule: 'edit',
    accepts: (facts) => (a, b) =>
      (facts.vanished.size >= 2 || facts.vanished.has(a)) && hasLongText(b) && isEdited(facts, a, b),
  },
  {
    rule: 'day',
    accepts: (facts) => (a, b) =>
      facts.vanished.size >= 2 &&
      !isAnotherByOrder(facts, a, b) &&
      haveOneTitle(a, b) &&
      !areUndated(a, b) &&
      !areDistinct(facts, a, b) &&
      !haveDistinctLinks(facts, a, b) &&
      // Another software may give the day only, in its own zone, and a summary where the whole text was.
      ((facts.softwareChanged && facts.vanished.has(a) && a.fullInstant !== null && mayBeOneDay(a, b)) ||
        (a.day === b.day && a.words.length > 0 === b.words.length > 0 && !textsContradict(a, b))),
  },
];

/** Whether one post may be an edit of the other. The dates first: to compare texts takes long. */
function isEdited(facts: DocumentFacts, a: Post, b: Post): boolean {
  if (isAnotherByOrder(facts, a, b) || !areDatesNear(facts, a, b) || !areOfOneLength(a, b)) return false;
  return !areDistinct(facts, a, b) && areTextsAlike(a, b);
}

function mayReturn({ idsChanged, wasInLastDocument }: DocumentFacts, existing: Post): boolean {
  return idsChanged || wasInLastDocument(existing);
}

/** Whether the dates allow two posts to be one. Some feeds give only the date of the last edit, which may move. */
function areDatesNear(facts: DocumentFacts, existing: Post, incoming: Post): boolean {
  if (areUndated(existing, incoming) || areNear(existing, incoming)) return true;
  if (facts.idsChanged && haveOtherKindsOfDate(facts, existing, incoming)) return true;
  const mayMove = incoming.published === null && hasLongText(incoming) && facts.wasInLastDocument(existing);
  return mayMove && (haveOneTitle(existing, incoming) || facts.idsChanged || facts.idsUnreliable);
}

/** Whether another software gives the day for the time or the time for the day; or a date to posts that had none, none, or one to all. */
function haveOtherKindsOfDate(facts: DocumentFacts, existing: Post, incoming: Post): boolean {
  const isDayForTime = (existing.fullInstant === null) !== (incoming.fullInstant === null);
  if (isDayForTime && mayBeOneDay(existing, incoming)) return true;
  // A post that is newer than the first sight of another one is not that one.
  const mayGetDate = existing.isUndated && (incoming.instant ?? '') <= existing.read;
  const isLost = facts.haveOneDate || incoming.isUndated || mayGetDate;
  const havePicture = existing.html === incoming.html && incoming.html.includes('<img');
  return isLost && (hasLongText(incoming) || havePicture) && haveOneText(existing, incoming);
}

/** Whether the date of a post is that of its last change, and its place may be by it. */
function hasOnlyUpdate({ published, updated }: Post): boolean {
  return published === null && updated !== null;
}

/** Whether two posts that look alike are two, as one that stayed is between them, or none stayed. */
function isAnotherByOrder(facts: DocumentFacts, existing: Post, incoming: Post): boolean {
  if (!facts.order.isByDate || hasOnlyUpdate(incoming)) return false;
  // A longer document has posts that had left the last one.
  if (facts.idsChanged && !facts.wasInLastDocument(existing)) return false;
  return facts.order.stayed > 0 ? facts.order.hasMoved(existing, incoming) : leftAsOtherCame(facts, existing, incoming);
}

/** Whether the stored post left at one end of the document, as the other came at the other end. */
function leftAsOtherCame(facts: DocumentFacts, existing: Post, incoming: Post): boolean {
  if (!facts.order.isKnown) return false;
  return facts.order.stayed > 0 ? facts.order.hasLeft(existing, incoming) : !facts.idsChanged && !facts.idsUnreliable;
}

/** A long text that vanished from inside the document may come back with another date, or without one. */
function mayHaveAnyDate(facts: DocumentFacts, existing: Post, incoming: Post): boolean {
  const { hasMemory, vanished } = facts;
  return hasMemory && vanished.has(existing) && !leftAsOtherCame(facts, existing, incoming) && hasLongText(incoming);
}

/** Whether posts with like words are two: by another time or link; with long texts, which may be mended, only by both. */
function areDistinct(facts: DocumentFacts, existing: Post, incoming: Post): boolean {
  if (!facts.hasMemory) return false;
  const isLong = hasLongText(incoming);
  const stays = facts.idsChanged || facts.idsUnreliable || !leftAsOtherCame(facts, existing, incoming);
  if (isLong && stays && haveOneText(existing, incoming)) return false;
  const [a, b] = [existing.fullInstant, incoming.fullInstant];
  const haveDistinctTimes =
    !facts.idsChanged && !(stays && hasOnlyUpdate(incoming)) && a !== null && b !== null && a !== b;
  const areLinksDistinct = haveDistinctLinks(facts, existing, incoming);
  if (isLong && stays) return haveDistinctTimes && areLinksDistinct;
  if (isLong && areNear(existing, incoming)) return areLinksDistinct && !areAtOneInstant(existing, incoming);
  return haveDistinctTimes || areLinksDistinct;
}

function haveDistinctLinks({ links }: DocumentFacts, { link: a }: Post, { link: b }: Post): boolean {
  return links.recur() && a !== null && b !== null && a !== b;
}
