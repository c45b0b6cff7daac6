import { getRssString, type RSSFeedItem } from '@astrojs/rss';
import { MEDIA_NAMESPACES } from './media.ts';
import type { Xml } from './xml.ts';

/** The fields of an RSS feed, escaped. */
export interface FeedFilling {
  title: Xml;
  description: Xml;
  link: Xml;
  /** Elements of its own. */
  more: Xml;
  items: Xml;
}

/** The fields of an item, escaped. An undefined field has no element. */
export interface ItemFilling {
  title?: Xml | undefined;
  link: Xml;
  guid: Xml;
  date: Xml;
  description?: Xml | undefined;
  content?: Xml | undefined;
  /** Elements of its own. */
  more: Xml;
  fileUrl?: Xml | undefined;
  fileLength?: Xml | undefined;
  fileType?: Xml | undefined;
  sourceUrl: Xml;
  sourceTitle: Xml;
}

/**
 * Fills templates that the library prints: markup with placeholders, at most a dozen templates, each printed once. For each feed
 * the library would parse and print all values, which takes longer than all pages of thousands of authors, reads `007` as the
 * number 7 and limits the number of entities.
 */
type Form = readonly string[];

const forms = new Map<string, Promise<Form>>();

async function fill(name: string, form: () => Promise<Form>, filling: object): Promise<Xml> {
  const known = forms.get(name) ?? form();
  forms.set(name, known);
  const values = filling as Readonly<Record<string, Xml | undefined>>;
  const pieces = await known;
  return pieces.map((piece, index) => (index % 2 === 0 ? piece : (values[piece] ?? ''))).join('');
}

/** The template of a feed. */
export function printFeed(filling: FeedFilling): Promise<Xml> {
  const hasContent = filling.items.includes('<content:encoded>');
  return fill(`feed,${hasContent}`, () => feedForm(hasContent), filling);
}

/** The template of an item. */
export function printItem(filling: ItemFilling): Promise<Xml> {
  const has = [filling.title, filling.description, filling.content, filling.fileUrl].map((each) => each !== undefined);
  return fill(`item,${has}`, () => itemForm(has), filling);
}

const SITE = 'https://site.example/';
const EPOCH = new Date(0);

async function feedForm(content: boolean): Promise<Form> {
  const printed = await getRssString({
    title: 'blank:title.',
    description: 'blank:description.',
    site: SITE,
    xmlns: {
      atom: 'http://www.w3.org/2005/Atom',
      dc: 'http://purl.org/dc/elements/1.1/',
      source: 'http://source.scripting.com/',
      ...MEDIA_NAMESPACES,
    },
    customData: '<more>blank:more.</more>',
    // One item, so that the library declares the namespaces of items.
    items: [{ title: 'item', ...(content && { content: 'content' }) }],
  });
  return printed
    .replace(SITE, 'blank:link.')
    .replace('<more>blank:more.</more>', 'blank:more.')
    .replace(/<item>.*<\/item>/s, 'blank:items.')
    .split(/blank:(\w+)\./);
}

async function itemForm([title, description, content, file]: readonly boolean[]): Promise<Form> {
  const item: RSSFeedItem = {
    ...(title && { title: 'blank:title.' }),
    link: 'blank:link.',
    pubDate: EPOCH,
    ...(description && { description: 'blank:description.' }),
    ...(content && { content: 'blank:content.' }),
    ...(file && { enclosure: { url: 'blank:fileUrl.', length: 0, type: 'blank:fileType.' } }),
    source: { url: 'blank:sourceUrl.', title: 'blank:sourceTitle.' },
    customData: '<guid isPermaLink="false">blank:guid.</guid><more>blank:more.</more>',
  };
  const printed = await getRssString({ title: 'T', description: 'D', site: SITE, items: [item] });
  const [form = ''] = /<item>.*<\/item>/s.exec(printed) ?? [];
  return form
    .replace('<more>blank:more.</more>', 'blank:more.')
    .replace(EPOCH.toUTCString(), 'blank:date.')
    .replace('length="0"', 'length="blank:fileLength."')
    .split(/blank:(\w+)\./);
}
