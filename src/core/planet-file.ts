import { z } from 'astro/zod';
import { AuthorConfig, Planet } from './planet.ts';
import { isOnWeb } from './planet-values.ts';
import { type Path, readYaml } from './yaml-errors.ts';

/** A mistake in `planet.yaml`, in words for the operator. Lines and columns count from 1. */
export interface Mistake {
  line: number;
  column: number;
  /** The setting: `feeds[3].url`; empty for the file as a whole. */
  where: string;
  /** The mistake, and what to write instead. */
  what: string;
}

export type PlanetFile = { kind: 'planet'; planet: Planet } | { kind: 'mistakes'; mistakes: Mistake[] };
type HasFile = (path: string) => boolean | 'outside';

/** Keeps the value of a YAML text for the next program that reads it. */
export type YamlCache = { read: (text: string) => unknown; write: (text: string, value: unknown) => void };

/** Returns all mistakes at once, in the order of the file. `hasFile`: whether a path is a file with content, or leads out. */
export function readPlanet(text: string, hasFile: HasFile = () => true, cache?: YamlCache): PlanetFile {
  const parsed = Planet.safeParse(withDefaults(cache?.read(text)));
  if (parsed.success && missingPictures(parsed.data, hasFile).length === 0)
    return { kind: 'planet', planet: parsed.data };
  const { value, faults, placeOf } = readYaml(text);
  if (faults.length > 0) return { kind: 'mistakes', mistakes: faults.map((fault) => ({ ...fault, where: '' })) };
  const read = Planet.safeParse(value ?? {}, { error: inWords });
  const absent = missingPictures(value, hasFile);
  if (read.success && absent.length === 0) {
    cache?.write(text, value);
    // Parsed twice, so that a mistake in `defaults` is one mistake, in its line.
    return { kind: 'planet', planet: Planet.parse(withDefaults(value)) };
  }
  const mistakes = [...(read.error?.issues ?? []).flatMap(onePerKey), ...absent]
    .map(({ path, what, part }) => ({ ...placeOf(path, part), where: pathText(path), what }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
  return { kind: 'mistakes', mistakes };
}

/** The value of a `planet.yaml` in which each feed has the `defaults` that it does not name itself, and one that is `gone` is paused. */
export function withDefaults(value: unknown): unknown {
  const { defaults, feeds } = (value ?? {}) as { defaults?: object; feeds?: unknown };
  if (!Array.isArray(feeds)) return value;
  const filled = (feed: { gone?: unknown } | null) => ({
    ...defaults,
    ...feed,
    ...(feed?.gone === true && { paused: true }),
  });
  return { ...(value as object), feeds: feeds.map((feed) => (typeof feed === 'object' ? filled(feed) : feed)) };
}

/** Returns a function that finds the line of a setting (`['feeds', 3, 'url']`), or of its group if the setting is missing. */
export function lineFinder(text: string): (path: Path) => number {
  const { placeOf } = readYaml(text);
  return (path) => placeOf(path, 'key').line;
}

/** `src/content/planet.yaml:12:5: feeds[3].url: is not an address; …` */
export function mistakeText(file: string, { line, column, where, what }: Mistake): string {
  return `${file}:${line}:${column}: ${where === '' ? '' : `${where}: `}${what}`;
}

const examples: Record<string, string> = {
  title: 'title: Planet Python',
  description: 'description: What the Python people write',
  site: 'site: https://example.org/',
  feeds: '"feeds:", and below it for each feed "- id: …", title and url',
  id: 'id: planet-python',
  url: 'url: https://planetpython.org/rss20.xml',
  name: 'name: Ada Lovelace',
};

const shapes: Record<string, string> = {
  string: 'text; put it in quotes if it looks like a number or a date',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, each item on a line that begins with "- "',
  object: 'a group of "key: value" lines',
};

function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return missing('is missing', String(issue.path?.at(-1) ?? ''));
      if (issue.input === null) return missing('is empty', String(issue.path?.at(-1) ?? ''));
      return `should be ${shapes[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return issue.input === undefined ? undefined : `is not one of: ${issue.values.join(', ')}`;
    default:
      return undefined;
  }
}

function missing(how: 'is missing' | 'is empty', key: string): string {
  const example = examples[key];
  if (example !== undefined) return `${how}; write for example: ${example}`;
  return how === 'is missing' ? how : `${how}; write something there, or put a # before the line`;
}

type FoundMistake = { path: Path; what: string; part: 'key' | 'value' };

/** Pictures that are not files. Takes the file's value, not the parsed settings: those are missing if there are other mistakes. */
function missingPictures(planet: unknown, hasFile: HasFile): FoundMistake[] {
  const lists = planet as Partial<Record<string, unknown>> | null;
  const places = ['authors', 'feeds'].flatMap((group) => {
    const list = lists?.[group];
    return (Array.isArray(list) ? list : []).map((one, index) => ({ one, path: [group, index, 'avatar'] }));
  });
  return places.flatMap(({ one, path }) => {
    const { data: avatar } = AuthorConfig.shape.avatar.safeParse(one?.avatar);
    const found = avatar === undefined || isOnWeb(avatar) || hasFile(avatar);
    if (found === true) return [];
    const astray = `is a link that leads out of this folder (${avatar}); put a copy of the picture in its place`;
    const what = found === 'outside' ? astray : 'is not a file in this folder, or is empty';
    return [{ path, what, part: 'value' as const }];
  });
}

/** Splits Zod's issue about all unknown keys of a group: each key is a mistake with its own line. */
function onePerKey(issue: z.core.$ZodIssue): FoundMistake[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, what: issue.message, part: 'value' }];
  const [group] = issue.path;
  const schema = group === undefined ? Planet : settingGroups[String(group)];
  const names = Object.keys(schema?.shape ?? {}).join(', ');
  return issue.keys.map((key) => ({
    path: [...issue.path, key],
    what: `is not a setting; the settings here are: ${names}`,
    part: 'key',
  }));
}

/** The settings of each group in `planet.yaml`: `hide`, and `feeds` with those of one feed. */
export const settingGroups: Readonly<Record<string, z.ZodObject>> = Object.fromEntries(
  Object.entries<z.core.$ZodType>(Planet.shape).flatMap(([key, schema]) => {
    let inner = schema;
    // Settings that may be missing, and lists.
    while ('unwrap' in inner) inner = (inner as z.ZodOptional).unwrap();
    return inner instanceof z.ZodObject ? [[key, inner]] : [];
  }),
);

function pathText(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${String(step)}`))
    .join('');
}
