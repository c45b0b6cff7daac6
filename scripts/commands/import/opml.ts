import { sentence } from '../../snapshot/outcome.ts';
import { elements, textOf, type XmlElement } from '../../snapshot/parse/xml.ts';
import { parse } from '../../snapshot/parse.ts';
import { type Imported, type ImportedFeed, Losses, type Page } from './imported.ts';

const ROOTS = new Set(['opml', 'body', 'outline']);

/** OPML, however deep its outlines; moonmoon's list too. A sentence where it is not XML. */
export function readOpml(text: string): Imported | string {
  const parsed = parse(text, 'about:blank', ROOTS);
  if (parsed.kind === 'failed') return sentence(parsed.reason).replace(/^the answer/, 'it');
  const { root } = parsed.tree;
  if (!ROOTS.has(root.name)) return `its outermost element is <${root.name}>, not <opml>`;
  const losses = new Losses();
  const feeds = outlines(root, []).flatMap(({ outline, within }) => feedOf(outline, within, losses));
  return { page: pageOf(root), feeds, losses };
}

interface Outline {
  outline: XmlElement;
  /** The headings above it. */
  within: readonly string[];
}

function outlines(element: XmlElement, within: readonly string[]): Outline[] {
  return elements(element).flatMap((child) => {
    if (child.name !== 'outline') return outlines(child, within);
    const heading = child.attributes['xmlurl'] === undefined ? nameOf(child) : '';
    return [{ outline: child, within }, ...outlines(child, heading === '' ? within : [...within, heading])];
  });
}

function nameOf({ attributes }: XmlElement): string {
  // What we write into our own lists, so that nobody takes a title for a tag.
  return (attributes['text'] || attributes['title'] || '').replaceAll('<\u2060', '<').trim();
}

function feedOf(outline: XmlElement, within: readonly string[], losses: Losses): ImportedFeed[] {
  const { attributes } = outline;
  const url = (attributes['xmlurl'] ?? (attributes['type'] === 'rss' ? attributes['url'] : undefined))?.trim();
  const title = nameOf(outline);
  if (!url) {
    if (elements(outline).length === 0) losses.add('outlines without the address of a feed', title || '(no text)');
    return [];
  }
  if (within.length > 0) losses.add('headings in the list: here all feeds stand in one', within.join(' / '));
  const home = attributes['htmlurl']?.trim();
  // moonmoon's list is of people, each under their name.
  const authors = attributes['isdown'] !== undefined && title !== '' ? { authors: 'feed' as const } : {};
  return [{ url, title, ...(home ? { home } : {}), ...authors }];
}

const HEAD: Record<string, keyof Page> = { title: 'title', ownername: 'ownerName', owneremail: 'ownerEmail' };

function pageOf(root: XmlElement): Page {
  const page: Page = {};
  const head = elements(root).find(({ name }) => name === 'head');
  for (const element of head ? elements(head) : []) {
    const setting = HEAD[element.name];
    if (setting !== undefined && textOf(element) !== '') page[setting] = textOf(element);
  }
  // moonmoon writes this for everybody.
  if (page.title === 'Untitled') delete page.title;
  return page;
}
