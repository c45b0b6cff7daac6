import { getRssString, type RSSFeedItem } from '@astrojs/rss';
import { escapeHtml, xmlText } from '../lib/markup.ts';
import { absolute, routes } from '../lib/routes.ts';
import { headingText } from '../lib/shown.ts';
import type { Enclosure } from '../model/entry.ts';
import {
  ANY_TYPE,
  address,
  hasHostName,
  type Item,
  languageOf,
  lastChange,
  linkOf,
  mediaType,
  originOf,
  pageOf,
  type View,
} from './view.ts';
import { plain, tag, type Xml } from './xml.ts';

/** RSS 2.0 of a view. */
export async function rss(view: View): Promise<string> {
  const { planet, title, description, path, items } = view;
  const kept: Xml[] = [];
  const printed = await getRssString({
    title: plain(title),
    description: plain(description),
    site: absolute(planet.site, path),
    xmlns: {
      atom: 'http://www.w3.org/2005/Atom',
      dc: 'http://purl.org/dc/elements/1.1/',
      source: 'http://source.scripting.com/',
    },
    customData: headOf(view),
    items: items.map((item) => itemOf(view, item, kept)),
  });
  return giveBack(unseal(printed), kept);
}

function headOf(view: View): string {
  const { planet, of, path } = view;
  const newest = lastChange(view);
  return [
    sealed('language', planet.language),
    newest === undefined ? '' : sealed('lastBuildDate', new Date(newest).toUTCString()),
    sealed('generator', 'Orrery'),
    `<atom:link href="${seal(absolute(planet.site, `${path}rss.xml`))}" rel="self" type="application/rss+xml"/>`,
    planet.hub === undefined ? '' : `<atom:link href="${seal(address(planet.hub))}" rel="hub"/>`,
    of === 'planet' ? sealed('source:blogroll', absolute(planet.site, routes.opml)) : '',
  ].join('');
}

function itemOf(view: View, item: Item, kept: Xml[]): RSSFeedItem {
  const { entry, authors, title } = item;
  const language = languageOf(item);
  const origin = originOf(view, item);
  // One file is all that RSS readers agree on. The others are Atom's, in their order.
  const file = entry.enclosures.find(({ url }) => hasHostName(url));
  const others = entry.enclosures.filter((each) => each !== file);
  const more = [
    ...authors.map(({ name }) => line('dc:creator', name)),
    entry.updated === null ? '' : line('atom:updated', entry.updated),
    language === undefined ? '' : line('dc:language', language),
    entry.rights === null ? '' : line('dc:rights', plain(entry.rights)),
    ...others.map((each) => enclosureLink(each)),
  ];
  return {
    // Readers of a planet want to see who writes; in an author's own feed they know.
    title: plain(view.of === 'author' ? title : headingText({ authors, title })),
    link: linkOf(view, item),
    pubDate: new Date(entry.published),
    ...textsOf(item, kept),
    ...(entry.categories.length === 0 ? {} : { categories: entry.categories.map(plain) }),
    ...(file && {
      enclosure: { url: address(file.url), length: file.length ?? 0, type: mediaType(file) ?? ANY_TYPE },
    }),
    source: { url: origin.feedUrl ?? origin.home ?? origin.id, title: plain(origin.title) },
    customData: `<guid isPermaLink="false">${seal(guidOf(view, item))}</guid><kept>${keep(more.join(''), kept)}</kept>`,
  };
}

function enclosureLink(file: Enclosure): Xml {
  const { url, length } = file;
  return tag('atom:link', { rel: 'enclosure', href: address(url), type: mediaType(file), length: length?.toString() });
}

/** Before the content a description, as feed readers want it. It is read as HTML; a summary is plain text. */
function textsOf({ entry, reading }: Item, kept: Xml[]): Pick<RSSFeedItem, 'description' | 'content'> {
  const described = (text: string) => (text === '' ? {} : { description: xmlText(escapeHtml(text)) });
  const whole = (html: string) => keep(escaped(html), kept);
  switch (reading.kind) {
    case 'whole':
      if (entry.summary === '') return { description: whole(reading.html) };
      return { ...described(entry.summary), content: whole(reading.html) };
    case 'excerpt':
      return described(reading.text);
    case 'title':
      return {};
    default:
      return reading satisfies never;
  }
}

/** A short number tells nothing apart outside its own feed. */
function guidOf(view: View, item: Item): string {
  return item.sharedId || /^\p{N}{1,8}$/u.test(item.entry.id) ? pageOf(view, item) : item.entry.id;
}

/**
 * `customData` is parsed and printed again, and on the way the library reads `007` as the number 7 and counts entities
 * against a limit. Noncharacters, which `xmlText` has taken out of everything else, carry the text through as it is.
 */
const SEALS = { '': '\uFDD0', '&': '\uFDD1', '<': '\uFDD2', '>': '\uFDD3', '"': '\uFDD4' } as const;

function sealed(name: string, text: string): string {
  return `<${name}>${seal(text)}</${name}>`;
}

function seal(text: string): string {
  return SEALS[''] + xmlText(text).replace(/[&<>"]/g, (character) => SEALS[character as keyof typeof SEALS]);
}

function unseal(xml: string): string {
  return xml.replace(/[\uFDD0-\uFDD4]/g, (seal) => UNSEALED.get(seal) ?? '');
}

const UNSEALED: ReadonlyMap<string, string> = new Map(
  Object.entries(SEALS).map(([character, seal]) => [seal, escapeHtml(character)]),
);

function line(name: string, text: string): Xml {
  return tag(name, {}, escaped(text));
}

/** As the library prints text. */
function escaped(text: string): Xml {
  return escapeHtml(xmlText(text)).replaceAll("'", '&apos;');
}

/** Markup goes past the library, which would take most of a large planet's time to look through it: it sees a number. */
function keep(xml: Xml, kept: Xml[]): string {
  return `\uFDD5${kept.push(xml) - 1}\uFDD5`;
}

function giveBack(printed: string, kept: readonly Xml[]): Xml {
  return printed.replace(/(?:<kept>)?\uFDD5(\d+)\uFDD5(?:<\/kept>)?/g, (_, index) => kept[Number(index)] ?? '');
}
