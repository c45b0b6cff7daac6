import { type DefaultTreeAdapterTypes, html as names, parseFragment } from 'parse5';
import { all, textOf, type XmlNode } from './xml.ts';

/**
 * What the W3C's feed validator would say of a feed, by the names of its messages: the ones that a planet meets. Written
 * beside its sources (w3c/feedvalidator: item.py, channel.py, entry.py, feed.py, link.py, validators.py, opml.py).
 */
export function complaints(root: XmlNode): string[] {
  return (root.name === 'rss' ? ofRss : root.name === 'opml' ? ofOpml : ofAtom)(root);
}

const URI = /^[a-z][\w+.-]*:(\/\/)?[\w;/?:@&=+$.!~*'()%,#-]+$/i;
const RFC822 =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const CANONICAL = /^https?:\/\/[a-z0-9.-]+(:\d+)?\/[^\s]*$/;
const TAG_URI =
  /^tag:([a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[\w;/?:@&=+$.!~*'()%,-]*(#[\w;/?:@&=+$.!~*'()%,-]*)?$/;

/** As a feed validator asks it of an address that somebody will fetch: with the name of a host on the web. */
const FETCHABLE = /^https?:\/\/([\d.]+|([a-z0-9-]+\.)+[a-z0-9][a-z0-9-]*)(:\d+)?\//i;
const MIME =
  /^[^\s()<>,;:\\"/[\]?=]+\/[^\s()<>,;:\\"/[\]?=]+(\s*;\s*[^\s()<>,;:\\"/[\]?=]+=("[^"]*"|[^\s()<>,;:\\"/[\]?=]+))*$/;
const LANGUAGES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

function inLanguage(tag: string | undefined): string[] {
  const [primary = ''] = (tag ?? 'en').split('-');
  return /^[a-z]{2,3}$/i.test(primary) && LANGUAGES.of(primary) !== undefined ? [] : [`InvalidLanguage ${tag}`];
}

function inOpmlText(text: string): string[] {
  return /<[a-z/!?]/i.test(text) ? [`SecurityRisk ${text}`] : [];
}

function ofOpml(root: XmlNode): string[] {
  const [head, body] = [all(root, 'head')[0], all(root, 'body')[0]];
  const known = /^(title|date(Created|Modified)|owner(Name|Email|Id)|expansionState|vertScrollState|window\w+)$/;
  const unknown = (head?.children ?? []).filter(({ name }) => !known.test(name));
  return [
    ...(head && body && all(body, 'outline').length > 0 ? [] : ['MissingElement']),
    ...(/^(1\.[01]|2\.0)$/.test(root.attributes['version'] ?? '') ? [] : ['InvalidOPMLVersion']),
    ...unknown.map(({ name }) => `UndefinedElement ${name}`),
    ...(head ? all(head, 'ownerId').flatMap(({ text }) => unlike(text, FETCHABLE, 'InvalidURLAttribute')) : []),
    ...(head ? ['title', 'ownerName'].flatMap((name) => inOpmlText(textOf(head, name) ?? '')) : []),
    ...(body ? all(body, 'outline') : []).flatMap(({ attributes }) => [
      ...['text', 'title', 'xmlUrl'].flatMap((name) => (attributes[name] ? [] : [`MissingAttribute ${name}`])),
      ...['text', 'title'].flatMap((name) => inOpmlText(attributes[name] ?? '')),
      ...unlike(attributes['htmlUrl'] ?? 'x:y', URI, 'InvalidFullLink'),
      ...inLanguage(attributes['language']),
    ]),
  ];
}

function ofRss(root: XmlNode): string[] {
  const [channel] = all(root, 'channel');
  if (!channel) return ['MissingChannel'];
  const items = all(channel, 'item');
  const self = all(channel, 'atom:link').filter(({ attributes }) => attributes['rel'] === 'self');
  return [
    ...['title', 'link', 'description'].flatMap((name) => (textOf(channel, name) ? [] : [`Missing ${name}`])),
    ...(self.length === 1 ? [] : ['MissingAtomSelfLink']),
    ...unlike(textOf(channel, 'lastBuildDate'), RFC822, 'InvalidRFC2822Date'),
    ...inLanguage(textOf(channel, 'language')),
    ...(items.length > 0 && channel.children.at(-1)?.name !== 'item' ? ['MisplacedItem'] : []),
    ...all(channel, 'atom:link').flatMap(inLink),
    ...['title', 'description'].flatMap((name) => inPlainText(textOf(channel, name) ?? '')),
    ...duplicates(textsOf(items, 'guid'), 'DuplicateValue guid'),
    ...items.flatMap(ofItem),
  ];
}

function ofItem(item: XmlNode): string[] {
  const names = item.children.map(({ name }) => name);
  const has = (name: string) => names.includes(name);
  const [guid = ''] = [textOf(item, 'guid')];
  const content = names.indexOf('content:encoded');
  const description = names.indexOf('description');
  const single = names.filter((name) => /^(title|link|description|guid|pubDate|source|content:encoded)$/.test(name));
  const own = {
    author: 'dc:creator',
    pubDate: 'dc:date',
    guid: 'atom:id',
    category: 'dc:subject',
    source: 'dc:source',
  };
  const pairs = Object.entries(own);
  return [
    ...(has('title') || has('description') ? [] : ['ItemMustContainTitleOrDescription']),
    ...(content >= 0 && (description < 0 || description > content) ? ['NeedDescriptionBeforeContent'] : []),
    ...pairs.flatMap(([core, extension]) => (has(core) && has(extension) ? [`DuplicateItemSemantics ${core}`] : [])),
    ...(/^\p{N}{1,8}$/u.test(guid) ? ['NotSufficientlyUnique'] : []),
    ...(guid === '' ? ['MissingGuid'] : []),
    ...(has('enclosure') && all(item, 'enclosure').length > 1 ? ['DuplicateEnclosure'] : []),
    ...duplicates(single, 'DuplicateElement'),
    ...unlike(textOf(item, 'link'), URI, 'InvalidFullLink'),
    ...['title', 'category'].flatMap((name) => all(item, name)).flatMap(({ text }) => unlike(text, /\S/, 'NotBlank')),
    ...(textOf(item, 'title') === undefined ? [] : inPlainText(textOf(item, 'dc:rights') ?? '')),
    ...inLanguage(textOf(item, 'dc:language')),
    ...all(item, 'atom:link').flatMap(inLink),
    ...all(item, 'atom:updated').flatMap(({ text }) => unlike(text, RFC3339, 'InvalidRFC3339Date')),
    ...all(item, 'enclosure').flatMap(({ attributes }) => [
      ...unlike(attributes['url'], FETCHABLE, 'InvalidURLAttribute'),
      ...unlike(attributes['url'], URI, 'InvalidURLAttribute'),
      ...unlike(attributes['length'], /^\d+$/, 'InvalidIntegerAttribute'),
      ...unlike(attributes['type'], MIME, 'InvalidMIMEAttribute'),
    ]),
    ...unlike(textOf(item, 'pubDate'), RFC822, 'InvalidRFC2822Date'),
    ...unlike(all(item, 'source')[0]?.attributes['url'], URI, 'InvalidFullLink source'),
    ...['title', 'category', 'source'].flatMap((name) => all(item, name).flatMap(({ text }) => inPlainText(text))),
    ...['description', 'content:encoded'].flatMap((name) => all(item, name).flatMap(({ text }) => inHtml(text))),
  ];
}

const OF_FEEDS = /^application\/(atom|rss|rdf)\+xml$/;
const RELATIONS = /^(alternate|current|enclosure|hub|next-archive|prev-archive|related|replies|self|via)$/;

function inLink({ attributes, text }: XmlNode): string[] {
  const { rel = 'alternate', href, type, length } = attributes;
  return [
    ...(RELATIONS.test(rel) ? [] : [`UnregisteredAtomLinkRel ${rel}`]),
    ...unlike(href, URI, 'InvalidURIAttribute'),
    ...unlike(type ?? 'a/b', MIME, 'InvalidMIMEType'),
    ...(rel === 'self' ? unlike(type ?? 'application/rss+xml', OF_FEEDS, 'SelfNotAtom') : []),
    ...unlike(length ?? '0', /^\d+$/, 'InvalidNonNegativeInteger'),
    ...(text.trim() === '' ? [] : ['AtomLinkNotEmpty']),
  ];
}

function ofAtom(feed: XmlNode): string[] {
  const entries = all(feed, 'entry');
  const first = feed.children.findIndex(({ name }) => name === 'entry');
  const links = (rel: string) => all(feed, 'link').filter(({ attributes }) => attributes['rel'] === rel);
  return [
    ...(links('self').length === 1 ? [] : ['MissingSelf']),
    ...['title', 'id', 'updated'].flatMap((name) => (textOf(feed, name) ? [] : [`Missing ${name}`])),
    ...unlike(textOf(feed, 'updated'), RFC3339, 'InvalidRFC3339Date'),
    ...duplicates(textsOf(entries, 'id'), 'DuplicateEntries'),
    ...['title', 'subtitle'].flatMap((name) => all(feed, name).flatMap(inConstruct)),
    ...inLanguage(feed.attributes['xml:lang']),
    ...all(feed, 'link').flatMap(inLink),
    ...unlike(textOf(feed, 'id'), CANONICAL, 'NonCanonicalURI'),
    ...(entries.length === 0 || first === feed.children.length - entries.length ? [] : ['MisplacedMetadata']),
    ...(all(feed, 'fh:archive').length > 0 && links('current').length !== 1 ? ['MissingCurrentInArchive'] : []),
    ...entries.flatMap(ofEntry),
  ];
}

function ofEntry(entry: XmlNode): string[] {
  const [source] = all(entry, 'source');
  const authors = [...all(entry, 'author'), ...(source ? all(source, 'author') : [])];
  const alternates = all(entry, 'link').filter(({ attributes }) => attributes['rel'] === 'alternate');
  const ids = [textOf(entry, 'id') ?? '', ...(source ? [textOf(source, 'id') ?? ''] : [])];
  return [
    ...['title', 'id', 'updated'].flatMap((name) => (all(entry, name).length === 1 ? [] : [`Missing ${name}`])),
    ...(source && ['title', 'id', 'updated'].every((name) => textOf(source, name)) ? [] : ['MissingSourceElement']),
    ...(authors.length > 0 && authors.every((author) => textOf(author, 'name')) ? [] : ['Missing author']),
    ...ids.filter((id) => !(id.startsWith('tag:') ? TAG_URI : URI).test(id)).map((id) => `InvalidFullLink id ${id}`),
    ...['published', 'updated'].flatMap((name) => unlike(textOf(entry, name), RFC3339, 'InvalidRFC3339Date')),
    ...all(entry, 'link').flatMap(inLink),
    ...(alternates.length > 1 ? ['DuplicateAtomLink'] : []),
    ...inLanguage(entry.attributes['xml:lang']),
    // Of a blank title it only warns: Atom wants the element, whether or not anybody gave a title.
    ...['summary', 'content'].flatMap((name) => all(entry, name)).flatMap(({ text }) => unlike(text, /./s, 'NotBlank')),
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
  const names = text.match(/(?<=&)#?[\p{L}\p{N}_]+/gu) ?? [];
  const entities = names.filter((name) => !/^\p{L}+$/u.test(name) || /^(amp|lt|gt|quot|apos|nbsp)$/.test(name));
  return /<\/\w+>/.test(text) || entities.length > 0 || /<[/a-z]/i.test(text) ? [`ContainsHTML ${text}`] : [];
}

const RISKY =
  'iframe bdo script style object embed applet base link meta frame head body html title slot xmp plaintext';
const RISKS = new Set(`${RISKY} noframes`.split(' '));

function inHtml(html: string): string[] {
  const found: string[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node) {
      if (RISKS.has(node.tagName)) found.push(`SecurityRisk ${node.tagName}`);
      for (const { name, value } of node.attrs) {
        // Of the attributes that a post may have, these are none that it knows.
        if (node.namespaceURI === names.NS.HTML && /^(on.*|style|role|controls|sandbox|allowfullscreen)$/.test(name))
          found.push(`SecurityRiskAttr ${name}`);
        if (/^(href|src|poster|cite)$/.test(name) && !/^\w+:/.test(value)) found.push(`ContainsRelRef ${value}`);
      }
    }
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  // It stops at the first thing that HTML does not allow.
  walk(parseFragment(html, { onParseError: ({ code }) => found.push(`NotHtml ${code}`) }));
  return found;
}

function unlike(text: string | undefined, form: RegExp, message: string): string[] {
  return text !== undefined && form.test(text) ? [] : [`${message} ${text}`];
}

const textsOf = (nodes: readonly XmlNode[], name: string) => nodes.map((node) => textOf(node, name) ?? '');

function duplicates(list: readonly string[], message: string): string[] {
  return list.filter((each, index) => list.indexOf(each) !== index).map((each) => `${message} ${each}`);
}
