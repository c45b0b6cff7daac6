import { OperatorError } from '../../../src/core/operator-error.ts';
import { Owner, Planet } from '../../../src/core/planet.ts';
import { printError } from '../../cli.ts';
import { EXAMPLE_SITE, type NewPlanet } from './operator-files.ts';
import { openTerminal } from './terminal.ts';

interface Known {
  /** The options of the command, not validated. */
  options: Partial<NewPlanet>;
  /** The addresses that the options give. */
  feeds: readonly string[];
  /** The valid settings of another planet; null without one. */
  imported: { [key in keyof NewPlanet]?: string | undefined } | null;
  /** The title if nobody gives one. */
  title: string;
}

/**
 * The settings of a new planet and the addresses of its first blogs. Asks for missing ones at a terminal, again after an answer
 * that is not valid; elsewhere they have defaults. Throws an `OperatorError` if an option is not valid, or if the person stops.
 */
export async function askSettings(known: Known): Promise<{ planet: NewPlanet; feeds: string[] }> {
  const { options, imported } = known;
  for (const key of ['title', 'site', 'language', 'timezone', 'owner'] as const) {
    const why = options[key] === undefined ? null : mistakeIn(key, options[key]);
    if (why !== null) throw new OperatorError(`--${key} ${options[key]}: ${why}`, 2);
  }
  const terminal = openTerminal();
  const ask = async (key: keyof NewPlanet, question: string, fallback: string) => {
    const value = options[key] ?? imported?.[key];
    if (value !== undefined || terminal === null) return value ?? fallback;
    for (;;) {
      const answer = (await terminal.ask(`${question} [${fallback}] `)) || fallback;
      const why = mistakeIn(key, answer);
      if (why === null) return answer;
      printError(`${answer} ${why}`);
    }
  };
  try {
    const title = await ask('title', 'The name of the planet?', known.title);
    const site = await ask('site', 'Its address, with the path?', EXAMPLE_SITE);
    const language = await ask('language', 'Its language (en, fi, pt-BR)?', 'en');
    const zone = terminal === null ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
    const timezone = await ask('timezone', 'The time zone of its days?', zone);
    const owner = await ask('owner', 'Who runs it?', `The keeper of ${title}`);
    const isListed = known.feeds.length > 0 || imported !== null;
    const blogs = terminal === null || isListed ? '' : await terminal.ask(BLOGS);
    const feeds = [...known.feeds, ...blogs.split(/[\s,]+/).filter(Boolean)];
    return { planet: { title, site, language, timezone, owner }, feeds };
  } finally {
    terminal?.close();
  }
}

const BLOGS = 'The first blogs to follow? Addresses with spaces between them; empty for none. ';

/** The problem of a value, to be read after it; null if it is valid. */
function mistakeIn(key: keyof NewPlanet, value: string): string | null {
  const schema = key === 'owner' ? Owner.shape.name : Planet.shape[key];
  return schema.safeParse(value).error?.issues[0]?.message ?? null;
}
