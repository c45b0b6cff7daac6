import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Document, isMap, isNode, isScalar, isSeq, type Pair, parseDocument, visit, type YAMLSeq } from 'yaml';
import { archiveFolder, readStates } from '../../../src/archive/archive.ts';
import { planetFile } from '../../../src/archive/load-planet.ts';
import { feedAddressKey } from '../../../src/core/entry-keys.ts';
import { OperatorError } from '../../../src/core/operator-error.ts';
import { FeedConfig, type Planet } from '../../../src/core/planet.ts';
import { mistakeText, readPlanet } from '../../../src/core/planet-file.ts';
import { shortSlug } from '../../snapshot/new-entry.ts';
import { fileFailure } from '../../snapshot/outcome.ts';

/** A feed in `planet.yaml`; missing settings have their defaults. */
export type FeedLines = Pick<FeedConfig, 'id' | 'title' | 'url'> & Partial<FeedConfig>;

/** The lines of a feed as an item of a list without indentation. Values that it would have without them are left out. */
export function feedLines(feed: FeedLines, defaults: object): string[] {
  return yamlText([withoutDefaults(feed, defaults)])
    .trimEnd()
    .split('\n');
}

/** As YAML, with each list of words on one line. A letter that a feed or a list has lost is escaped: the file itself is good UTF-8. */
export function yamlText(value: object): string {
  const document = new Document(value);
  visit(document, {
    Seq: (_key, list) => {
      list.flow = list.items.every((item) => isScalar(item));
    },
    Scalar: (_key, scalar) => {
      if (String(scalar.value).includes('\uFFFD')) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).replaceAll('\uFFFD', '\\uFFFD');
}

function withoutDefaults(feed: FeedLines, own: object): object {
  const defaults: Partial<FeedConfig> = FeedConfig.omit({ id: true, title: true, url: true }).parse({ ...own });
  const all = FeedConfig.keyof().options.map((key) => [key, feed[key]] as const);
  const given = all.filter(([key, value]) => value !== undefined && !isDeepStrictEqual(value, defaults[key]));
  return Object.fromEntries(given);
}

/** A `planet.yaml` to which a feed can be added. It may have no feeds yet. */
export type Draft = { text: string; planet: Planet };

const placeholder = { id: 'nobody-yet', title: 'Nobody yet', url: 'https://nobody.invalid/' };

/** Reads the `planet.yaml` of a folder. Throws an `OperatorError` if there is none or it has mistakes. */
export async function readDraft(folder: string): Promise<Draft> {
  const name = planetFile(folder);
  const text = await readFile(join(folder, 'planet.yaml'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    const advice = error.code === 'ENOENT' ? '; set PLANET_CONTENT to its folder' : '';
    throw new OperatorError(`${name}: ${fileFailure(error)}${advice}`, 2);
  });
  const read = readPlanet(text);
  if (read.kind === 'planet') return { text, planet: read.planet };
  const lacksFeeds = read.mistakes.every(({ where }) => where === 'feeds');
  const edited = lacksFeeds ? withFeeds(text, [placeholder]) : null;
  const again = edited?.kind === 'text' ? readPlanet(edited.text) : read;
  if (again.kind === 'planet' && again.planet.feeds.length === 1)
    return { text, planet: { ...again.planet, feeds: [] } };
  throw new OperatorError(read.mistakes.map((mistake) => mistakeText(name, mistake)).join('\n'), 2);
}

type Edited = { kind: 'text'; text: string; line: number } | { kind: 'refused'; why: string };

/** Adds feeds at the end of the list in a `planet.yaml`. Only adds lines. Refuses a list in brackets, with a sentence. */
export function withFeeds(text: string, feeds: readonly FeedLines[]): Edited {
  const document = parseDocument(text);
  const place = placeIn(text, document);
  if (typeof place === 'string') return { kind: 'refused', why: place };
  const { at, end, indent, spaced, opening } = place;
  const { defaults } = document.toJS() ?? {};
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text.slice(0, at);
  const lines = feeds.flatMap((feed) => [
    ...(spaced ? [''] : []),
    ...feedLines(feed, defaults).map((line) => `${indent}${line}`),
  ]);
  const added = [...opening, ...lines].map((line) => `${line}${eol}`).join('');
  const begun = before === '' || before.endsWith('\n') ? before : `${before}${eol}`;
  const line = begun.split('\n').length + opening.length + (spaced ? 1 : 0);
  return { kind: 'text', text: `${begun}${added}${text.slice(end)}`, line };
}

interface Place {
  /** The position of the new lines, and of the text after them. */
  at: number;
  end: number;
  /** The text before each "-". */
  indent: string;
  /** Whether empty lines separate the feeds. */
  spaced: boolean;
  /** Lines to add before the first feed. */
  opening: string[];
}

function placeIn(text: string, { contents }: Pick<Document.Parsed, 'contents'>): Place | string {
  const pair = isMap(contents) ? contents.items.find(({ key }) => isScalar(key) && key.value === 'feeds') : undefined;
  if (pair === undefined) return placeAt(text.length, { opening: ['feeds:'] });
  if (isSeq(pair.value) && pair.value.items.length > 0) return placeAfter(text, pair.value);
  return placeInEmpty(text, pair);
}

function placeAt(at: number, more: Partial<Place> = {}): Place {
  return { at, end: at, indent: '  ', spaced: false, opening: [], ...more };
}

/** After the last feed, and after the indented comments below it. */
function placeAfter(text: string, list: YAMLSeq): Place | string {
  if (list.flow) return 'its feeds are a list in brackets; write each feed on its own lines, beginning with "- "';
  const dash = list.range?.[0] ?? 0;
  const indent = text.slice(text.lastIndexOf('\n', dash - 1) + 1, dash);
  const [first, second] = list.items.map(rangeOf);
  const last = rangeOf(list.items.at(-1));
  const spaced =
    first !== undefined && second !== undefined && /\n[ \t]*\r?\n/.test(text.slice(first.end - 1, second.begin));
  return placeAt(afterNotes(text, lineAfter(text, last.end), indent.length), { indent, spaced });
}

/** For `feeds:` without items, or `feeds: []`, whose brackets are removed. */
function placeInEmpty(text: string, { key, value }: Pair): Place {
  if (!isSeq(value)) return placeAt(lineAfter(text, text.indexOf(':', rangeOf(key).end) + 1));
  const brackets = rangeOf(value);
  const end = lineAfter(text, brackets.end);
  const opening = [`feeds: ${text.slice(brackets.end, end).trim()}`.trimEnd()];
  return placeAt(text.lastIndexOf('\n', brackets.begin) + 1, { end, opening });
}

function rangeOf(node: unknown): { begin: number; end: number } {
  const [begin = 0, end = begin] = (isNode(node) && node.range) || [];
  return { begin, end };
}

/** The start of the next line; a value of several lines already ends there. */
function lineAfter(text: string, at: number): number {
  if (text[at - 1] === '\n') return at;
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

function afterNotes(text: string, from: number, indent: number): number {
  const note = new RegExp(`[ \\t]{${indent + 1},}#[^\\n]*(?:\\n|$)`, 'y');
  let at = from;
  for (note.lastIndex = at; note.test(text); note.lastIndex = at) at = note.lastIndex;
  return at;
}

/** The ids that a new feed must not have. For a removed feed, whose entries the archive keeps, with the keys of its addresses. */
export type IdsInUse = ReadonlyMap<string, readonly string[]>;

/** The id of a new feed: its former one if it was removed, else an unused one from the first text that has letters or digits. */
export function newFeedId(url: string, words: readonly string[], taken: IdsInUse): string {
  const place = feedAddressKey(url);
  const [former] = [...taken].find(([, places]) => places.includes(place)) ?? [];
  return former ?? freeId(words, taken);
}

function freeId(words: readonly string[], taken: IdsInUse): string {
  const id = words.map((text) => shortSlug(text, 40, { decamelize: false })).find((slug) => slug !== '') ?? 'feed';
  let free = id;
  for (let number = 2; taken.has(free); number++) free = `${id}-${number}`;
  return free;
}

/** The followed feed with this address; undefined if there is none. Makes no request. */
export function followedAt(url: string, feeds: readonly FeedConfig[]): FeedConfig | undefined {
  return feeds.find((feed) => feedAddressKey(feed.url) === feedAddressKey(url));
}

export async function idsInUse({ feeds }: Pick<Planet, 'feeds'>, folder: string): Promise<IdsInUse> {
  const states = Object.entries(await readStates(archiveFolder(folder)));
  // A feed that is gone for good is not read again: with its id a new feed would not be either.
  const stored = new Map(
    states.map(([id, { url, movedTo, trouble }]) => [
      id,
      trouble?.outcome === 'gone' ? [] : [url, movedTo ?? url].map(feedAddressKey),
    ]),
  );
  for (const { id } of feeds) stored.set(id, []);
  return stored;
}
