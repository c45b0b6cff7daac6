import { webAddress } from '../normalise/links.ts';
import { type FeedTree, mendText, NO_SCOPE, type Scope, type XmlElement, type XmlNode } from './feed-tree.ts';

type Growing = XmlElement & { content: string | XmlNode[] };
export type TreeBuilder = ReturnType<typeof treeBuilder>;

/** Deeper than any real feed. Below it only text is kept, so that recursive functions do not overflow the stack. */
const DEEPEST_ELEMENT = 400;
/** Deeper than the entries of any format. */
const DEEPEST_ENTRY = 8;
const ENTRY = new Set(['item', 'entry']);
/** Elements in which white space has no meaning. */
const LAID_OUT = new Set(['item', 'entry', 'channel', 'feed', 'rss', 'rdf:rdf', 'author', 'source', 'media:group']);

/** Builds a tree from a parser's events; resolves namespaces, bases and languages. `url` is the base of `xml:base`. */
export function treeBuilder(url: string) {
  const open: { element: Growing; prefixes: Prefixes }[] = [];
  const entries: XmlElement[] = [];
  let root: XmlElement | null = null;
  let tooDeep = 0;
  let entryDepth = 0;

  function placeInTree(element: XmlElement): void {
    root ??= element;
    const parent = open.at(-1)?.element;
    if (ENTRY.has(element.name) && entryDepth === 0 && open.length <= DEEPEST_ENTRY) {
      entryDepth = open.length + 1;
      entries.push(element);
    } else if (parent) add(parent, element);
  }

  return {
    open(name: string, attributes: Record<string, string>): void {
      if (open.length >= DEEPEST_ELEMENT) {
        tooDeep++;
        return;
      }
      const parent = open.at(-1);
      const prefixes = prefixesWithin(attributes, parent?.prefixes ?? NO_PREFIXES);
      const scope = scopeWithin(attributes, parent?.element.scope ?? NO_SCOPE, url);
      const named = namedAttributes(attributes, prefixes);
      const element = { name: elementName(name, prefixes), attributes: named, content: '', scope };
      placeInTree(element);
      open.push({ element, prefixes });
    },
    close(): void {
      if (tooDeep > 0) {
        tooDeep--;
        return;
      }
      if (open.length === entryDepth) entryDepth = 0;
      const closed = open.pop()?.element;
      // A copy has no unused capacity. In a feed of a hundred thousand entries the unused capacity would be most of the tree.
      if (typeof closed?.content === 'object') closed.content = closed.content.slice();
    },
    text(text: string): void {
      const parent = open.at(-1)?.element;
      if (!parent || (LAID_OUT.has(parent.name) && text.trim() === '')) return;
      if (typeof parent.content === 'string') parent.content += mendText(text);
      else parent.content.push(mendText(text));
    },
    complete: (): boolean => root !== null && open.length === 0,
    tree: (): FeedTree | null => root && { root, entries, partial: false },
  };
}

/** Adds a child; text that was alone so far becomes the first child. */
function add(parent: Growing, child: XmlElement): void {
  if (typeof parent.content === 'object') parent.content.push(child);
  else parent.content = parent.content === '' ? [child] : [parent.content, child];
}

type Attributes = Readonly<Record<string, string>>;

/** The prefixes that an element declares, with those around it. Not copied for each element: that would take quadratic time. */
interface Prefixes {
  inner: ReadonlyMap<string, string>;
  outer: Prefixes | null;
}

export const NO_PREFIXES: Prefixes = { inner: new Map(), outer: null };
const NO_ATTRIBUTES: Attributes = Object.freeze({});

function prefixesWithin(attributes: Attributes, outer: Prefixes): Prefixes {
  let inner: Map<string, string> | null = null;
  for (const name in attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    const prefix = name.slice(6).toLowerCase();
    // An unknown namespace keeps its prefix; without a prefix it counts as a feed format.
    const meaning = knownPrefix(attributes[name] ?? '') ?? prefix;
    if (meaning !== declared(prefix, outer)) inner = (inner ?? new Map<string, string>()).set(prefix, meaning);
  }
  return inner === null ? outer : { inner, outer };
}

/** `url` is the base of the outer `xml:base`. */
function scopeWithin(attributes: Attributes, outer: Scope, url: string): Scope {
  const { 'xml:base': ownBase, 'xml:lang': ownLanguage } = attributes;
  if (ownBase === undefined && ownLanguage === undefined) return outer;
  const base = ownBase === undefined ? null : webAddress(ownBase.trim(), outer.base ?? url);
  return {
    base: base ?? outer.base,
    language: ownLanguage === undefined ? outer.language : ownLanguage.trim(),
  };
}

/** Namespaces by our prefix, in lower case, without a scheme, and without a slash or hash at the end. The feed formats have `''`. */
const NAMESPACES: Readonly<Record<string, string>> = {
  '':
    'www.w3.org/2005/atom purl.org/atom/ns purl.org/atom-blog/ns purl.org/rss/1.0 purl.org/rss/1.0/modules/rss091 ' +
    'purl.org/net/rss1.1 my.netscape.com/rdf/simple/0.9 channel.netscape.com/rdf/simple/0.9 ' +
    'my.netscape.com/publish/formats/rss-0.91 blogs.law.harvard.edu/tech/rss cyber.law.harvard.edu/rss ' +
    'www.rssboard.org/rss-specification',
  content: 'purl.org/rss/1.0/modules/content',
  dc: 'purl.org/dc/elements/1.1 purl.org/dc/elements/1.0',
  dcterms: 'purl.org/dc/terms',
  gr: 'www.google.com/schemas/reader/atom',
  itunes: 'www.itunes.com/dtds/podcast-1.0.dtd example.com/dtds/podcast-1.0.dtd',
  media: 'search.yahoo.com/mrss',
  podcast: 'podcastindex.org/namespace/1.0 github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md',
  rdf: 'www.w3.org/1999/02/22-rdf-syntax-ns',
  xhtml: 'www.w3.org/1999/xhtml',
  xlink: 'www.w3.org/1999/xlink',
  xml: 'www.w3.org/xml/1998/namespace',
};
const KNOWN: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMESPACES).flatMap(([prefix, uris]) => uris.split(' ').map((uri) => [uri, prefix])),
);

/** Prefixes of the feed formats that a feed does not declare. */
const UNDECLARED = new Set(['atom', 'atom10', 'rss']);

/** Our prefix for a namespace; undefined for an unknown one. */
function knownPrefix(uri: string): string | undefined {
  const address = uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '');
  const plain = address.replace(/(?<![/#])[/#]+$/, '');
  return plain.includes('backend.userland.com/rss') ? '' : KNOWN.get(plain);
}

/** The name of an element with our prefix, from its written name and the meaning of prefixes at this place. */
export function elementName(written: string, prefixes: Prefixes): string {
  const lower = written.toLowerCase();
  const colon = lower.indexOf(':');
  const prefix = colon > 0 ? lower.slice(0, colon) : '';
  const local = lower.slice(colon + 1);
  const meaning = declared(prefix, prefixes) ?? (UNDECLARED.has(prefix) ? '' : prefix);
  return meaning === '' ? local : `${meaning}:${local}`;
}

function declared(prefix: string, prefixes: Prefixes): string | undefined {
  let level: Prefixes | null = prefixes;
  while (level && !level.inner.has(prefix)) level = level.outer;
  return level?.inner.get(prefix);
}

function namedAttributes(written: Attributes, prefixes: Prefixes): Attributes {
  const entries = Object.entries(written);
  // With an object for each element, the tree of a usual feed takes 70 % more memory.
  if (entries.length === 0) return NO_ATTRIBUTES;
  return Object.fromEntries(entries.map(([name, value]) => [attributeName(name, prefixes), value]));
}

/** The name of an attribute with our prefix. Without a prefix it has no namespace (https://www.w3.org/TR/xml-names/#defaulting). */
function attributeName(written: string, prefixes: Prefixes): string {
  const lower = written.toLowerCase();
  return lower.includes(':') ? elementName(lower, prefixes) : lower;
}
