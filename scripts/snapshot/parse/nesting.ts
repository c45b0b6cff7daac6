/** What a repair knows as it goes: the open tags, outermost first, and how many there are of each name in lower case. */
export interface Open {
  names: string[];
  counts: Map<string, number>;
  /** What was looked for in vain: it is not there further on either. */
  endless: Set<string>;
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
export function closers(name: string, open: Open): number {
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

function depthOf(name: string, open: Open): number {
  const at = open.names.findLastIndex((each) => each.toLowerCase() === name);
  return open.names.length - at;
}
