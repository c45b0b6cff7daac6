import { mend } from './mend.ts';
import { attributeName, elementName, knownPrefix, type Prefixes } from './names.ts';
import type { FeedTree, Scope, XmlElement, XmlNode } from './xml.ts';

/** Names are looked up once for each spelling. */
interface NamedScope extends Scope {
  prefixes: Prefixes;
  names: Map<string, string>;
  attributeNames: Map<string, string>;
}

interface Growing extends XmlElement {
  content: string | XmlNode[];
}

/** Grows a tree, namespaces, bases and languages resolved, from what a parser sees one after the other. */
export interface TreeBuilder {
  open(name: string, attributes: Record<string, string>): void;
  close(): void;
  text(text: string): void;
  /** Whether the outermost element has ended. */
  complete(): boolean;
  /** What has grown; null while there is no element. */
  tree(): FeedTree | null;
}

/** Deeper than any feed means to be: below this only text is kept, so that nothing that walks the tree runs out of stack. */
const DEEPEST = 400;
const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({});
/** Deeper than entries stand in any format. */
const DEEPEST_ENTRY = 8;
const ENTRY = new Set(['item', 'entry']);
/** Elements in which white space is layout. */
const LAID_OUT = new Set(['item', 'entry', 'channel', 'feed', 'rss', 'rdf:rdf', 'author', 'source', 'media:group']);

/** `url` is what the outermost `xml:base` is relative to. */
export function treeBuilder(url: string): TreeBuilder {
  const open: Growing[] = [];
  const scopes: NamedScope[] = [];
  const entries: XmlElement[] = [];
  let scope: NamedScope = {
    prefixes: new Map(),
    names: new Map(),
    attributeNames: new Map(),
    base: null,
    language: null,
  };
  let root: XmlElement | null = null;
  let tooDeep = 0;
  let entryDepth = 0;

  function place(element: XmlElement): void {
    root ??= element;
    const parent = open.at(-1);
    if (ENTRY.has(element.name) && entryDepth === 0 && open.length <= DEEPEST_ENTRY) {
      entryDepth = open.length + 1;
      entries.push(element);
    } else if (parent) add(parent, element);
  }

  return {
    open(name, attributes) {
      if (open.length >= DEEPEST) {
        tooDeep++;
        return;
      }
      scopes.push(scope);
      const bare = isEmpty(attributes);
      if (!bare) scope = scopeWithin(attributes, scope, url);
      const known = bare ? NO_ATTRIBUTES : attributesIn(scope, attributes);
      const element = { name: nameIn(scope, name), attributes: known, content: '', scope };
      place(element);
      open.push(element);
    },
    close() {
      if (tooDeep > 0) {
        tooDeep--;
        return;
      }
      if (open.length === entryDepth) entryDepth = 0;
      const closed = open.pop();
      // An array that grew has room for many more; of a hundred thousand entries that room is most of the tree.
      if (typeof closed?.content === 'object') closed.content = closed.content.slice();
      scope = scopes.pop() ?? scope;
    },
    text(text) {
      const parent = open.at(-1);
      if (!parent || (LAID_OUT.has(parent.name) && text.trim() === '')) return;
      if (typeof parent.content === 'string') parent.content += mend(text);
      else parent.content.push(mend(text));
    },
    complete: () => root !== null && open.length === 0,
    tree: () => root && { root, entries },
  };
}

/** Text that stood alone so far becomes the first child. */
function add(parent: Growing, child: XmlElement): void {
  if (typeof parent.content === 'object') parent.content.push(child);
  else parent.content = parent.content === '' ? [child] : [parent.content, child];
}

function isEmpty(attributes: Record<string, string>): boolean {
  for (const _ in attributes) return false;
  return true;
}

function nameIn(scope: NamedScope, written: string): string {
  const seen = scope.names.get(written);
  if (seen !== undefined) return seen;
  const name = elementName(written, scope.prefixes);
  scope.names.set(written, name);
  return name;
}

function attributesIn(scope: NamedScope, written: Record<string, string>): Readonly<Record<string, string>> {
  let known = true;
  for (const name in written) known &&= attributeIn(scope, name) === name;
  if (known) return written;
  const attributes: Record<string, string> = {};
  for (const name in written) attributes[attributeIn(scope, name)] = written[name] ?? '';
  return attributes;
}

function attributeIn(scope: NamedScope, written: string): string {
  const seen = scope.attributeNames.get(written);
  if (seen !== undefined) return seen;
  const name = attributeName(written, scope.prefixes);
  scope.attributeNames.set(written, name);
  return name;
}

function scopeWithin(attributes: Record<string, string>, outer: NamedScope, url: string): NamedScope {
  let { prefixes, names, attributeNames, base, language } = outer;
  for (const name in attributes) {
    const value = attributes[name] ?? '';
    if (name === 'xmlns' || name.startsWith('xmlns:')) {
      const prefix = name.slice(6).toLowerCase();
      // An unknown namespace keeps its prefix; where it has none it is taken for the format's own.
      const known = knownPrefix(value) ?? prefix;
      if (prefixes.get(prefix) === known) continue;
      prefixes = new Map([...prefixes, [prefix, known]]);
      [names, attributeNames] = [new Map(), new Map()];
    } else if (name === 'xml:base') base = baseWithin(value, base ?? url) ?? base;
    else if (name === 'xml:lang') language = value.trim() || null;
  }
  const same = prefixes === outer.prefixes && base === outer.base && language === outer.language;
  return same ? outer : { prefixes, names, attributeNames, base, language };
}

function baseWithin(value: string, outer: string): string | null {
  const base = URL.parse(value.trim(), outer);
  return base && /^https?:$/.test(base.protocol) ? base.href : null;
}
