import { wordSet } from '../../../src/core/text.ts';

/** The repaired text so far, and the elements that are open at its end. */
export class RepairState {
  readonly out: string[] = [];
  /** The open tags, outermost first. */
  readonly names: string[] = [];
  /** The number of open tags by name, in lower case. */
  readonly counts = new Map<string, number>();
  /** The position of each open tag in `out`. */
  readonly starts: number[] = [];
  /** The positions of entries that ended without their own end tag. */
  readonly unended: [from: number, to: number][] = [];
  /** The length of `out` at the end of the channel, and of the last entry; -1 before. */
  channelEnd = -1;
  entryEnd = -1;
  /** The position in the text of the last end tag of the outermost element: null before it is needed, -1 where there is none. */
  rootEnd: number | null = null;
  /** As `indexAfter` keeps them. */
  readonly endless = new Set<string>();

  /** Adds text. Outside of the outermost element it is no part of the feed. */
  add(text: string): void {
    if (this.names.length > 0) this.out.push(text);
  }
}

const ENTRY = /^(?:\w+:)?(?:item|entry)$/;

/** Elements of plain text: no leaf is inside another leaf. */
const LEAVES = wordSet(
  'title link guid id pubdate published updated issued modified created author category comments name uri email language ' +
    'dc:creator dc:date dc:subject dc:title dc:language dc:rights itunes:author',
);
/** Leaves whose text is never markup: any start tag ends one that has no end tag. A minifier of HTML drops `</link>`: https://github.com/kangax/html-minifier/issues/730 */
const BARE = wordSet('link guid id pubdate published updated issued modified created');
const BODIES = wordSet('description summary content content:encoded itunes:summary media:description');
/** Elements that HTML does not have: an open body ends before them. */
const NOT_HTML = new Set([...LEAVES, ...BODIES].filter((name) => !/^(title|link|name|author|summary)$/.test(name)));

/**
 * The number of innermost open tags without an end tag that end where a tag of this name begins.
 * @param rest the text from this tag on, as far as the end tag of a leaf may be
 */
export function impliedEnds(name: string, state: RepairState, rest: string): number {
  if (ENTRY.test(name) && state.counts.get(name))
    return state.names.length - state.names.findLastIndex((each) => each.toLowerCase() === name);
  const inner = state.names.at(-1)?.toLowerCase() ?? '';
  // Its end tag may follow, and not another one of its name.
  const isEnded = () => new RegExp(`<(/?)${inner}[\\s/>]`, 'i').exec(rest)?.[1] === '/';
  if (BARE.has(inner) && !isEnded()) return 1;
  // An Atom person (https://www.rfc-editor.org/rfc/rfc4287#section-3.2). No other leaf holds a leaf.
  const isOfPerson = inner === 'author' && /^(name|uri|email)$/.test(name);
  if (LEAVES.has(inner) && (LEAVES.has(name) || BODIES.has(name)) && !isOfPerson) return 1;
  if (!NOT_HTML.has(name)) return 0;
  const bodies = state.names.length < 40 ? state.names.findLastIndex((each) => BODIES.has(each.toLowerCase())) : -1;
  return bodies === -1 ? 0 : state.names.length - bodies;
}

export function isEntry(name: string): boolean {
  return ENTRY.test(name.toLowerCase());
}

/** The index of the open tag at which a partial document is cut: the first entry, else the first element that is useless unless complete; -1 where there is none. */
export function firstUnfinished({ names }: RepairState): number {
  const entry = names.findIndex(isEntry);
  if (entry !== -1) return entry;
  return names.findIndex((name) => LEAVES.has(name.toLowerCase()) || BODIES.has(name.toLowerCase()));
}

/** Whether only `</rss>` is missing: in RSS the channel holds everything, in RDF the entries come after it. */
export function isComplete({ names, channelEnd, entryEnd }: RepairState): boolean {
  return names.length === 1 && names[0]?.toLowerCase() === 'rss' && channelEnd > entryEnd;
}

const ROOTS = new Set(['rss', 'feed', 'rdf:rdf']);

/** Whether a document starts again inside itself, after a server broke off and began again. */
export function isRestart(name: string, { names }: RepairState): boolean {
  return ROOTS.has(name) && names[0]?.toLowerCase() === name;
}
