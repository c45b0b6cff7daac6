import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../src/archive/environment.ts';
import { planetFile } from '../../src/archive/load-planet.ts';
import { belowBase, linksIn, SLOTS } from '../../src/core/own-page.ts';
import { absolute, routes } from '../../src/core/paths.ts';
import type { Planet } from '../../src/core/planet.ts';
import { fileOfPath } from './manifest.ts';
import { ownPageFiles, themeMistake } from './own-files.ts';
import { readHostRules } from './site-host.ts';

/** The mark of a page that is not written yet, in docs/template/pages/about.mdx. */
const TO_WRITE = 'Put your name and an address here';

/** Sentences about probable oversights: unchanged values of the template, text that YAML reads as a comment, and unused slots. */
export function leftovers(folder: string, { site, title, owner }: Planet): string[] {
  const file = planetFile(folder);
  const pages = ownPageFiles(folder).map(({ name }) => ({ name, text: textIn(join(folder, 'pages', name)) }));
  const style = themeMistake(folder);
  const unwritten = pages.filter(({ text }) => text.includes(TO_WRITE));
  const undecoded = pages.filter(({ text }) => text.includes('\uFFFD'));
  return [
    ...(isExample(site) ? [`${file}: "site" is still ${site}; write the address of the planet.`] : []),
    ...(title === 'A planet' || title === 'Orrery'
      ? [`${file}: "title" is still ${title}; write the planet's name.`]
      : []),
    // Templates of older versions say "keeper".
    ...(['owner', 'keeper'].some((word) =>
      [`The ${word} of ${title}`, `The ${word} of this planet`].includes(owner?.name ?? ''),
    )
      ? [`${file}: "owner" is still ${owner?.name}; write who runs it.`]
      : []),
    ...(style === null ? [] : [`${style}.`]),
    ...unusedTokens(folder),
    ...unusedSlots(folder),
    ...blockedParts(folder),
    ...lostComments(readFileSync(join(folder, 'planet.yaml'), 'utf8'), file),
    ...unwritten.map(({ name }) => `pages/${name} still says "${TO_WRITE}"; write them, and remove the line.`),
    ...undecoded.map(({ name }) => `pages/${name} has letters that are not in UTF-8; save the file as UTF-8.`),
  ];
}

/** Whether an address is the template's: in a domain for examples (https://www.rfc-editor.org/rfc/rfc2606#section-3). */
export function isExample(site: string): boolean {
  return /(^|\.)example\.(org|com|net)$/.test(new URL(site).hostname);
}

const DECLARATION = /(?<![\w-])--[\w-]+(?=\s*:)/g;

/** Tokens in `theme.css` that neither a style of the site nor a file of the operator uses: they are misspelt, or of an older version. */
function unusedTokens(folder: string): string[] {
  const css = textIn(join(folder, 'theme.css')).replace(/\/\*.*?\*\//gs, '');
  const styles = textsBelow(join(root, 'src/styles'));
  const unknown = [...tokensIn(css, DECLARATION).difference(tokensIn(styles))];
  if (unknown.length === 0) return [];
  const own = [css, ...['slots', 'pages', 'public'].map((name) => textsBelow(join(folder, name)))].join('\n');
  const uses = tokensIn(own.replace(DECLARATION, ''));
  const names = [...tokensIn(styles, DECLARATION)].sort().join(', ');
  return unknown
    .filter((name) => !uses.has(name))
    .map((name) => `theme.css: no style uses ${name}; the tokens are ${names}.`);
}

function tokensIn(text: string, pattern = /--[\w-]+/g): Set<string> {
  return new Set([...text.matchAll(pattern)].map(([token]) => token));
}

/** The texts of all styles, templates, pages and scripts in a folder. */
function textsBelow(folder: string): string {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const files = names.filter((name) => /\.(?:astro|css|html?|m?js|mdx?|svg)$/.test(name));
  return files.map((name) => textIn(join(folder, name))).join('\n');
}

/** Templates in the folder `slots/` that have not the name of a place, and that no other template and no page names. */
function unusedSlots(folder: string): string[] {
  const texts = ['slots', 'pages'].map((name) => textsBelow(join(folder, name))).join('');
  const slotFiles = SLOTS.map((name) => `${name}.astro`);
  return slotNames(folder)
    .filter((name) => !slotFiles.includes(name) && !texts.includes(name))
    .map((name) => `slots/${name} is on no page; the names are ${slotFiles.join(', ')}.`);
}

function slotNames(folder: string): string[] {
  const slots = join(folder, 'slots');
  return existsSync(slots) ? readdirSync(slots).filter((name) => /\.(?:astro|html?)$/.test(name)) : [];
}

/** Comments, the code before a template, and the text of scripts: what is not in the page. */
const NOT_SHOWN = /^---\r?\n.*?\n---|<!--.*?-->|\/\*.*?\*\/|(<script\b[^<>]*>).*?(?=<\/script)/gs;

/** A style or a template as a browser gets it, each part in its line. */
function shownIn(file: string): string {
  return textIn(file).replace(NOT_SHOWN, (part, tag = '') => tag + part.slice(tag.length).replace(/[^\n]+/g, ''));
}

/** What a browser ignores on every page, by the policy of `src/core/players.ts`: analytics and a foreign font fail without a sign. */
const BLOCKED_IN_STYLE: readonly [RegExp, string][] = [
  [/@import\s+(?:url\(\s*)?["']?(?:https?:)?\/\//gi, 'a style sheet of another site'],
  [/@font-face\b[^}]*\burl\(\s*["']?(?:(?:https?:)?\/\/|data:)/gi, 'a font that is no file of the planet'],
];
/** Tags with small letters: others are components, whose attributes may mean something else. */
const BLOCKED: readonly [RegExp, string][] = [
  ...BLOCKED_IN_STYLE,
  [/<script\b[^<>]*\ssrc=["']?(?:https?:)?\/\/[^<>]*>/g, 'a script of another site'],
  [
    /<link\b(?=[^<>]*\brel=["']?[^<>"']*\bstylesheet\b)[^<>]*\shref=["']?(?:https?:)?\/\/[^<>]*>/g,
    'a style sheet of another site',
  ],
  [/<script\s(?![^<>]*(?:\bsrc=|json))[^<>]*>/g, 'a script in the page; without attributes it becomes a file'],
  [/<style\s[^<>]*\b(?:is:inline|define:vars)\b/g, 'a style in the page; without attributes it becomes a file'],
  [/<(?:iframe|object|embed)\s/g, 'a frame'],
  [/<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*?\sstyle=/g, 'the attribute "style"'],
  [/<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*?\son[a-zA-Z]+=/g, 'a script in an attribute'],
];

/** Sentences about parts of the operator's style and templates that no browser shows or runs: an own drawing may have one in each line. */
function blockedParts(folder: string): string[] {
  const slots = slotNames(folder).map((name) => [`slots/${name}`, BLOCKED] as const);
  return [['theme.css', BLOCKED_IN_STYLE] as const, ...slots].flatMap(([name, blocked]) => {
    const text = shownIn(join(folder, name));
    return blocked.flatMap(([pattern, what]) => {
      const [first, ...more] = text.matchAll(pattern);
      if (first === undefined) return [];
      const line = text.slice(0, first.index).split('\n').length;
      const others = more.length > 0 ? ` (and ${more.length} more)` : '';
      return [`${name}:${line}: browsers ignore ${what}${others}, by the policy of every page.`];
    });
  });
}

/** YAML reads `title: C #sharp` as the title C and a comment. A real comment has a space after the sign. */
function lostComments(text: string, file: string): string[] {
  return text.split('\n').flatMap((line, at) => {
    const [, note] = /^[ -]*(?:title|description|name|bio): *[^'"#\s][^#]* (#[^\s#].*)$/.exec(line) ?? [];
    return note === undefined
      ? []
      : [
          `${file}:${at + 1}: "${note.trim()}" is a comment in YAML; if it belongs to the text, put the whole text in quotation marks.`,
        ];
  });
}

/** Sentences about links of the operator's own pages and templates to pages or files that the built site does not have. */
export function deadLinks(folder: string, output: string, { site }: Pick<Planet, 'site'>): string[] {
  const rules = readHostRules(output);
  const root = absolute(site, '/');
  const pages = ownPageFiles(folder).map(({ name, id }) => {
    const [, html = ''] = textIn(join(output, fileOfPath(routes.page(id)))).split('<div class="head prose">');
    return { file: `pages/${name}`, path: routes.page(id), html: html.split('</main>')[0] ?? '' };
  });
  const slots = slotNames(folder).map((name) => {
    const text = withoutCode(shownIn(join(folder, 'slots', name)));
    const html = belowBase(text, new URL(site).pathname);
    return { file: `slots/${name}`, path: routes.river, html };
  });
  return [...pages, ...slots].flatMap(({ file, path: from, html }) =>
    [...new Set(linksIn(html))].flatMap((link) => {
      const { href = '' } = URL.parse(link, absolute(site, from)) ?? {};
      const path = href.replace(/[?#].*$/s, '').slice(root.length - 1);
      if (!href.startsWith(root) || rules.leadsFrom(new URL(href).pathname)) return [];
      return existsSync(join(output, fileOfPath(path)))
        ? []
        : [`${file}: the link ${link} leads to no page or file of this site.`];
    }),
  );
}

/** A template without code in braces, which may have a tag in a string, and without scripts that become files of the site. */
function withoutCode(text: string): string {
  const less = text.replace(/\{[^{}]*\}|<script\b[^<>]*\ssrc=["']\.[^<>]*>/g, '');
  return less === text ? text : withoutCode(less);
}

function textIn(file: string): string {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : '';
}
