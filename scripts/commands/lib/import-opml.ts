import { FeedConfig } from '../../../src/core/planet.ts';
import { presentFields } from '../../snapshot/feed-entry.ts';
import { failureSentence } from '../../snapshot/outcome.ts';
import { elements, textOf, type XmlElement } from '../../snapshot/parse/feed-tree.ts';
import { parseFeed } from '../../snapshot/parse/parse-feed.ts';
import { Losses, nameIn, OTHER_LISTS, plainAddress } from './import-losses.ts';
import { type Imported, type ImportedFeed, type ImportedPage, settingOf } from './imported.ts';

const ROOTS = new Set(['opml', 'body', 'outline']);

/** After a wrong quotation mark the parser takes outlines for attributes. */
const DAMAGED = 'the file is damaged or ends in the middle: look for missing feeds';

/** Reads OPML with outlines at any depth (http://opml.org/spec2.opml), and moonmoon's list. A sentence if it is not XML. */
export function readOpml(text: string): Imported | string {
  const parsed = parseFeed(text, 'about:blank', ROOTS);
  if (parsed.kind === 'failed') return failureSentence(parsed.reason).replace(/^the answer/, 'it');
  const { root, partial } = parsed.tree;
  if (!ROOTS.has(root.name)) return `its outermost element is <${root.name}>, not <opml>`;
  const losses = new Losses();
  const all = outlines(root, []);
  const feeds = all.flatMap(({ outline, within }) => feedOf(outline, within, losses));
  const read = all.filter(({ outline }) => outline.attributes['xmlurl'] !== undefined).length;
  const written = text.replace(/<!--[\s\S]*?-->/g, '').match(/(?<![:\w])xmlurl\s*=\s*["']/gi)?.length ?? 0;
  if (partial || read < written) losses.add(DAMAGED, `${read} of ${written} could be read`);
  return { page: outlinePage(root, losses), feeds, losses };
}

interface Outline {
  outline: XmlElement;
  /** The headings above it. */
  within: readonly string[];
}

function outlines(element: XmlElement, within: readonly string[]): Outline[] {
  return elements(element).flatMap((child) => {
    if (child.name !== 'outline') return outlines(child, within);
    const { xmlurl, text, title } = child.attributes;
    const heading = xmlurl === undefined ? (text || title || '').trim() : '';
    return [{ outline: child, within }, ...outlines(child, heading === '' ? within : [...within, heading])];
  });
}

function feedOf(outline: XmlElement, within: readonly string[], losses: Losses): ImportedFeed[] {
  const { attributes } = outline;
  const written = attributes['xmlurl'] ?? (attributes['type'] === 'rss' ? attributes['url'] : undefined);
  const url = plainAddress(written ?? '');
  // NewsBlur writes this for a feed without a name.
  const named = [attributes['text'], attributes['title']].map((name) => name?.replace(/^\[Untitled\]$/, ''));
  const title = nameIn(named, losses);
  if (!url) {
    const list = attributes['url'] ?? '';
    // http://opml.org/spec2.opml#inclusion
    if (attributes['type'] === 'include' || /\.opml$/i.test(list)) losses.add(OTHER_LISTS, list || title);
    else if (elements(outline).length === 0) losses.add('outlines without the address of a feed', title || '(no text)');
    return [];
  }
  // https://freshrss.github.io/FreshRSS/en/developers/OPML.html
  if (attributes['type']?.includes('+')) {
    losses.add('pages and data that FreshRSS turns into a feed by its own rules', title || url);
    return [];
  }
  for (const name of Object.keys(attributes).filter((name) => name.startsWith('frss:')))
    losses.add(`${name}: a feed has no such setting here`, title || url);
  // Thunderbird puts each feed under a heading of its own name.
  const headings = within.filter((heading) => heading !== title);
  if (headings.length > 0) losses.add('headings in the list: this planet has only one list', headings.join(' / '));
  if (attributes['category']) losses.add('category: a feed has no such setting here', title || url);
  // The specification of OPML writes "unknown" in its examples.
  const language = attributes['language']?.replace(/^unknown$/i, '');
  const spoken = settingOf('language', language, FeedConfig.shape.language, losses);
  return [{ url, title, ...presentFields({ home: attributes['htmlurl']?.trim() }), ...spoken }];
}

function outlinePage(root: XmlElement, losses: Losses): ImportedPage {
  const head = elements(root).find(({ name }) => name === 'head');
  const texts = new Map((head ? elements(head) : []).map((element) => [element.name, textOf(element)]));
  const email = texts.get('owneremail');
  // Feed readers write it; a planet publishes it.
  if (email)
    losses.addOfPage('e-mail address of the owner: write it as "owner.email" if the planet may publish it', email);
  const title = texts.get('title');
  // moonmoon always writes this.
  return presentFields({ title: title === 'Untitled' ? undefined : title, ownerName: texts.get('ownername') });
}
