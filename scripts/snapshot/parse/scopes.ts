import { webAddress } from '../normalise/urls.ts';
import { attributeName, elementName, knownPrefix } from './names.ts';
import type { Scope } from './xml.ts';

type Attributes = Readonly<Record<string, string>>;

/** Names are looked up once for each spelling, as long as the same prefixes hold. */
interface NamedScope extends Scope {
  names: Map<string, string>;
  attributeNames: Map<string, string>;
}

/** What a prefix meant before an element declared it anew. */
type Before = [prefix: string, known: string | undefined];

/** What holds where a parser is: namespaces, base and language. Each step takes time that grows with the element alone. */
export interface Scopes {
  /** An element begins; gives what holds within it. */
  enter(attributes: Attributes): Scope;
  leave(): void;
  /** An element's name as we know it. */
  name(written: string): string;
  /** Attributes under the names that we know. */
  attributes(written: Attributes): Attributes;
}

const NO_ATTRIBUTES: Attributes = Object.freeze({});
const NOTHING: readonly Before[] = [];

/** `url` is what the outermost `xml:base` is relative to. */
export function scopesOf(url: string): Scopes {
  // One map that is set back where an element ends: a copy for each element would cost the square of a feed's size.
  const prefixes = new Map<string, string>();
  const outer: { scope: NamedScope; before: readonly Before[] }[] = [];
  let scope: NamedScope = { names: new Map(), attributeNames: new Map(), base: null, language: null };

  function declared(attributes: Attributes): readonly Before[] {
    const before: Before[] = [];
    for (const name in attributes) {
      if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
      const prefix = name.slice(6).toLowerCase();
      // An unknown namespace keeps its prefix; where it has none it is taken for the format's own.
      const known = knownPrefix(attributes[name] ?? '') ?? prefix;
      if (prefixes.get(prefix) === known) continue;
      before.push([prefix, prefixes.get(prefix)]);
      prefixes.set(prefix, known);
    }
    return before.length === 0 ? NOTHING : before;
  }

  function attributeIn(written: string): string {
    const seen = scope.attributeNames.get(written);
    if (seen !== undefined) return seen;
    const name = attributeName(written, prefixes);
    scope.attributeNames.set(written, name);
    return name;
  }

  return {
    enter(attributes) {
      const before = declared(attributes);
      outer.push({ scope, before });
      scope = scopeWithin(attributes, scope, before.length > 0, url);
      return scope;
    },
    leave() {
      const left = outer.pop();
      if (!left) return;
      scope = left.scope;
      // Backwards: one element may declare a prefix in two spellings.
      for (const [prefix, known] of left.before.toReversed()) {
        if (known === undefined) prefixes.delete(prefix);
        else prefixes.set(prefix, known);
      }
    },
    name(written) {
      const seen = scope.names.get(written);
      if (seen !== undefined) return seen;
      const name = elementName(written, prefixes);
      scope.names.set(written, name);
      return name;
    },
    attributes(written) {
      let [known, some] = [true, false];
      for (const name in written) {
        some = true;
        known &&= attributeIn(name) === name;
      }
      if (!some) return NO_ATTRIBUTES;
      if (known) return written;
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
