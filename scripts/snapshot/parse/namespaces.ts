import { webAddress } from '../normalise/links.ts';
import type { Scope } from './feed-tree.ts';

type Attributes = Readonly<Record<string, string>>;

/** The names that were resolved already: each spelling is resolved once while the prefixes stay the same. */
interface NamedScope extends Scope {
  names: Map<string, string>;
  attributeNames: Map<string, string>;
}

/** The meaning of a prefix before an element declared it again. */
type Before = [prefix: string, meaning: string | undefined];

const NO_ATTRIBUTES: Attributes = Object.freeze({});
const NO_CHANGES: readonly Before[] = [];

/**
 * Namespaces, base and language at the current position of a parser. The time of each step is in proportion to its element.
 * @param url the base of the outermost `xml:base`
 */
export function scopesOf(url: string) {
  // One map that is restored at the end of an element: a copy for each element would take quadratic time.
  const prefixes = new Map<string, string>();
  const outer: { scope: NamedScope; before: readonly Before[] }[] = [];
  let scope: NamedScope = { names: new Map(), attributeNames: new Map(), base: null, language: null };

  function declared(attributes: Attributes): readonly Before[] {
    const before: Before[] = [];
    for (const name in attributes) {
      if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
      const prefix = name.slice(6).toLowerCase();
      // An unknown namespace keeps its prefix; without a prefix it counts as a feed format.
      const meaning = knownPrefix(attributes[name] ?? '') ?? prefix;
      if (prefixes.get(prefix) === meaning) continue;
      before.push([prefix, prefixes.get(prefix)]);
      prefixes.set(prefix, meaning);
    }
    return before.length === 0 ? NO_CHANGES : before;
  }

  function attributeIn(written: string): string {
    const seen = scope.attributeNames.get(written);
    if (seen !== undefined) return seen;
    const name = attributeName(written, prefixes);
    scope.attributeNames.set(written, name);
    return name;
  }

  return {
    /** Called at the start of an element. Returns the scope inside it. */
    enter(attributes: Attributes): Scope {
      const before = declared(attributes);
      outer.push({ scope, before });
      scope = scopeWithin(attributes, scope, before.length > 0, url);
      return scope;
    },
    leave(): void {
      const left = outer.pop();
      if (!left) return;
      scope = left.scope;
      // Backwards: one element may declare a prefix in two spellings.
      for (const [prefix, meaning] of left.before.toReversed()) {
        if (meaning === undefined) prefixes.delete(prefix);
        else prefixes.set(prefix, meaning);
      }
    },
    /** The name of an element, with our prefix. */
    name(written: string): string {
      const seen = scope.names.get(written);
      if (seen !== undefined) return seen;
      const name = elementName(written, prefixes);
      scope.names.set(written, name);
      return name;
    },
    /** The attributes, with our prefixes. */
    attributes(written: Attributes): Attributes {
      let [isEmpty, isUnchanged] = [true, true];
      for (const name in written) {
        isEmpty = false;
        isUnchanged &&= attributeIn(name) === name;
      }
      if (isEmpty) return NO_ATTRIBUTES;
      if (isUnchanged) return written;
      const attributes: Record<string, string> = {};
      for (const name in written) attributes[attributeIn(name)] = written[name] ?? '';
      return attributes;
    },
  };
}

function scopeWithin(attributes: Attributes, outer: NamedScope, renamed: boolean, url: string): NamedScope {
  let { names, attributeNames, base, language } = outer;
  const { 'xml:base': ownBase, 'xml:lang': ownLanguage } = attributes;
  if (ownBase !== undefined) base = webAddress(ownBase.trim(), base ?? url) ?? base;
  if (ownLanguage !== undefined) language = ownLanguage.trim() || null;
  if (renamed) [names, attributeNames] = [new Map(), new Map()];
  const same = !renamed && base === outer.base && language === outer.language;
  return same ? outer : { names, attributeNames, base, language };
}

/** Our prefixes by namespace, in lower case and without a slash or hash at the end. The feed formats have `''`. */
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
  ['http://podcastindex.org/namespace/1.0', 'podcast'],
  ['http://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md', 'podcast'],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['http://www.w3.org/1999/xhtml', 'xhtml'],
  ['http://www.w3.org/1999/xlink', 'xlink'],
  ['http://www.w3.org/xml/1998/namespace', 'xml'],
  ['http://www.google.com/schemas/reader/atom', 'gr'],
]);

/** The meaning of prefixes that a feed does not declare. */
const UNDECLARED: ReadonlyMap<string, string> = new Map([
  ['atom', ''],
  ['atom10', ''],
  ['rss', ''],
]);

type Prefixes = ReadonlyMap<string, string>;

/** Our prefix for a namespace; undefined for an unknown one. */
function knownPrefix(uri: string): string | undefined {
  const plain = uri
    .trim()
    .toLowerCase()
    .replace(/[/#]+$/, '');
  if (plain.includes('backend.userland.com/rss')) return '';
  return KNOWN.get(plain) ?? KNOWN.get(plain.replace(/^https:/, 'http:'));
}

/** The name of an element with our prefix, from its written name and the meaning of prefixes at this place. */
export function elementName(written: string, prefixes: Prefixes): string {
  const lower = written.toLowerCase();
  const colon = lower.indexOf(':');
  const prefix = colon > 0 ? lower.slice(0, colon) : '';
  const local = lower.slice(colon + 1);
  const meaning = prefixes.get(prefix) ?? UNDECLARED.get(prefix) ?? prefix;
  return meaning === '' ? local : `${meaning}:${local}`;
}

/** The name of an attribute with our prefix. Without a prefix it has no namespace (https://www.w3.org/TR/xml-names/#defaulting). */
function attributeName(written: string, prefixes: Prefixes): string {
  const lower = written.toLowerCase();
  return lower.includes(':') && !lower.startsWith('xml') ? elementName(lower, prefixes) : lower;
}
