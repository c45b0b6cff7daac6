import { type DefaultTreeAdapterMap, parseFragment, serialize } from 'parse5';
import { escapeHtml } from '../core/clean-text.ts';
import { watchPage } from '../core/films.ts';
import { describeFile } from './view.ts';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

/** What feed readers take for a danger or cannot follow, though a page of ours may have it. */
const OURS_ALONE = /<(?:iframe|bdo|audio|video)\b|\bhref="#|\brole="/;

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
  element.attrs = element.attrs.filter(({ name }) => !OF_PAGES.has(name));
  switch (element.tagName) {
    case 'a':
      for (const each of element.attrs)
        if (each.name === 'href' && each.value.startsWith('#')) each.value = `${page}${each.value}`;
      return;
    case 'iframe':
      becomeLink(element);
      return;
    case 'audio':
    case 'video':
      linkBeside(element);
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

/** What the W3C's validator takes for a risk, though a reader could do without: each has a player, and roles, of its own. */
const OF_PAGES: ReadonlySet<string> = new Set(['controls', 'role']);

/** A reader may show no player: what it would play is still a link away. */
function linkBeside(player: Element): void {
  const parent = player.parentNode;
  const source = [player, ...player.childNodes].find((each) => 'attrs' in each && attribute(each, 'src') !== '');
  if (!parent || !source || isInLink(player)) return;
  const href = attribute(source as Element, 'src');
  const { name } = describeFile({ url: href });
  const link = parseFragment(`<a href="${escapeHtml(href)}">${escapeHtml(attribute(player, 'title') || name)}</a>`);
  const [element] = link.childNodes;
  if (element === undefined) return;
  element.parentNode = parent;
  parent.childNodes.splice(parent.childNodes.indexOf(player) + 1, 0, element);
}

function isInLink(element: Element): boolean {
  for (let node = element.parentNode; node; node = 'parentNode' in node ? node.parentNode : null)
    if (node.nodeName === 'a') return true;
  return false;
}

function attribute(element: Element, name: string): string {
  return element.attrs.find((each) => each.name === name)?.value ?? '';
}

function becomeLink(frame: Element): void {
  const [href, title] = [watchPage(attribute(frame, 'src')), attribute(frame, 'title')];
  become(frame, 'a');
  frame.attrs = [{ name: 'href', value: href }];
  const text = title || new URL(href).host;
  frame.childNodes = [{ nodeName: '#text', value: text, parentNode: frame }];
}

function become(element: Element, name: 'a' | 'bdi'): void {
  element.tagName = name;
  element.nodeName = name;
}

/** A parser eats the first line feed of `pre`, and the printer does not give it back. */
function keepFirstLine(pre: Element): void {
  const [first] = pre.childNodes;
  if (first && 'value' in first && first.value.startsWith('\n')) first.value = `\n${first.value}`;
}
