import type { Root } from 'hast';
import { sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import { cleanLines } from '../../../src/core/clean-text.ts';
import { limitSpans } from '../../../src/core/html-schema.ts';
import { wholeCharacters } from '../parse/decode.ts';
import { LONGEST_BASE } from './images.ts';
import { type ParsedNode, parseInDiv, sameTree } from './parsed-html.ts';
import { type RewriteOptions, rewriteTree } from './rewrite.ts';
import { HTML_SCHEMA } from './schema.ts';
import { tidy } from './tidy.ts';
import { trim } from './trim.ts';

interface Options {
  /** The base of relative addresses; null drops them. */
  base: string | null;
  /** Prefix of every id: two entries on one page may use the same id. */
  idPrefix: string;
  /** Keeps pictures and links as the feed has them, with trackers: to inspect a feed, never for a page. Still safe. */
  asGiven?: boolean;
}

/** HTML of a feed, made safe for our pages. docs/site.md lists the functions that may change it later. Never fails: other HTML is shown as source. */
export function sanitise(html: string, { base, idPrefix, asGiven = false }: Options): string {
  const source = wholeCharacters(html);
  try {
    const ownBase = base === null || base.length > LONGEST_BASE ? null : URL.parse(base);
    return stableHtml(source, { base: ownBase, idPrefix, asGiven });
  } catch {
    // HTML that cannot be made safe is shown as text.
    return toHtml({ type: 'text', value: cleanLines(source.slice(0, LONGEST_ESCAPED)) });
  }
}

/** Twice the longest body of a feed. What we add to each address and element could make it longer. */
const LONGEST_SAFE = 2_000_000;

/** Removing elements can leave others where no parser would put them; read again they move, mostly once. */
const MOST_ROUNDS = 5;

/** Safe HTML that a browser parses into exactly the tree that was printed. Throws where that is not reached. */
function stableHtml(html: string, options: RewriteOptions): string {
  let nodes = parseInDiv(html);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const tree = tidy(rewriteTree(safeTree(nodes), options));
    const printed = toHtml(tree);
    if (printed.length > LONGEST_SAFE) throw new Error('the safe HTML is too long');
    nodes = parseInDiv(printed);
    if (sameTree(nodes, tree)) return limitSpans(printed);
  }
  throw new Error('the markup does not settle');
}

function safeTree(nodes: readonly ParsedNode[]): Root {
  const safe = sanitize(trim(nodes), HTML_SCHEMA);
  return safe.type === 'root' ? safe : { type: 'root', children: safe.type === 'doctype' ? [] : [safe] };
}

const LONGEST_ESCAPED = 50_000;
