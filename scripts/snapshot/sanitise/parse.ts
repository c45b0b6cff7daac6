import { type DefaultTreeAdapterMap, defaultTreeAdapter, html as names, Parser, type TreeAdapter } from 'parse5';

export type ParsedNode = DefaultTreeAdapterMap['childNode'];
export type ParsedElement = DefaultTreeAdapterMap['element'];

// Misnested formatting multiplies: 36 KB of unclosed <font> and <p> make two million elements and fill a gigabyte.
const MOST_ELEMENTS = 60_000;

class TooMany extends Error {}

function countingAdapter(): TreeAdapter<DefaultTreeAdapterMap> {
  let made = 0;
  return {
    ...defaultTreeAdapter,
    createElement(name, namespace, attributes) {
      made += 1;
      if (made > MOST_ELEMENTS) throw new TooMany();
      return defaultTreeAdapter.createElement(name, namespace, attributes);
    },
  };
}

/** As a browser reads it inside a `<div>`. What is too much is cut off, and what was read until then stays. */
export function parseInDiv(html: string): ParsedNode[] {
  const div = defaultTreeAdapter.createElement('div', names.NS.HTML, []);
  const parser = Parser.getFragmentParser<DefaultTreeAdapterMap>(div, { treeAdapter: countingAdapter() });
  try {
    parser.tokenizer.write(html, true);
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
  }
  return parser.getFragment().childNodes;
}
