import { type DefaultTreeAdapterMap, parseFragment, serialize } from 'parse5';
import { escapeHtml } from '../core/clean-text.ts';
import { describeFile } from '../core/media.ts';
import { watchPage } from '../core/printed-body.ts';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

/** Elements and attributes that our pages have, but that feed readers reject or cannot use. */
const OURS_ALONE = /<(?:iframe|bdo|audio|video)\b|\bhref="#|\brole="/;

/** For an output feed: frames become links, and local links lead to `page`, the entry's page on the planet. */
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
      // Feed readers remove `bdo`, but they know `dir` on other elements.
      become(element, 'bdi');
      return;
    case 'pre':
      keepFirstLine(element);
      return;
  }
}

/** Attributes that the W3C validator reports (https://validator.w3.org/feed/docs/warning/SecurityRiskAttr.html). Feed readers have their own players. */
const OF_PAGES: ReadonlySet<string> = new Set(['controls', 'role']);

/** Adds a link to the video or sound, because some feed readers have no player. */
function linkBeside(player: Element): void {
  const parent = player.parentNode;
  const sources = player.childNodes.filter((node) => 'tagName' in node && node.tagName === 'source') as Element[];
  const href = [player, ...sources].map((each) => attribute(each, 'src')).find(Boolean);
  if (!parent || !href || isInLink(player)) return;
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
  // Older archives have frames in links.
  const inLink = isInLink(frame);
  become(frame, inLink ? 'bdi' : 'a');
  frame.attrs = inLink ? [] : [{ name: 'href', value: href }];
  const text = title || new URL(href).host;
  frame.childNodes = [{ nodeName: '#text', value: text, parentNode: frame }];
}

function become(element: Element, name: 'a' | 'bdi'): void {
  element.tagName = name;
  element.nodeName = name;
}

/** The parser removes the first line feed of `pre`, and the printer does not restore it. */
function keepFirstLine(pre: Element): void {
  const [first] = pre.childNodes;
  if (first && 'value' in first && first.value.startsWith('\n')) first.value = `\n${first.value}`;
}
