/** Namespaces by address, in lower case and without what ends them: `''` is a feed format's own. */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2005/atom', ''],
  ['http://purl.org/atom/ns', ''],
  ['http://purl.org/atom-blog/ns', ''],
  ['http://purl.org/echo', ''],
  ['http://purl.org/pie', ''],
  ['http://example.com/necho', ''],
  ['http://example.com/newformat', ''],
  ['uri/of/echo/namespace', ''],
  ['http://purl.org/rss/1.0', ''],
  ['http://purl.org/rss/1.0/modules/rss091', ''],
  ['http://purl.org/net/rss1.1', ''],
  ['http://my.netscape.com/rdf/simple/0.9', ''],
  ['http://channel.netscape.com/rdf/simple/0.9', ''],
  ['http://my.netscape.com/publish/formats/rss-0.91', ''],
  ['http://blogs.law.harvard.edu/tech/rss', ''],
  ['http://cyber.law.harvard.edu/rss', ''],
  ['http://www.rssboard.org/rss-specification', ''],
  ['http://purl.org/rss/1.0/modules/content', 'content'],
  ['http://purl.org/dc/elements/1.1', 'dc'],
  ['http://purl.org/dc/elements/1.0', 'dc'],
  ['http://purl.org/dc/terms', 'dcterms'],
  ['http://search.yahoo.com/mrss', 'media'],
  ['http://www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://example.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['http://www.w3.org/1999/xhtml', 'xhtml'],
  ['http://www.w3.org/1999/xlink', 'xlink'],
  ['http://www.w3.org/xml/1998/namespace', 'xml'],
  ['http://www.google.com/schemas/reader/atom', 'gr'],
]);

/** Prefixes that mean the same wherever nobody declares them. */
const UNDECLARED: ReadonlyMap<string, string> = new Map([
  ['atom', ''],
  ['atom10', ''],
  ['rss', ''],
]);

type Prefixes = ReadonlyMap<string, string>;

/** The prefix that we know a namespace by; undefined for one we do not know. */
export function knownPrefix(uri: string): string | undefined {
  const plain = uri
    .trim()
    .toLowerCase()
    .replace(/[/#]+$/, '');
  if (plain.includes('backend.userland.com/rss')) return '';
  return KNOWN.get(plain) ?? KNOWN.get(plain.replace(/^https:/, 'http:'));
}

/** An element's name as we know it, from its name as written and what its prefixes stand for here. */
export function elementName(written: string, prefixes: Prefixes): string {
  const lower = written.toLowerCase();
  const colon = lower.indexOf(':');
  const prefix = colon > 0 ? lower.slice(0, colon) : '';
  const local = lower.slice(colon + 1);
  const known = prefixes.get(prefix) ?? UNDECLARED.get(prefix) ?? prefix;
  return known === '' ? local : `${known}:${local}`;
}

/** An attribute's name as we know it: no prefix is no namespace. */
export function attributeName(written: string, prefixes: Prefixes): string {
  const lower = written.toLowerCase();
  return lower.includes(':') && !lower.startsWith('xml') ? elementName(lower, prefixes) : lower;
}
