import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { all, textOf, type XmlNode } from './xml.ts';

/** What the W3C's feed validator would say of a feed, by the names of its messages: the ones that a planet meets. */
export function complaints(root: XmlNode): string[] {
  return root.name === 'rss' ? ofRss(root) : ofAtom(root);
}

const URI = /^[a-z][\w+.-]*:(\/\/)?[\w;/?:@&=+$.!~*'()%,#-]+$/i;
const RFC822 =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const TAG_URI =
  /^tag:([a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[\w;/?:@&=+$.!~*'()%,-]*(#[\w;/?:@&=+$.!~*'()%,-]*)?$/;

function ofRss(root: XmlNode): string[] {
  const [channel] = all(root, 'channel');
  if (!channel) return ['MissingChannel'];
  const items = all(channel, 'item');
  const self = all(channel, 'atom:link').filter(({ attributes }) => attributes['rel'] === 'self');
  return [
    ...['title', 'link', 'description'].flatMap((name) => (textOf(channel, name) ? [] : [`Missing ${name}`])),
    ...(self.length === 1 ? [] : ['MissingAtomSelfLink']),
    ...unlike(textOf(channel, 'lastBuildDate'), RFC822, 'InvalidRFC2822Date'),
    ...duplicates(
      items.map((item) => textOf(item, 'guid') ?? ''),
      'DuplicateValue guid',
    ),
    ...items.flatMap(ofItem),
  ];
}

function ofItem(item: XmlNode): string[] {
  const names = item.children.map(({ name }) => name);
  const has = (name: string) => names.includes(name);
  const [guid = ''] = [textOf(item, 'guid')];
  const content = names.indexOf('content:encoded');
  const description = names.indexOf('description');
  const pairs = [
    ['author', 'dc:creator'],
    ['pubDate', 'dc:date'],
    ['guid', 'atom:id'],
    ['category', 'dc:subject'],
    ['source', 'dc:source'],
  ] as const;
  return [
    ...(has('title') || has('description') ? [] : ['ItemMustContainTitleOrDescription']),
    ...(content >= 0 && (description < 0 || description > content) ? ['NeedDescriptionBeforeContent'] : []),
    ...pairs.flatMap(([core, extension]) => (has(core) && has(extension) ? [`DuplicateItemSemantics ${core}`] : [])),
    ...(/^\p{N}{1,8}$/u.test(guid) ? ['NotSufficientlyUnique'] : []),
    ...(guid === '' ? ['MissingGuid'] : []),
    ...(has('enclosure') && all(item, 'enclosure').length > 1 ? ['DuplicateEnclosure'] : []),
    ...duplicates(
      names.filter((name) => /^(title|link|description|guid|pubDate|source|content:encoded)$/.test(name)),
      'DuplicateElement',
    ),
    ...unlike(textOf(item, 'link'), URI, 'InvalidFullLink'),
    ...unlike(textOf(item, 'pubDate'), RFC822, 'InvalidRFC2822Date'),
    ...unlike(all(item, 'source')[0]?.attributes['url'], URI, 'InvalidFullLink source'),
    ...['title', 'category', 'source'].flatMap((name) => all(item, name).flatMap(({ text }) => inPlainText(text))),
    ...['description', 'content:encoded'].flatMap((name) => all(item, name).flatMap(({ text }) => inHtml(text))),
  ];
}

function ofAtom(feed: XmlNode): string[] {
  const entries = all(feed, 'entry');
  const links = (rel: string) => all(feed, 'link').filter(({ attributes }) => attributes['rel'] === rel);
  return [
    ...(links('self').length === 1 ? [] : ['MissingSelf']),
    ...['title', 'id', 'updated'].flatMap((name) => (textOf(feed, name) ? [] : [`Missing ${name}`])),
    ...unlike(textOf(feed, 'updated'), RFC3339, 'InvalidRFC3339Date'),
    ...duplicates(
      entries.map((entry) => textOf(entry, 'id') ?? ''),
      'DuplicateEntries',
    ),
    ...all(feed, 'title').flatMap(inConstruct),
    ...entries.flatMap(ofEntry),
  ];
}

function ofEntry(entry: XmlNode): string[] {
  const [source] = all(entry, 'source');
  const authors = [...all(entry, 'author'), ...(source ? all(source, 'author') : [])];
  const ids = [textOf(entry, 'id') ?? '', ...(source ? [textOf(source, 'id') ?? ''] : [])];
  return [
    ...['title', 'id', 'updated'].flatMap((name) => (all(entry, name).length === 1 ? [] : [`Missing ${name}`])),
    ...(source && ['title', 'id', 'updated'].every((name) => textOf(source, name)) ? [] : ['MissingSourceElement']),
    ...(authors.length > 0 && authors.every((author) => textOf(author, 'name')) ? [] : ['Missing author']),
    ...ids.filter((id) => !(id.startsWith('tag:') ? TAG_URI : URI).test(id)).map((id) => `InvalidFullLink id ${id}`),
    ...['published', 'updated'].flatMap((name) => unlike(textOf(entry, name), RFC3339, 'InvalidRFC3339Date')),
    ...all(entry, 'link').flatMap(({ attributes }) => unlike(attributes['href'], URI, 'InvalidURIAttribute')),
    ...authors.flatMap((author) => inPlainText(textOf(author, 'name') ?? '')),
    ...authors.flatMap((author) => unlike(textOf(author, 'uri') ?? 'x:y', URI, 'InvalidFullLink uri')),
    ...['title', 'summary', 'rights', 'content'].flatMap((name) => all(entry, name).flatMap(inConstruct)),
  ];
}

function inConstruct({ attributes, text }: XmlNode): string[] {
  return attributes['type'] === 'html' ? inHtml(text) : inPlainText(text);
}

/** Text of no declared type that looks like HTML. */
function inPlainText(text: string): string[] {
  const entities = [...text.matchAll(/&(#?[\p{L}\p{N}_]+)/gu)].filter(
    ([, name = '']) => !/^\p{L}+$/u.test(name) || /^(amp|lt|gt|quot|apos|nbsp)$/.test(name),
  );
  return /<\/\w+>/.test(text) || entities.length > 0 || /<[/a-z]/i.test(text) ? [`ContainsHTML ${text}`] : [];
}

const RISKS = new Set([
  'iframe',
  'bdo',
  'script',
  'style',
  'object',
  'embed',
  'applet',
  'base',
  'link',
  'meta',
  'frame',
  'head',
  'body',
  'html',
  'title',
  'slot',
  'xmp',
  'plaintext',
  'noframes',
]);

function inHtml(html: string): string[] {
  const found: string[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node) {
      if (RISKS.has(node.tagName)) found.push(`SecurityRisk ${node.tagName}`);
      for (const { name, value } of node.attrs) {
        if (/^on|^style$/.test(name)) found.push(`SecurityRiskAttr ${name}`);
        if (/^(href|src|poster|cite)$/.test(name) && !/^\w+:/.test(value)) found.push(`ContainsRelRef ${value}`);
      }
    }
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  walk(parseFragment(html));
  return found;
}

function unlike(text: string | undefined, form: RegExp, message: string): string[] {
  return text !== undefined && form.test(text) ? [] : [`${message} ${text}`];
}

function duplicates(list: readonly string[], message: string): string[] {
  return list.filter((each, index) => list.indexOf(each) !== index).map((each) => `${message} ${each}`);
}
