import type { Nodes, Root } from 'hast';

/** What the rewrite must know of the whole post before it changes any part of it. */
interface Survey {
  /** By id as the post writes it, and as it is printed, the id as it is printed. */
  ids: ReadonlyMap<string, string>;
  headingNames: ReadonlySet<string>;
}

export function survey(root: Root, idPrefix: string): Survey {
  const ids = new Map<string, string>();
  const headingNames = new Set<string>();
  const visit = (node: Nodes): void => {
    if (node.type === 'element') {
      const id = node.properties['id'];
      if (typeof id === 'string' && id !== '') ids.set(id, prefixed(id, idPrefix));
      if (/^h[1-6]$/.test(node.tagName)) headingNames.add(node.tagName);
    }
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(root);
  for (const id of [...ids.values()]) ids.set(id, id);
  return { ids, headingNames };
}

const LONGEST_ID = 80;

/** Ids of different entries share a page, so that each gets its entry's prefix; once, however often it is read. */
function prefixed(id: string, prefix: string): string {
  const own = id.startsWith(`${prefix}-`) ? id.slice(prefix.length + 1) : id;
  const safe = own.slice(0, LONGEST_ID).replace(/[^\p{L}\p{N}_.:-]+/gu, '-');
  return `${prefix}-${safe}`;
}

/** On every page a day is an h2, in it a feed an h3 and an entry an h4: a post's headings begin below, and no level is left out. */
const HIGHEST = 5;

export function headingLevels(names: ReadonlySet<string>): ReadonlyMap<string, string> {
  return new Map([...names].sort().map((name, rank) => [name, `h${Math.min(6, HIGHEST + rank)}`]));
}
