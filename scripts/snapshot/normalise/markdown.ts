import { createRequire } from 'node:module';
import type { MdastNode, MdastPluginDefinition } from 'satteri';
import { wordSet } from '../../../src/core/text.ts';
import { tagsIn, WITHOUT_END } from './markup.ts';

/** Nearly every other text has none of these. */
const ANY_SIGN = /\]\(|^ {0,3}(?:#{1,6} |```|~~~)/m;
const LINK = /\[[^[\]\n]*\]\(<?(?:https?:\/\/|mailto:)\S|(?<!\w)\[[^[\]\n]*\]\(<?(?:\.{0,2}\/|#)\S/;
const HEADING = /^ {0,3}#{1,6} \S/;
const LINE_END = /\r\n?|\n/;
const FENCE = /^ {0,3}(?:```|~~~)/;
/** Lines of gemtext, of Org and of a script, which have headings, code or comments like those of Markdown. */
const OTHER_FORMAT = /^(?:=>\s*(?:[a-z]+:\/\/|\/)|#\+[a-z]\w|#!\/)/im;
/** Elements of a text that was written as HTML. Others are usual in Markdown: `<img>`, `<iframe>`, `<details>`. */
const OF_HTML = wordSet('p div br span font h1 h2 h3 h4 h5 h6 ul ol li table td blockquote pre code section article');

/** The address of a link: in brackets, or with brackets only in pairs, which are not counted here. */
const ADDRESS = String.raw`(?:<(?:\\[<>]|[^<>\r\n])*>|(?=\S)(?:\\\)|[^\s()])*(?:\((?:(?!\]\()\S)*)?)`;
/** Fifty lines of the title of a link, without its end: for each line all lines before it are read again. Few lines are longer. */
const openTitle = (begin: string, end: string): RegExp =>
  new RegExp(String.raw`\]\(\s*(?:${ADDRESS}\s+)?${begin}(?:(?:\\[${end}]|[^${end}\r\n]){1,1000}(?:\r\n?|\n)){50}`);

/** Some letters of these would become gigabytes, as a wide table has a cell for each column of each line, or take minutes. */
const TOO_MUCH = [
  /(?:\|[ \t:-]+){40}/,
  /^(?:[ \t]*(?:>|[*+-][ \t]|\d{1,9}[.)][ \t])){20}/m,
  openTitle('"', '"'),
  openTitle("'", "'"),
  openTitle('\\(', ')'),
];
const MOST_LETTERS = 100_000;
/** A paragraph with thousands of references takes gigabytes, too: each is joined to all text before it. */
const MOST_REFERENCES = 2_000;
/** Lines with which MDX begins, for components of the blog: `import Chart from '../Chart.astro'`. */
const IMPORTS = /^(?:\s*import [^\n]*['"];?[^\S\n]*(?:\n|$))+/;
/** The settings of a post in YAML or TOML. Rules around words look alike. */
const SETTINGS = /^\s*(?:---\s*\n[a-z]\w*:|\+\+\+\s*\n[a-z]\w* *=)/;

/** Markdown as HTML, as on GitHub; null for a text that is none, or would take too long. */
export function markdownHtml(text: string, isDeclared: boolean): string | null {
  if (!isDeclared && !looksLikeMarkdown(text)) return null;
  if (text.length > MOST_LETTERS || TOO_MUCH.some((form) => form.test(text))) return null;
  if (text.split('&').length > MOST_REFERENCES) return null;
  const features = { frontmatter: SETTINGS.test(text) };
  const written = text.replace(IMPORTS, '');
  // Loaded by the first of these texts: most runs read none.
  const { markdownToHtml }: typeof import('satteri') = createRequire(import.meta.url)('satteri');
  const mdastPlugins = [tagsAsWords(withoutCode(written).lines.join('\n')), ...(isDeclared ? [] : [LINE_ENDS])];
  return markdownToHtml(written, { mdastPlugins, features }).html;
}

/** Shows tags that are words, as `<T>` or `<title>` in a sentence: they would go, some with the text behind them. */
function tagsAsWords(written: string) {
  const names = (tag: RegExp) => new Set([...written.matchAll(tag)].map(([, name = '']) => name.toLowerCase()));
  const closed = names(/<([a-z][\w.:-]*)/gi).intersection(names(/<\/([a-z][\w.:-]*)/gi));
  return {
    name: 'tags-as-words',
    html(node, context) {
      const isBlock = /^(?:root|blockquote|listItem|footnoteDefinition)$/.test(context.parent(node).type);
      if (isMarkup(node.value, isBlock, closed)) return undefined;
      const words = { type: 'text' as const, value: node.value };
      return isBlock ? { type: 'paragraph', children: [words] } : words;
    },
  } satisfies MdastPluginDefinition;
}

/** Elements that hide all that stands behind them, or have no words, unless they are closed. */
const SWALLOWING = wordSet(
  'iframe math noembed noframes noscript object script select style svg template textarea title video audio xmp',
);

/** Whether a tag, or a block that begins with one, is markup. `closed` are the elements of which the text has both tags. */
function isMarkup(html: string, isBlock: boolean, closed: ReadonlySet<string>): boolean {
  const [, name = ''] = /^\s*<\/?([a-z][\w.:-]*)/i.exec(html) ?? [];
  if (name === '') return html.trimStart().startsWith('<!--');
  const element = name.toLowerCase();
  const hasValue = /=\s*["'{\w]/.test(html);
  // Components of MDX, and elements of the blog's own.
  if (tagsIn(html).length === 0)
    return /^(?:[A-Z]|\w+-)/.test(name) && (closed.has(element) || hasValue || html.includes('/>'));
  if (closed.has(element) || html.endsWith('/>')) return true;
  return !SWALLOWING.has(element) && (isBlock || hasValue || html.includes('/>') || WITHOUT_END.has(element));
}

/** In letters, the lines of a paragraph that an editor wrapped. */
const [SHORTEST, LONGEST] = [50, 150];

/**
 * Keeps the line ends of paragraphs that nobody wrapped: of poems, addresses and lists of songs. Where a text was not meant
 * for a converter they are the author's, and many converters keep them all (memos, comments on GitHub).
 */
const LINE_ENDS = {
  name: 'line-ends',
  paragraph(node, context) {
    const lines = context.textContent(node).split(LINE_END).slice(0, -1);
    const wrapped = lines.filter(({ length }) => length >= SHORTEST && length <= LONGEST);
    if (wrapped.length * 2 >= lines.length) return;
    for (const child of node.children) if (child.type === 'text') context.replaceNode(child, withBreaks(child));
  },
  // Only signs below it, such as the line above a signature, make several lines a heading.
  heading(node, context) {
    if (!LINE_END.test(context.textContent(node))) return;
    context.replaceNode(node, [
      { type: 'paragraph', children: node.children.flatMap(withBreaks) },
      { type: 'thematicBreak' },
    ]);
  },
} satisfies MdastPluginDefinition;

type Inline = Extract<MdastNode, { type: 'paragraph' }>['children'][number];

function withBreaks(node: Inline): Inline[] {
  if (node.type !== 'text') return [node];
  const lines = node.value.split(LINE_END).map((value) => ({ type: 'text' as const, value }));
  return lines.flatMap((line, at) => (at === 0 ? [line] : [{ type: 'break' as const }, line]));
}

/**
 * Whether a generator forgot to convert a text (https://github.com/boristane/website/issues/21,
 * https://github.com/flatcar/Flatcar/issues/211): it has no paragraph of HTML, but a link, a heading or fenced code. What code
 * shows does not count.
 */
function looksLikeMarkdown(text: string): boolean {
  if (!ANY_SIGN.test(text)) return false;
  const { lines, blocks } = withoutCode(text);
  const isBlank = (line: string | undefined) => (line ?? '').trim() === '';
  const isHeading = (line: string, at: number) =>
    HEADING.test(line) && isBlank(lines[at - 1]) && (line.includes('##') || isBlank(lines[at + 1]));
  const hasBlocks = blocks > 0 || (/[\r\n]/.test(text) && lines.some(isHeading));
  const words = lines.join('\n');
  if (OTHER_FORMAT.test(words)) return false;
  const tags = tagsIn(words);
  return tags.length === 0 ? hasBlocks || LINK.test(words) : hasBlocks && !tags.some(({ name }) => OF_HTML.has(name));
}

/** The lines without fenced code and without code in a line, and the number of blocks of fenced code. */
function withoutCode(text: string): { lines: string[]; blocks: number } {
  const lines: string[] = [];
  let [blocks, fence] = [0, ''];
  for (const line of text.split(LINE_END)) {
    const mark = FENCE.exec(line)?.[0].trim() ?? '';
    if (fence === '' && mark === '') lines.push(line.replace(/`[^`]*`/g, ''));
    else if (fence === '') fence = mark;
    else if (mark === fence) [blocks, fence] = [blocks + 1, ''];
  }
  return { lines, blocks };
}
