import { withoutUser } from '../../../src/core/web-address.ts';
import { type Losses, TWICE } from './import-losses.ts';
import type { ImportedFeed } from './imported.ts';

export type Options = ReadonlyMap<string, string>;

/** The sections of a file in order, with options by name in lower case. Options before the first section are in "". */
export type Sections = Map<string, Map<string, string>>;

/**
 * Reads the INI form of Python's ConfigParser, for Planet Planet and Venus: comments with `#` and `;`, `key = value`
 * and `key: value`, values continued on indented lines, repeated sections, `[DEFAULT]`, `%(name)s`
 * (https://docs.python.org/3/library/configparser.html). npm's INI libraries read the dots in
 * `[http://example.org/feed]` as a path, or do not know continued lines. In Pluto's files no line continues, and
 * comments also follow values (https://github.com/rubycocos/core/blob/master/iniparser/lib/iniparser/parser.rb).
 */
export function readConfig(text: string, losses: Losses): Sections {
  const isPluto = /^\s*(?:feed|feed_url|xml_url)\s*[:=]/m.test(text) && !/^\s*\[planet\]/im.test(text);
  const sections: Sections = new Map();
  let where = '';
  let section = sectionNamed(sections, where);
  let option: { name: string; indent: number } | null = null;
  for (const line of text.split(/\r\n?|\n/)) {
    if (/^\s*(?:$|[#;])|^rem\s/i.test(line)) continue;
    const header = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    const pair = /^\s*([^:=\s][^:=]*?)\s*[:=]\s*(.*?)\s*$/.exec(line);
    const indent = line.length - line.trimStart().length;
    if (option && indent > option.indent && header === undefined && !(isPluto && pair)) {
      section.set(option.name, `${section.get(option.name)}\n${line.trim()}`);
    } else if (header !== undefined) {
      where = header.trim();
      section = sectionNamed(sections, where);
      option = null;
    } else if (pair) {
      option = { name: (pair[1] ?? '').toLowerCase(), indent };
      // In Python 2 a semicolon after a space starts a comment, a hash does not.
      const value = (pair[2] ?? '').replace(isPluto ? /(?:^|\s+)#.*$/ : /\s+;.*$/, '');
      const before = section.get(option.name);
      if (before && before !== value)
        losses.add(TWICE, [where, `${option.name} = ${withoutUser(before)}`].filter(Boolean).join(': '));
      section.set(option.name, value);
    }
  }
  return withDefaultSection(sections);
}

/**
 * Reads rawdog's form, `option value`, with each `feed PERIOD ADDRESS key=value …` as a section; indented lines belong to the
 * line above (https://github.com/chirlu/rawdog/blob/master/config).
 */
export function readRawdog(text: string): Sections {
  const page = new Map<string, string>();
  const sections: Sections = new Map([['', page]]);
  let section = page;
  const set = (option: string, value: string) => {
    const name = option.replace(/^define_/, '').toLowerCase();
    // Those of rawdog's plugin are more than words: `hide title "clock" ; show author "Ada"`.
    section.set(name === 'filter' ? 'filters' : name, value);
  };
  for (const line of text.split(/\r\n?|\n/)) {
    const [, indent, option = '', value = ''] = /^(\s*)([^\s#=]+)(?:=|\s+|$)(.*?)\s*$/.exec(line) ?? [];
    if (option === '') continue;
    if (indent) set(option, value);
    else if (option === 'feed') {
      const [period = '', url = '', ...pairs] = value.split(/\s+/);
      section = sectionNamed(sections, url);
      set('period', period);
      for (const pair of pairs) set(pair.replace(/=.*/, ''), pair.slice(pair.indexOf('=') + 1));
    } else {
      section = page;
      const name = option === 'include' ? 'reading_lists' : option.toLowerCase();
      page.set(name, [page.get(name), value].filter(Boolean).join('\n'));
    }
  }
  return sections;
}

function sectionNamed(sections: Sections, name: string): Map<string, string> {
  const section = sections.get(name) ?? new Map<string, string>();
  sections.set(name, section);
  return section;
}

function withDefaultSection(sections: Sections): Sections {
  const defaults = sections.get('DEFAULT') ?? new Map<string, string>();
  sections.delete('DEFAULT');
  return new Map(
    [...sections].map(([name, own]) => {
      const all = name === '' ? own : new Map([...defaults, ...own]);
      return [name, new Map([...all].map(([key, value]) => [key, interpolated(value, all)]))];
    }),
  );
}

/** ConfigParser's own limit, for names that refer to themselves. */
const DEEPEST_INTERPOLATION = 10;
/** Characters. Names that refer to each other several times would grow without end. */
const LONGEST_VALUE = 10_000;

function interpolated(value: string, names: ReadonlyMap<string, string>, deep = DEEPEST_INTERPOLATION): string {
  if (deep === 0 || value.length > LONGEST_VALUE || !/%\([^)]*\)s/.test(value)) return value;
  const next = value.replace(/%\(([^)]*)\)s/g, (whole, name: string) => names.get(name.toLowerCase()) ?? whole);
  return next === value ? value : interpolated(next, names, deep - 1);
}

export interface FeedContext {
  options: Options;
  /** The options of the whole planet. */
  planet: Options;
  /** Its name in the list of losses. */
  where: string;
  losses: Losses;
}

/** The value of the first option that is there: an empty one of a feed replaces that of the planet. */
function first(options: Options, ...names: string[]): string | undefined {
  return names.map((name) => options.get(name)).find((value) => value !== undefined);
}

/** The rules of a feed that hide or show entries. `exclude` is an expression in Venus, and a list of words in Pluto. */
export function wordRules(isVenus: boolean, context: FeedContext): Pick<ImportedFeed, 'include' | 'exclude'> {
  return {
    ...fromList(['includes', 'include'], 'include', context),
    ...fromList(isVenus ? ['excludes'] : ['excludes', 'exclude'], 'exclude', context),
    ...fromExpression('filter', 'include', context),
    ...(isVenus ? fromExpression('exclude', 'exclude', context) : {}),
  };
}

/** From Pluto's list of words, with commas between them. */
function fromList(names: string[], setting: 'include' | 'exclude', { options, planet, where, losses }: FeedContext) {
  const list = first(options, ...names) ?? first(planet, ...names);
  const words = list?.split(/[,|\n]/).map((word) => word.trim());
  const found = words?.filter(Boolean) ?? [];
  if (found.length === 0) return {};
  losses.add(converted(`${setting}s`, setting), where);
  return { [setting]: found };
}

function fromExpression(option: string, setting: 'include' | 'exclude', context: FeedContext) {
  const { options, planet, where, losses } = context;
  const expression = first(options, option) ?? first(planet, option);
  if (!expression) return {};
  const words = plainWords(expression);
  if (words === null) {
    losses.add(`${option}: regular expressions that are more than words; write words as "${setting}"`, where);
    return {};
  }
  losses.add(converted(option, setting), where);
  return { [setting]: words };
}

/** The feeds, each with only its entries that have one of these words: an option of the whole planet. */
export function including(feeds: ImportedFeed[], words: string[], option: string, losses: Losses): ImportedFeed[] {
  if (words.length === 0) return feeds;
  for (const { title, url } of feeds) losses.add(converted(option, 'include'), title || url);
  return feeds.map((feed) => ({ ...feed, include: words }));
}

function converted(option: string, setting: string): string {
  return `${option}, converted to "${setting}": that finds whole words, only in titles, summaries and categories`;
}

/** The words of a regular expression that is a list of words; null for any other expression. */
export function plainWords(expression: string): string[] | null {
  const bare = withoutEdges(expression.trim().replace(/^\(\?[a-z]+\)/, ''));
  const words = withoutBrackets(bare)
    .split('|')
    .map((part) => wordIn(withoutBrackets(part.trim())));
  if (!words.every((word) => word !== null)) return null;
  // Rules ignore case.
  return words.filter((word, at) => words.findIndex((other) => other.toLowerCase() === word.toLowerCase()) === at);
}

function withoutBrackets(expression: string): string {
  const inside = /^\((?:\?:)?(.*)\)$/.exec(expression)?.[1];
  return inside !== undefined && !/[()]/.test(inside) ? inside : expression;
}

/** Without the edges of `\bpython\b` and `.*python.*`: rules find words anywhere. */
function withoutEdges(expression: string): string {
  return expression.replace(/^(?:\\b|\.\*)+|(?:\\b|\.\*)+$/g, '');
}

/** The word of an expression: `plone\.org` → `plone.org`; null if it is more than one word. */
function wordIn(part: string): string | null {
  const bare = withoutEdges(part);
  const literal = bare.replace(/\\([^a-z0-9])/gi, '$1').trim();
  const special = bare.replace(/\\[^a-z0-9]/gi, '');
  return literal === '' || /[.*+?^$()[\]{}\\]/.test(special) ? null : literal;
}
