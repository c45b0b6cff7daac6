import { visibleForm } from './clean-text.ts';
import type { Credit } from './credit.ts';
import type { EntryMetadata } from './entry.ts';
import { languageOf, nearestLanguage } from './language.ts';
import { type AuthorSettings, nameKey } from './name-lists.ts';
import type { FeedConfig, Planet } from './planet.ts';
import { type OperatorRule, type RuleRecord, ruleText } from './records.ts';

interface RuleSubject {
  entry: Pick<EntryMetadata, 'feed' | 'path' | 'title' | 'language' | 'languageBy'>;
  credit: Credit;
}

type RuleWords = Pick<EntryMetadata, 'summary' | 'categories'>;
/** Title and summary, and categories in lower case, in each of the `FORMS`. */
type ComparedWords = readonly { text: string; categories: readonly string[] }[];
type HidingRule = Omit<RuleRecord, 'hides'> & {
  hides: (judged: RuleSubject, wordsOf: () => ComparedWords) => boolean;
  /** The advice for the operator, or the reason, if it hides nothing. */
  ifIdle: string;
};

/**
 * Returns the shown entries, the hidden ones with their rules, a count for each rule, and a warning for each that hides
 * nothing: it is probably a mistake. Without its rule, an entry is shown again. Calls `wordsOf` only for feeds with rules about words.
 */
export function applyRules<T extends RuleSubject>(
  all: readonly T[],
  planet: Planet,
  people: AuthorSettings,
  wordsOf: (judged: T) => RuleWords,
): { shown: T[]; hidden: Map<T, Pick<RuleRecord, 'rule'>>; counts: RuleRecord[]; warnings: string[] } {
  const rules = rulesOf(planet, people);
  const byFeed = Map.groupBy(rules, ({ feed }) => feed);
  const ofAll = byFeed.get(null) ?? [];
  const shown: T[] = [];
  const hidden = new Map<T, HidingRule>();
  for (const judged of all) {
    let words: ComparedWords | undefined;
    const readOnce = () => {
      words ??= comparedWords(judged.entry.title, wordsOf(judged));
      return words;
    };
    const isHiding = (rule: HidingRule) => rule.hides(judged, readOnce);
    const by = ofAll.find(isHiding) ?? byFeed.get(judged.entry.feed)?.find(isHiding);
    if (by) hidden.set(judged, by);
    else shown.push(judged);
  }
  const hides = Map.groupBy(hidden.values(), ({ rule }) => ruleText(rule));
  const isDefault = ({ rule }: HidingRule) => rule.section === 'defaults';
  const counts = [...new Map(rules.map((rule) => [ruleText(rule.rule), rule]))].map(([text, one]) => ({
    rule: one.rule,
    feed: isDefault(one) ? null : one.feed,
    hides: hides.get(text)?.length ?? 0,
  }));
  // A default is also for feeds to come.
  const idle = rules.filter((one) => !hides.has(ruleText(one.rule)) && !isDefault(one));
  const warnings = idle.map(({ rule, ifIdle }) => `${ruleText(rule)}: this rule hides no entries; ${ifIdle}`);
  return { shown, hidden, counts, warnings };
}

function rulesOf({ feeds, defaults, hide, site }: Planet, people: AuthorSettings): HidingRule[] {
  return [
    ...hide.entries.map((address, index) => hideEntry(address, index, site)),
    ...hide.authors.map((name, index) => hideAuthor(name, index, people)),
    ...feeds.flatMap((feed, index) => {
      const section = `feeds[${index}]`;
      const ruleOf: RuleOf = (key, value) => {
        const isDefault = String(feed[key]) === String(defaults[key]);
        return { section: isDefault ? 'defaults' : section, key, index: null, value };
      };
      return [...languageRules(feed, ruleOf), ...personRules(feed, section, people), ...wordRules(feed, ruleOf)];
    }),
  ];
}

type RuleOf = (key: 'only' | 'include' | 'exclude', value: string) => OperatorRule;

function hideEntry(address: string, index: number, site: string): HidingRule {
  const { pathname = '', hash = '' } = URL.parse(address, site) ?? {};
  const page = pathname.replace(/\/$/, '');
  // At any host, below any path: the planet may have moved, and a path has the key of its entry.
  const hides = ({ entry: { path } }: RuleSubject) =>
    page.endsWith(`/${path}`) ||
    // With `layout: month`, the address of an entry is an anchor in the page of its month (src/core/paths.ts).
    `${page}${hash}`.endsWith(`/${path.replace(/^(\d{4}\/\d{2})\/\d{2}\//, '$1#')}`);
  const ifIdle = 'write the address of its page on this site';
  return { rule: { section: 'hide', key: 'entries', index, value: address }, feed: null, hides, ifIdle };
}

function hideAuthor(name: string, index: number, people: AuthorSettings): HidingRule {
  const rule: OperatorRule = { section: 'hide', key: 'authors', index, value: name };
  return { rule, feed: null, hides: authorMatcher([name], people), ifIdle: NO_NAME };
}

const NO_NAME = 'write the name as the site shows it, or one of the aliases';

/** Returns a function that tells whether an entry is credited to one of these names. */
function authorMatcher(names: readonly string[], people: AuthorSettings): HidingRule['hides'] {
  const keys = new Set(names.map((name) => nameKey(people.get(nameKey(name))?.name ?? name)));
  return ({ credit }) => credit.authors.some((person) => keys.has(nameKey(person.name)));
}

function personRules({ id, by, notBy }: FeedConfig, section: string, people: AuthorSettings): HidingRule[] {
  const rules: HidingRule[] = notBy.map((name, index) => ({
    rule: { section, key: 'notBy', index, value: name },
    feed: id,
    hides: authorMatcher([name], people),
    ifIdle: NO_NAME,
  }));
  if (by.length === 0) return rules;
  const isBy = authorMatcher(by, people);
  const hides: HidingRule['hides'] = (judged, wordsOf) => !isBy(judged, wordsOf);
  const ifIdle = 'each entry of the feed is by one of these authors';
  return [...rules, { rule: { section, key: 'by', index: null, value: by.join(', ') }, feed: id, hides, ifIdle }];
}

function languageRules(feed: FeedConfig, ruleOf: RuleOf): HidingRule[] {
  const { id, only } = feed;
  if (only.length === 0) return [];
  // The entries of a feed have few languages.
  const known = new Map<string | null, boolean>([[null, false]]);
  const hides: HidingRule['hides'] = ({ entry }) => {
    const language = languageOf(entry, feed);
    const isHidden = known.get(language) ?? nearestLanguage(language, only) === undefined;
    known.set(language, isHidden);
    return isHidden;
  };
  const ifIdle = 'no entry of the feed is known to be in another language';
  return [{ rule: ruleOf('only', only.join(', ')), feed: id, hides, ifIdle }];
}

function wordRules({ id, include, exclude }: FeedConfig, ruleOf: RuleOf): HidingRule[] {
  const rules: HidingRule[] = exclude.map((word) => ({
    rule: ruleOf('exclude', word),
    feed: id,
    hides: wordMatcher(word),
    ifIdle: 'check the spelling in the feed',
  }));
  if (include.length === 0) return rules;
  const finders = include.map(wordMatcher);
  const hides: HidingRule['hides'] = (judged, wordsOf) => !finders.some((finds) => finds(judged, wordsOf));
  const ifIdle = 'each entry of the feed has one of these words';
  return [...rules, { rule: ruleOf('include', include.join(', ')), feed: id, hides, ifIdle }];
}

/** Letters of scripts whose words have no spaces between them, and of Korean, which joins particles to its words. */
const JOINED = String.raw`[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Khmer}\p{scx=Lao}\p{scx=Myanmar}]`;

/** A letter or digit of another script, or a mark on a letter. */
const LETTER = String.raw`(?:(?!${JOINED})[\p{L}\p{N}]|[^\P{M}\uFE0F])`;
const isJoined = (letter: string): boolean => new RegExp(JOINED, 'u').test(letter);

/** The forms in which a word and a text are compared: as written, and as readers see them. */
const FORMS = [(text: string) => text.normalize('NFC'), visibleForm];

/** Returns a function that tells whether a word is in the title or summary of an entry as a whole word, or is a category. */
function wordMatcher(word: string): HidingRule['hides'] {
  const finders = FORMS.map((form) => formMatcher(form(word)));
  return (_judged, wordsOf) => wordsOf().some((words, at) => finders[at]?.(words));
}

function comparedWords(title: string, { summary, categories }: RuleWords): ComparedWords {
  return FORMS.map((form) => ({
    text: form(`${title}\n${summary}`),
    categories: categories.map((category) => form(category).toLowerCase()),
  }));
}

function formMatcher(wanted: string) {
  const before = isJoined([...wanted][0] ?? '') ? '' : `(?<!${LETTER})`;
  const after = isJoined([...wanted].at(-1) ?? '') ? '' : `(?!${LETTER})`;
  const pattern = new RegExp(before + wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') + after, 'iu');
  return ({ text, categories }: ComparedWords[number]) =>
    categories.includes(wanted.toLowerCase()) || pattern.test(text);
}
