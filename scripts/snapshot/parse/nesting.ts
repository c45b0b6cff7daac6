/** What a repair knows as it goes. */
export interface OpenElements {
  /** The open tags, outermost first. */
  names: string[];
  /** How many there are of each name in lower case. */
  counts: Map<string, number>;
  /** Where in the output each of them begins. */
  starts: number[];
  /** Where in the output entries stand that something else than their own end tag ended, from and to. */
  unended: [from: number, to: number][];
  /** Where the output ended when the channel did, and when the last entry did; -1 where none has. */
  channelEnd: number;
  entryEnd: number;
  /** Where in the text the outermost element's last end tag stands, once that was asked; -1 where it has none. */
  rootEnd: number | null;
  /** What was looked for in vain: it is not there further on either. */
  endless: Set<string>;
}

export function noOpenElements(): OpenElements {
  return {
    names: [],
    counts: new Map(),
    starts: [],
    unended: [],
    channelEnd: -1,
    entryEnd: -1,
    rootEnd: null,
    endless: new Set(),
  };
}

const ENTRY = /^(?:\w+:)?(?:item|entry)$/;

/** Elements of plain text: none of their kind stands within another. */
const LEAVES = new Set(
  'title link guid id pubdate published updated issued modified created author category comments name uri email language'
    .split(' ')
    .concat(['dc:creator', 'dc:date', 'dc:subject', 'dc:title', 'dc:language', 'dc:rights', 'itunes:author']),
);
/** Elements that hold HTML. */
const BODIES = new Set(['description', 'summary', 'content', 'content:encoded', 'itunes:summary', 'media:description']);
/** Elements that no HTML knows: where one begins, a body before it has ended. */
const NOT_HTML = new Set([...LEAVES, ...BODIES].filter((name) => !/^(title|link|name|author|summary)$/.test(name)));

/** How many of the innermost open tags end where a tag of this name begins, since someone forgot to close them. */
export function closers(name: string, open: OpenElements): number {
  if (ENTRY.test(name) && open.counts.get(name)) return depthOf(name, open);
  const inner = open.names.at(-1)?.toLowerCase() ?? '';
  if (LEAVES.has(inner) && (LEAVES.has(name) || BODIES.has(name)) && !person(inner, name)) return 1;
  if (!NOT_HTML.has(name)) return 0;
  const bodies = open.names.length < 40 ? open.names.findLastIndex((each) => BODIES.has(each.toLowerCase())) : -1;
  return bodies === -1 ? 0 : open.names.length - bodies;
}

/** Atom's persons hold names; these two hold no other leaf. */
function person(outer: string, inner: string): boolean {
  return outer === 'author' && /^(name|uri|email)$/.test(inner);
}

function depthOf(name: string, open: OpenElements): number {
  const at = open.names.findLastIndex((each) => each.toLowerCase() === name);
  return open.names.length - at;
}

export function isEntry(name: string): boolean {
  return ENTRY.test(name.toLowerCase());
}

/** Where a document that ends in the middle is to be cut: at the first open tag whose element means nothing unless it is whole. */
export function firstUnfinished({ names }: OpenElements): number {
  const entry = names.findIndex(isEntry);
  if (entry !== -1) return entry;
  return names.findIndex((name) => LEAVES.has(name.toLowerCase()) || BODIES.has(name.toLowerCase()));
}

/** RSS's channel holds all that the feed says, so that `</rss>` alone may be missing. RDF's entries stand after it. */
export function saysAll({ names, channelEnd, entryEnd }: OpenElements): boolean {
  return names.length === 1 && names[0]?.toLowerCase() === 'rss' && channelEnd > entryEnd;
}

const ROOTS = new Set(['rss', 'feed', 'rdf:rdf']);

/** Whether a document begins anew within itself: a server that broke off and started again. */
export function beginsAnew(name: string, { names }: OpenElements): boolean {
  return ROOTS.has(name) && names[0]?.toLowerCase() === name;
}
