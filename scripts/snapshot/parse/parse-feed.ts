import Parser from 'rss-parser';
import { type Failure, failure } from '../outcome.ts';
import { type FeedTree, textOf } from './feed-tree.ts';
import { nextStart, withoutProlog } from './prolog.ts';
import { repair } from './repair.ts';
import { type TreeBuilder, treeBuilder } from './tree-builder.ts';

/** The root of a feed, with its namespace or the version of RSS. */
const ROOT =
  /<((?:[\w.-]+:)?(?:feed|rss|rdf))\b(?=[^<>]*(?:xmlns(?::\w+)?\s*=\s*["']https?:\/\/(?:www\.w3\.org\/2005\/atom|www\.w3\.org\/1999\/02\/22-rdf|purl\.org\/)|\sversion\s*=\s*["']))[^<>]*>/i;

/** What the RDF of a web page lacks: that of TrackBack, or of its licence (https://wiki.creativecommons.org/wiki/RDF). */
const CHANNEL_OR_ENTRY = /<(?:[\w.-]+:)?(?:channel|item|entry)[\s>/]/i;

/** The feed that a web page was laid around; null if there is none. */
function feedWithin(page: string): string | null {
  const root = ROOT.exec(page);
  if (root === null) return null;
  const end = `</${root[1]}>`;
  const feed = page.slice(root.index, page.lastIndexOf(end) + end.length);
  return CHANNEL_OR_ENTRY.test(feed) ? feed : null;
}

type Parsed = { kind: 'tree'; tree: FeedTree } | Failure;

const ROOTS = new Set(['rss', 'feed', 'rdf:rdf', 'rdf', 'channel', 'entry', 'item']);

/** The tree, or why the text is no feed. `url` is the base of `xml:base`, `roots` the names of outermost elements. */
export function parseFeed(text: string, url: string, roots: ReadonlySet<string> = ROOTS): Parsed {
  let first: Parsed | null = null;
  // Warnings of a broken server before the feed may look like XML: try again after them, but not forever.
  for (let rest: string | null = text, tries = 0; rest !== null && tries < 3; tries++) {
    const { body, doctype, lines } = withoutProlog(rest);
    if (isWebPage(body, doctype)) {
      const feed = first === null ? feedWithin(body) : null;
      if (feed !== null) return parseFeed(feed, url, roots);
      return first ?? failure({ kind: 'web-page' });
    }
    const parsed = body === '' ? NO_TAG : readOrRepair(body, url, lines);
    if (parsed.kind === 'tree' && roots.has(parsed.tree.root.name)) return parsed;
    first ??= parsed;
    rest = nextStart(body);
  }
  return first ?? NO_TAG;
}

function isWebPage(body: string, doctype: string): boolean {
  if (/^<html[\s>]/i.test(body)) return true;
  // A theme's line may come before a feed.
  const isLikePage = /^<(?:head|meta)[\s>]/i.test(body) || /^<!doctype\s+html/i.test(doctype);
  return isLikePage && nextStart(` ${body.slice(0, 1000)}`) === null;
}

/** sax takes quadratic time for a declaration: it looks for `CDATA` at each letter. No real feed has a long one. */
const LONG_DECLARATION = /<!(?!\[CDATA\[|--)[^>]{200}/;

function readOrRepair(text: string, url: string, linesBefore: number): Parsed {
  const read = LONG_DECLARATION.test(text)
    ? { line: null, detail: 'it holds a declaration that does not end' }
    : readXml(text, url);
  if ('root' in read) return { kind: 'tree', tree: read };
  const repaired = repair(text);
  const again = readXml(repaired.text, url);
  // A feed that ends before its first text must not count as an empty feed.
  const hasContent = 'root' in again && (again.entries.length > 0 || textOf(again.root) !== '');
  return hasContent ? { kind: 'tree', tree: { ...again, partial: repaired.partial } } : notXml(read, linesBefore);
}

const NO_TAG = notXml({ line: 1, detail: 'it holds no tag' });

/** With an attribute, as xml2js would return an empty element as its text. */
const EMPTY_FEED = { name: 'feed', attributes: { version: '' } };

/** The parser inside rss-parser: xml2js, which uses sax. */
interface Insides {
  xmlParser: { saxParser: SaxParser; once(event: 'error', listener: (error: Error) => void): void };
}
interface SaxParser {
  tag: { attributes: Record<string, string> };
  onattribute(attribute: { name: string }): void;
  onopentag(tag: { name: string; attributes: Record<string, string> }): void;
  onclosetag(): void;
  ontext(text: string): void;
  oncdata(text: string): void;
  onerror(error: Error): void;
}

type Complaint = { line: number | null; detail: string };

/**
 * The result of rss-parser loses too much: the order of markup, types, bases, namespaces, second authors. So we build a
 * tree from the events of its parser, and xml2js gets one empty element instead of the feed. An option of xml2js keeps
 * the order in a tree, but it takes twice the time and four times the memory.
 */
function readXml(text: string, url: string): FeedTree | Complaint {
  const parser = new Parser();
  const { xmlParser } = parser as unknown as Insides;
  const builder = treeBuilder(url);
  let unreadable: Error | null = null;
  let failure: Error | null = null;
  xmlParser.saxParser.onerror = (error) => {
    if (!builder.complete()) unreadable = error;
    throw error;
  };
  xmlParser.once('error', (error) => {
    failure = error;
  });
  grow(builder, xmlParser.saxParser);
  // It parses synchronously; its promise tells nothing more.
  parser.parseString(text).catch(() => undefined);
  if (failure !== null && failure !== unreadable) throw failure;
  if (unreadable) return complaintOf(unreadable);
  return builder.tree() ?? { line: null, detail: 'it holds no element' };
}

function grow(builder: TreeBuilder, saxParser: SaxParser): void {
  const { onopentag, onclosetag } = saxParser;
  let depth = 0;
  // Text after the outermost element is no part of the feed, for example an error page of the server.
  saxParser.onopentag = ({ name, attributes }) => {
    if (builder.complete()) return;
    if (depth++ === 0) onopentag(EMPTY_FEED);
    builder.open(name, attributes);
  };
  saxParser.onclosetag = () => {
    if (builder.complete()) return;
    builder.close();
    if (--depth === 0) onclosetag();
  };
  // By this name sax asks whether an attribute is there twice.
  saxParser.onattribute = ({ name }) => {
    if (name === 'hasOwnProperty') delete saxParser.tag.attributes[name];
  };
  saxParser.ontext = builder.text;
  saxParser.oncdata = builder.text;
}

/** A message of sax has four lines: the error, `Line: 3`, `Column: 12`, `Char: <`. Its lines count from 0. */
function complaintOf(error: Error): Complaint {
  const [detail = '', line] = error.message.split('\n');
  const number = /^Line: (\d+)/.exec(line ?? '')?.[1];
  return { line: number === undefined ? null : Number(number) + 1, detail: detail.toLowerCase() };
}

function notXml({ line, detail }: Complaint, linesBefore = 0): Parsed {
  return failure({ kind: 'not-xml', line: line && line + linesBefore, detail });
}
