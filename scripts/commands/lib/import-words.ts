import { type ImportedFeed, type Losses, plainWords } from './imported.ts';

export type Options = ReadonlyMap<string, string>;

/** A feed of another planet. */
export interface FeedContext {
  options: Options;
  /** The options of the whole planet. */
  planet: Options;
  /** Its name in the list of losses. */
  where: string;
  losses: Losses;
}

/** The value of the first option that is there. */
export function first(options: Options, ...names: string[]): string | undefined {
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

function converted(option: string, setting: string): string {
  return `${option}, converted to "${setting}": that finds whole words, only in titles, summaries and categories`;
}
