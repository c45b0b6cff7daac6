const FEED_START = /<\?xml[\s?]|<(?:[\w.-]+:)?(?:rss|feed|rdf|channel|entry)[\s>/]/i;
const ENTITY = /<!ENTITY\s+([\w.-]+)\s+(?:"([^"<]*)"|'([^'<]*)')\s*>/gi;
/** An entity without markup and without references to other entities: it cannot multiply. */
const PLAIN = /^(?:&#\w{1,8};|[^&<%]{0,200})$/;
const MOST_EXPANSIONS = 20_000;

/** The text from its first tag on, with the plain entities of its DOCTYPE filled in. Nothing else of the DOCTYPE is used. */
export function withoutProlog(text: string): { body: string; doctype: string; lines: number } {
  let doctype = '';
  const endless = new Set<string>();
  let at = text.indexOf('<');
  while (at !== -1 && !/[\w:]/.test(text[at + 1] ?? '')) {
    // A stray bracket, or markup without an end, is one bracket long.
    const end = endOfMisc(text, at, endless) ?? at + 1;
    if (/^<!doctype/i.test(text.slice(at, at + 9))) doctype = text.slice(at, end);
    at = text.indexOf('<', end);
  }
  if (at === -1) return { body: '', doctype, lines: 0 };
  const body = text.slice(at);
  const entities = plainEntities(doctype);
  const lines = text.slice(0, at).split('\n').length - 1;
  return { body: entities.size === 0 ? body : withEntities(body, entities), doctype, lines };
}

/** The text from the next possible start of a feed, after its first character; null if there is none. */
export function nextStart(text: string): string | null {
  const at = text.slice(1).search(FEED_START);
  return at === -1 ? null : text.slice(at + 1);
}

/** The end of a comment, processing instruction or declaration; null if it has none. */
function endOfMisc(text: string, at: number, endless: Set<string>): number | null {
  if (text.startsWith('<!--', at)) return indexAfter(text, '-->', at, endless);
  if (text.startsWith('<?', at)) return indexAfter(text, '?>', at, endless);
  return text.startsWith('<!', at) ? endOfDeclaration(text, at, endless) : null;
}

/** The position after `end`; null if there is none. `endless` keeps ends that were not found: to search them again would take quadratic time. */
export function indexAfter(text: string, end: string, at: number, endless: Set<string>): number | null {
  const found = endless.has(end) ? -1 : text.indexOf(end, at);
  if (found !== -1) return found + end.length;
  endless.add(end);
  return null;
}

/** A DOCTYPE may hold declarations of its own between square brackets, and brackets between quotes. */
function endOfDeclaration(text: string, from: number, endless: Set<string>): number | null {
  let inside = false;
  for (let at = from + 2; !endless.has('<!') && at < text.length; at++) {
    const character = text[at];
    if (character === '[') inside = true;
    else if (character === ']') inside = false;
    else if (character === '>' && !inside) return at + 1;
    else if (character === '"' || character === "'") {
      const quote = text.indexOf(character, at + 1);
      if (quote !== -1) at = quote;
    }
  }
  endless.add('<!');
  return indexAfter(text, '>', from, endless);
}

function plainEntities(doctype: string): Map<string, string> {
  const entities = new Map<string, string>();
  for (const [, name = '', double, single] of doctype.matchAll(ENTITY)) {
    const value = double ?? single ?? '';
    if (PLAIN.test(value)) entities.set(name, value);
  }
  return entities;
}

/** A CDATA section, in which nothing is an entity, or a reference. */
const CDATA_OR_REFERENCE = /<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|&([\w.-]{1,40});/g;

function withEntities(text: string, entities: ReadonlyMap<string, string>): string {
  let expansions = 0;
  return text.replace(CDATA_OR_REFERENCE, (written, name?: string) => {
    const value = entities.get(name ?? '');
    return value === undefined || ++expansions > MOST_EXPANSIONS ? written : value;
  });
}
