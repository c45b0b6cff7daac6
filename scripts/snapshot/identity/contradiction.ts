import type { Owned } from './owned.ts';
import {
  areAtOneInstant,
  areOfOneLength,
  areTextsAlike,
  haveOneText,
  haveOneTitle,
  isLong,
  type Post,
  shareNoTitleWord,
  textsContradict,
} from './post.ts';

/** The posts of a document, with what each has alone in it and in the archive. */
interface Document {
  posts: readonly Post[];
  links: Owned;
  instants: Owned;
}

/** Whether what an id stood for is now said under another: ids that count places from the top do so. */
export function standsElsewhere(known: Post, said: Post, { links, instants, posts }: Document): boolean {
  if (agree(known, said)) return false;
  const elsewhere = (owned: Owned) => {
    const other = owned.saidLike(known);
    return other !== undefined && other !== said ? other : undefined;
  };
  const byLink = elsewhere(links);
  if (byLink !== undefined && !textsContradict(known, byLink)) return true;
  const byInstant = elsewhere(instants);
  if (byInstant !== undefined && haveOneTitle(known, byInstant)) return true;
  return posts.some((post) => post !== said && isLong(known) && known.title === post.title && haveOneText(known, post));
}

/** Whether hardly anything else says that an id still stands for the same post. */
export function isContradicted(known: Post, said: Post, { links, posts }: Document): boolean {
  if (known.html === said.html && known.title === said.title) return false;
  if (areAtOneInstant(known, said)) return false;
  if (known.link !== null && known.link === said.link && links.tellApart()) return false;
  // A date that is the last edit's is another after each.
  const haveDates = known.fullInstant !== null && said.fullInstant !== null && said.published !== null;
  const doPlacesDiffer = haveDates && known.link !== said.link;
  const doTitlesDiffer = known.title !== said.title;
  const isLinkShared = known.link !== null && known.link === said.link;
  const isWeak = counts(said.id, posts) ? !(isLong(said) && areTextsAlike(known, said)) : haveDates && !isLong(said);
  if (isWeak && !isLinkShared && shareNoTitleWord(known, said)) return true;
  if (textsContradict(known, said)) return doTitlesDiffer || doPlacesDiffer;
  if (areTextsAlike(known, said)) return doPlacesDiffer && !areOfOneLength(known, said);
  return doTitlesDiffer && doPlacesDiffer;
}

function agree(known: Post, said: Post): boolean {
  return (
    areAtOneInstant(known, said) ||
    (known.words.length > 0 && haveOneText(known, said)) ||
    (haveOneTitle(known, said) && !textsContradict(known, said))
  );
}

/** Whether an id may be a place in the document, from 1 to n. */
function counts(id: string, { length }: readonly Post[]): boolean {
  return /^\d+$/.test(id) && Number(id) <= length;
}
