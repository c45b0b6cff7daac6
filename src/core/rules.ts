import { typedForm, visibleForm } from './clean-text.ts';
import type { Credit } from './credit.ts';
import type { EntryMetadata } from './entry.ts';
import type { FeedStates } from './feed-state.ts';
import { languageOf, nearestLanguage } from './language.ts';
import { memoized } from './memoized.ts';
import { type AuthorSettings, nameKey, shownName, splitNames } from './name-lists.ts';
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
 * `states` know the authors that a feed renamed: a rule with the former name is for the new one too, unless the feed has the former again.
 */
export function applyRules<T extends RuleSubject>(
  all: readonly T[],
  planet: Planet,
  people: AuthorSettings,
  wordsOf: (judged: T) => RuleWords,
  states: FeedStates = {},
): { shown: T[]; hidden: Map<T, Pick<RuleRecord, 'rule'>>; counts: RuleRecord[]; warnings: string[] } {
  const rules = rulesOf(planet, authorMatcherOf(people, states, all));
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

function rulesOf({ feeds, defaults, hide, site }: Planet, authorMatcher: Matcher): HidingRule[] {
  const inherited: Partial<FeedConfig> = defaults;
  const ofAll = { section: 'hide', feed: null };
  return [
    ...hideEach({ ...ofAll, key: 'entries', items: hide.entries, matcher: addressMatcherOf(site), ifIdle: NO_ADDRESS }),
    ...hideEach({ ...ofAll, key: 'authors', items: hide.authors, matcher: authorMatcher, ifIdle: NO_NAME }),
    ...feeds.flatMap((feed, index) => {
      const list = (key: FeedList, matcher: Matcher, ifIdle: string): RuleList => {
        const section = String(feed[key]) === String(inherited[key]) ? 'defaults' : `feeds[${index}]`;
        return { section, feed: feed.id, key, items: feed[key], matcher, ifIdle };
      };
      return [
        ...showOnly(list('only', languageMatcherOf(feed), 'no entry of the feed is known to be in another language')),
        ...hideEach(list('notBy', authorMatcher, NO_NAME)),
        ...showOnly(list('by', authorMatcher, 'each entry of the feed is by one of these authors')),
        ...hideEach(list('exclude', wordMatcher, 'check the spelling in the feed')),
        ...showOnly(list('include', wordMatcher, 'each entry of the feed has one of these words')),
      ];
    }),
  ];
}

const NO_ADDRESS = 'write the address of its page on this site, or remove the rule if the entry was erased';
const NO_NAME = 'write the name as the site shows it, or one of the aliases';

type FeedList = Exclude<OperatorRule['key'], keyof Planet['hide']>;
/** Returns a function that tells whether an entry matches an item of a list. */
type Matcher = (item: string) => HidingRule['hides'];

interface RuleList extends Pick<OperatorRule, 'section' | 'key'>, Pick<HidingRule, 'feed' | 'ifIdle'> {
  items: readonly string[];
  matcher: Matcher;
}

/** A rule for each item, which hides the entries that match it. */
function hideEach({ section, key, items, matcher, ...more }: RuleList): HidingRule[] {
  return items.map((value, place) => {
    return { rule: { section, key, index: key === 'exclude' ? null : place, value }, hides: matcher(value), ...more };
  });
}

/** One rule, which hides the entries that match no item; none for an empty list. */
function showOnly({ section, key, items, matcher, ...more }: RuleList): HidingRule[] {
  if (items.length === 0) return [];
  const matchers = items.map(matcher);
  const hides: HidingRule['hides'] = (judged, wordsOf) => !matchers.some((matches) => matches(judged, wordsOf));
  return [{ rule: { section, key, index: null, value: items.join(', ') }, hides, ...more }];
}

function addressMatcherOf(site: string): Matcher {
  return (address) => {
    const { pathname = '', hash = '' } = URL.parse(address, site) ?? {};
    const page = pathname.replace(/\/$/, '');
    // At any host, below any path: the planet may have moved, and a path has the key of its entry.
    return ({ entry: { path } }) =>
      page.endsWith(`/${path}`) ||
      // With `layout: month`, the address of an entry is an anchor in the page of its month (src/core/paths.ts).
      `${page}${hash}`.endsWith(`/${path.replace(/^(\d{4}\/\d{2})\/\d{2}\//, '$1#')}`);
  };
}

function authorMatcherOf(people: AuthorSettings, states: FeedStates, all: readonly RuleSubject[]): Matcher {
  const keyOf = memoized((name: string) => nameKey(shownName(name, people)));
  let byFeed: Map<string, RuleSubject[]> | undefined;
  /** The new names by the former ones of a feed. A name that its entries have again is no former name. */
  const renamedIn = memoized((feed: string) => {
    const former = Object.entries(states[feed]?.formerAuthors ?? {});
    if (former.length === 0) return [];
    byFeed ??= Map.groupBy(all, ({ entry }) => entry.feed);
    const used = new Set(byFeed.get(feed)?.flatMap(({ credit }) => credit.authors.map(({ name }) => nameKey(name))));
    return former.filter(([gone, { now }]) => !used.has(nameKey(gone)) && !isPartOf(now, gone));
  });
  const oneName: Matcher = (name) => {
    const keysIn = memoized((feed: string) => {
      const keys = new Set([keyOf(name)]);
      for (const key of keys)
        for (const [gone, { now }] of renamedIn(feed)) if (keyOf(gone) === key) keys.add(keyOf(now));
      return keys;
    });
    return ({ entry, credit }) => credit.authors.some((person) => keysIn(entry.feed).has(keyOf(person.name)));
  };
  return (name) => {
    const [isWhole, parts] = [oneName(name), splitNames(name).map(oneName)];
    // A feed may have split `Ann and Bob`: the rule is for the entries of both, and not for all of Ann's.
    const isSplit: HidingRule['hides'] = (...judged) => parts.length > 1 && parts.every((isBy) => isBy(...judged));
    return (...judged) => isWhole(...judged) || isSplit(...judged);
  };
}

/** Whether a name is one of those in a joint name. */
function isPartOf(name: string, joint: string): boolean {
  const names = splitNames(joint).map(nameKey);
  return names.length > 1 && names.includes(nameKey(name));
}

/** An entry of unknown language may be in any. */
function languageMatcherOf(feed: FeedConfig): Matcher {
  return (wanted) => {
    const isNear = memoized(
      (language: string | null) => language === null || nearestLanguage(language, [wanted]) !== undefined,
    );
    return ({ entry }) => isNear(languageOf(entry, feed));
  };
}

/** Letters of scripts whose words have no spaces between them, and of Korean, which joins particles to its words. */
const JOINED = String.raw`[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Khmer}\p{scx=Lao}\p{scx=Myanmar}]`;

/** A letter or digit of another script, or a mark on a letter. */
const LETTER = String.raw`(?:(?!${JOINED})[\p{L}\p{N}]|[^\P{M}\uFE0F])`;
const isJoined = (letter: string): boolean => new RegExp(JOINED, 'u').test(letter);

/** The forms in which a word and a text are compared: as written, as readers see them, and as they type them: `—` alone is not `-`. */
const FORMS = [(text: string) => text.normalize('NFC'), visibleForm, typedForm];

/** Returns a function that tells whether a word is in the title or summary of an entry as a whole word, or is a category. */
function wordMatcher(word: string): ReturnType<Matcher> {
  const finders = FORMS.slice(0, /[\p{L}\p{N}]/u.test(word) ? 3 : 2).map((form) => formMatcher(form(word)));
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
