import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { isMap } from 'yaml';
import { slashes } from '../../src/archive/link-target.ts';
import { percentDecoded } from '../../src/core/clean-text.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { OwnPage, pageId } from '../../src/core/own-page.ts';
import { DENSITIES, riverPath, routes } from '../../src/core/paths.ts';
import { readYaml } from '../../src/core/yaml-errors.ts';

/** The names of the site's pages and folders: an operator's page with such a name would be hidden, as one of a year. */
const RESERVED = new Set(
  [
    ...Object.values(routes).filter((route) => typeof route === 'string'),
    ...DENSITIES.map((density) => riverPath(undefined, density)),
    ...[routes.avatar(''), '/atom/', '/pagefind/'],
  ].flatMap((path) => /^\/([^/.]+)(?:\/|\.html)$/.exec(path)?.[1] ?? []),
);

type Mistake = { line: number; column?: number; what: string };

interface PageMistake extends Required<Mistake> {
  /** For messages: relative, with `/` as separator. */
  file: string;
}

export function pageMistakeLine({ file, line, column, what }: PageMistake): string {
  return `${file}:${line}:${column}: ${what}`;
}

/** The files of the operator's own pages, with the ids in their addresses. */
export function ownPageFiles(folder: string): { name: string; id: string }[] {
  const pages = join(folder, 'pages');
  const names = existsSync(pages) ? readdirSync(pages).filter((name) => /^[^.].*\.mdx?$/.test(name)) : [];
  return names.sort().map((name) => ({ name, id: pageId(name) }));
}

/** Throws an `OperatorError` if a path has a sign with which Astro or Vite finds no files. */
export function refusePaths(...paths: readonly string[]): void {
  const odd = paths.find((path) => /[#?%"*]/.test(path));
  if (odd === undefined) return;
  throw new OperatorError(`Astro cannot compile in ${odd}; rename the folder with #, ?, %, " or * in its name.`);
}

export async function pageMistakes(folder: string): Promise<PageMistake[]> {
  const pages = join(folder, 'pages');
  const found = ownPageFiles(folder).map(async ({ name, id }, at, all) => {
    const file = slashes(relative('.', join(pages, name)));
    const mistakes = [...nameMistakes(name, id, all.slice(0, at)), ...(await textMistakes(pages, name))];
    return mistakes.map(({ column = 1, ...mistake }) => ({ file, column, ...mistake }));
  });
  return (await Promise.all(found)).flat();
}

function nameMistakes(name: string, id: string, before: readonly { name: string; id: string }[]): Mistake[] {
  // Astro finds no file with these signs, nor MDX with "%", and takes no page without an id.
  if (id === '' || /[#?]|%.*x$/.test(name))
    return [{ line: 1, what: 'rename this file: an address needs letters or digits, and no "#", "?" or "%"' }];
  if (RESERVED.has(id) || /^\d{4}$/.test(id))
    return [{ line: 1, what: `the planet already has a page /${id}/; rename this file` }];
  const other = before.find((each) => each.id === id);
  return other === undefined ? [] : [{ line: 1, what: `${other.name} has the same address; remove one of the two` }];
}

/** Mistakes in the text, found by the compiler that Astro uses. */
async function textMistakes(pages: string, name: string): Promise<Mistake[]> {
  // Loaded here: most builds compile nothing.
  const { markdownToJs, mdxToJs } = await import('satteri');
  const text = readFileSync(join(pages, name), 'utf8').replace(/^\uFEFF/, '');
  const front: string[] = [];
  const files = new Set<string>();
  const pictures = new Set<string>();
  const read = {
    name: 'read',
    yaml: ({ value }: { value: string }) => void front.push(value),
    image: ({ url }: { url: string }) => void files.add(url),
    mdxjsEsm: ({ value }: { value: string }) => {
      for (const [, file = ''] of value.matchAll(/from\s*['"](\.[^'"]+)['"]/g)) files.add(file);
    },
  };
  // Also pictures whose address is elsewhere in the text: `![star][1]`.
  const see = {
    name: 'see',
    element: { filter: ['img'], visit: ({ properties }: Picture) => void pictures.add(String(properties.src)) },
  };
  try {
    (name.endsWith('.mdx') ? mdxToJs : markdownToJs)(text, { mdastPlugins: [read], hastPlugins: [see] });
  } catch (error) {
    return [compilerMistake(error)];
  }
  const malformed = [...files.union(pictures)].filter(isMalformed);
  const missing = [...files].filter(
    (file) => isBesidePage(file) && !isMalformed(file) && !existsSync(resolve(pages, decodeURI(file))),
  );
  return [
    ...frontMatterMistakes(front[0]),
    ...malformed.map((address) =>
      mistakeAtAddress(text, address, `${address} has a % that ${isBesidePage(address) ? NO_CODE : LATIN_1}`),
    ),
    ...missing.map((file) => mistakeAtAddress(text, file, `there is no file ${file}; add it, or remove the reference`)),
  ];
}

const NO_CODE = 'encodes no character; write %25 for the sign itself';
const LATIN_1 = 'Astro cannot read; put a copy of the picture beside the page';

type Picture = { properties: Record<string, unknown> };

/** Whether an address cannot be decoded. Astro publishes a page with such a picture without its text. */
function isMalformed(address: string): boolean {
  return address.includes('%') && percentDecoded(address) === address;
}

function isBesidePage(address: string): boolean {
  return !/^(?:[a-z][a-z0-9+.-]*:|\/|#)/i.test(address);
}

function mistakeAtAddress(text: string, address: string, what: string): Mistake {
  // An address with a character reference is not found: then the place is the first line.
  return { ...lineAndColumn(text, Math.max(0, text.indexOf(address))), what };
}

/** The line and the column of an index, which both count from 1. */
function lineAndColumn(text: string, index: number): { line: number; column: number } {
  const before = text.slice(0, index).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** `5:7: Unexpected character … (note: to create a comment in MDX, use …) (mdx-jsx:unexpected-character)`. */
function compilerMistake(error: unknown): Mistake {
  const message = error instanceof Error ? error.message : String(error);
  const [, line = 1, column = 1, what = message] = /^(\d+):(\d+): ([\s\S]*)$/.exec(message) ?? [];
  const sentence = what.includes('to create a comment in MDX') ? 'MDX has no HTML comments; write {/* … */}' : what;
  return { line: Number(line), column: Number(column), what: sentence.replace(/ \([a-z-]+:[a-z-]+\)$/, '') };
}

const EXPECTED = 'write title: … and description: … at the top, between two lines "---"';

function frontMatterMistakes(text: string | undefined): Mistake[] {
  if (text === undefined) return [{ line: 1, what: `there is no front matter; ${EXPECTED}` }];
  const { document, value, faults, placeOf } = readYaml(text);
  // The first line of the front matter is the second of the file.
  if (faults.length > 0) return faults.map((fault) => ({ ...fault, line: fault.line + 1 }));
  if (!isMap(document.contents)) return [{ line: 1, what: EXPECTED }];
  const parsed = OwnPage.safeParse(value);
  const mistakeAt = (key: PropertyKey, what: string): Mistake => {
    const { line, column } = placeOf([key], 'key');
    return { line: line + 1, column, what: `${String(key)}: ${what}` };
  };
  return (parsed.error?.issues ?? []).flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return mistakeAt(issue.path[0] ?? '', issue.message);
    const names = Object.keys(OwnPage.shape).join(', ');
    return issue.keys.map((key) => mistakeAt(key, `is not a setting of a page; the settings here are: ${names}`));
  });
}

/** Comments, texts and addresses, which may contain brackets; then the brackets. */
const PART = /\/\*.*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|\burl\(\s*[^"'\s)][^)]*\)|\\.|[{}()[\]]/gs;
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

/**
 * A sentence about the first bracket or comment in `theme.css` without its other end; null if there is none. The compiler forgives
 * some, and gives no line of this file: it joins all sheets before.
 */
export function themeMistake(folder: string): string | null {
  const path = join(folder, 'theme.css');
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const open: { sign: string; index: number }[] = [];
  const mistakeLine = (index: number, what: string) =>
    pageMistakeLine({ file: 'theme.css', ...lineAndColumn(text, index), what });
  for (const { 0: sign, index } of text.matchAll(PART)) {
    if (sign.startsWith('/*') && !/^\/\*.*\*\/$/s.test(sign)) return mistakeLine(index, 'this comment has no end');
    if (sign in CLOSING) open.push({ sign, index });
    if (!Object.values(CLOSING).includes(sign)) continue;
    const last = open.pop();
    if (last === undefined) return mistakeLine(index, `this "${sign}" closes nothing`);
    if (CLOSING[last.sign] !== sign) return mistakeLine(last.index, `this "${last.sign}" is not closed`);
  }
  const [first] = open;
  return first === undefined ? null : mistakeLine(first.index, `this "${first.sign}" is not closed`);
}
