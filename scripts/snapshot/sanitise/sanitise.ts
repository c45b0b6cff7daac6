import type { Root } from 'hast';
import { sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import { cleanLines } from '../../../src/core/clean-text.ts';
import { type ParsedNode, parseInDiv, sameTree } from './parsed-html.ts';
import { type RewriteOptions, rewriteTree } from './rewrite.ts';
import { SCHEMA } from './schema.ts';
import { trim } from './trim.ts';

interface Options {
  /** What relative addresses are relative to; where null, they are dropped. */
  base: string | null;
  /** Goes before every id: two entries on one page may use the same. */
  idPrefix: string;
  /** Pictures and links as the feed has them, trackers and all: for a look at a feed, never for a page. Safe all the same. */
  asGiven?: boolean;
}

/** Strangers' HTML, made safe to stand in our page. The last to touch it: what it prints is never changed again. */
export function sanitise(html: string, { base, idPrefix, asGiven = false }: Options): string {
  const source = html.toWellFormed();
  try {
    return settled(source, { base: base === null ? null : URL.parse(base), idPrefix, asGiven });
  } catch {
    return escaped(source);
  }
}

// Taking elements away can leave others where no parser would put them; read again they move, mostly once.
const MOST_ROUNDS = 5;

function settled(html: string, manner: RewriteOptions): string {
  let nodes = parseInDiv(html);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const tree = rewriteTree(safeTree(nodes), manner);
    const printed = toHtml(tree);
    nodes = parseInDiv(printed);
    if (sameTree(nodes, tree)) return printed;
  }
  throw new Error('the markup does not settle');
}

function safeTree(nodes: readonly ParsedNode[]): Root {
  const safe = sanitize(trim(nodes), SCHEMA);
  return safe.type === 'root' ? safe : { type: 'root', children: safe.type === 'doctype' ? [] : [safe] };
}

const LONGEST_ESCAPED = 50_000;

/** What cannot be made safe is shown as what it is: the source. */
function escaped(html: string): string {
  return toHtml({ type: 'text', value: cleanLines(html.slice(0, LONGEST_ESCAPED)) });
}
