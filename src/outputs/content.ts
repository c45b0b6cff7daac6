import { type DefaultTreeAdapterMap, parseFragment, serialize } from 'parse5';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

/** What feed readers take for a danger or cannot follow, though a page of ours may have it. */
const OURS_ALONE = /<(?:iframe|bdo)\b|\bhref="#/;

/**
 * A safe body as a feed can carry it: a link where a frame was, and addresses that lead somewhere wherever they are read.
 * `page` is the entry's own on the planet. Most bodies are what they were, to the letter.
 */
export function feedHtml(html: string, page: string): string {
  if (!OURS_ALONE.test(html)) return html;
  const fragment = parseFragment(html);
  const left: Node[] = [fragment];
  for (let node = left.pop(); node; node = left.pop()) {
    if ('tagName' in node) mend(node, page);
    if ('childNodes' in node) left.push(...node.childNodes);
  }
  return serialize(fragment);
}

function mend(element: Element, page: string): void {
  switch (element.tagName) {
    case 'a':
      for (const each of element.attrs)
        if (each.name === 'href' && each.value.startsWith('#')) each.value = `${page}${each.value}`;
      return;
    case 'iframe':
      becomeLink(element);
      return;
    case 'bdo':
      // Readers throw `bdo` away; this one says as much of it as they know.
      become(element, 'bdi');
      return;
    case 'pre':
      keepFirstLine(element);
      return;
  }
}

function becomeLink(frame: Element): void {
  const value = (name: string) => frame.attrs.find((each) => each.name === name)?.value ?? '';
  const [href, title] = [watchable(value('src')), value('title')];
  become(frame, 'a');
  frame.attrs = [{ name: 'href', value: href }];
  const text = title || new URL(href).host;
  frame.childNodes = [{ nodeName: '#text', value: text, parentNode: frame }];
}

function become(element: Element, name: 'a' | 'bdi'): void {
  element.tagName = name;
  element.nodeName = name;
}

/** A player wants to stand in a page; a film has one of its own. */
function watchable(src: string): string {
  const [, film] = /^https:\/\/www\.youtube-nocookie\.com\/embed\/([\w-]+)/.exec(src) ?? [];
  return film === undefined ? src : `https://www.youtube.com/watch?v=${film}`;
}

/** A parser eats the first line feed of `pre`, and the printer does not give it back. */
function keepFirstLine(pre: Element): void {
  const [first] = pre.childNodes;
  if (first && 'value' in first && first.value.startsWith('\n')) first.value = `\n${first.value}`;
}
