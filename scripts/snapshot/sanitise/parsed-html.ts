import type { Element, Root } from 'hast';
import { type DefaultTreeAdapterMap, defaultTreeAdapter, html, Parser, type Token, type TreeAdapter } from 'parse5';

export type ParsedNode = DefaultTreeAdapterMap['childNode'];
export type ParsedElement = DefaultTreeAdapterMap['element'];

export function attribute(element: ParsedElement, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name && !each.prefix)?.value;
}

// Misnested formatting multiplies: 36 KB of unclosed <font> and <p> make two million elements and fill a gigabyte.
const MOST_ELEMENTS = 60_000;

class TooMany extends Error {}

function countingAdapter(most: number): TreeAdapter<DefaultTreeAdapterMap> {
  let made = 0;
  return {
    ...defaultTreeAdapter,
    createElement(name, namespace, attributes) {
      made += 1;
      if (made > most) throw new TooMany();
      return defaultTreeAdapter.createElement(name, namespace, attributes);
    },
  };
}

/**
 * Reads `<select>` as any element that it does not know, as the newest browsers do: else an unclosed one would take the tags,
 * and with them the paragraphs, of all that follows. https://github.com/whatwg/html/pull/10548
 */
class PostParser extends Parser<DefaultTreeAdapterMap> {
  override onStartTag(token: Token.TagToken): void {
    super.onStartTag(plain(token));
  }

  override onEndTag(token: Token.TagToken): void {
    super.onEndTag(plain(token));
  }
}

function plain(token: Token.TagToken): Token.TagToken {
  if (token.tagID === html.TAG_ID.SELECT) token.tagID = html.TAG_ID.UNKNOWN;
  return token;
}

/** As a browser reads it inside a `<div>`. What is too much is cut off, and what was read until then stays. */
export function parseInDiv(source: string): ParsedNode[] {
  // A tag takes three characters: who makes more elements than there are characters multiplies them. (A few are the parser’s own.)
  const most = Math.min(MOST_ELEMENTS, source.length + 100);
  const div = defaultTreeAdapter.createElement('div', html.NS.HTML, []);
  const parser = PostParser.getFragmentParser<DefaultTreeAdapterMap>(div, {
    treeAdapter: countingAdapter(most),
    // The words of <noscript> are for who reads without scripts, as our readers do.
    scriptingEnabled: false,
  });
  try {
    parser.tokenizer.write(source, true);
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
  }
  return parser.getFragment().childNodes;
}

/** Whether a reader of what was printed sees the tree that was meant. Where not, markup could change its meaning on the way. */
export function sameTree(parsed: readonly ParsedNode[], meant: Root | Element): boolean {
  if (parsed.length !== meant.children.length) return false;
  return meant.children.every((child, index) => {
    const node = parsed[index];
    if (node === undefined) return false;
    if (child.type === 'text') return node.nodeName === '#text' && 'value' in node && node.value === child.value;
    return (
      child.type === 'element' &&
      'tagName' in node &&
      node.tagName === child.tagName &&
      sameAttributes(node, child) &&
      sameTree(node.childNodes, child)
    );
  });
}

function sameAttributes({ attrs }: ParsedElement, { properties }: Element): boolean {
  return (
    attrs.length === Object.keys(properties).length &&
    attrs.every(({ name, value }) => {
      const meant = properties[name];
      return value === (meant === true ? '' : Array.isArray(meant) ? meant.join(' ') : meant);
    })
  );
}
