import { markdownToHtml } from 'satteri';
import { wordSet } from '../../../src/core/text.ts';
import { tagsIn } from './markup.ts';

/** Nearly every other text has none of these. */
const ANY_SIGN = /\]\(|^ {0,3}(?:#{1,6} |```|~~~)/m;
const LINK = /\[[^[\]\n]*\]\(<?(?:https?:\/\/|mailto:|\.{0,2}\/|#)\S/;
const HEADING = /^ {0,3}#{1,6} \S/;
const FENCE = /^ {0,3}(?:```|~~~)/;
/** Elements of a text that was written as HTML. Others are usual in Markdown: `<img>`, `<iframe>`, `<details>`. */
const OF_HTML = wordSet('p div br span font h1 h2 h3 h4 h5 h6 ul ol li table td blockquote pre code section article');

/** Some letters of these would become gigabytes, as a wide table has a cell for each column of each line, or take minutes. */
const TOO_MUCH = [/(?:\|[ \t:-]+){40}/, /^(?:[ \t]*(?:>|[*+-][ \t]|\d{1,9}[.)][ \t])){20}/m];
const MOST_LETTERS = 300_000;
/** Lines with which MDX begins, for components of the blog: `import Chart from '../Chart.astro'`. */
const IMPORTS = /^(?:\s*import [^\n]*['"];?[^\S\n]*(?:\n|$))+/;

/** Markdown as HTML, as on GitHub; null for a text that is none, or would take too long. */
export function markdownHtml(text: string, isDeclared: boolean): string | null {
  if (!isDeclared && !looksLikeMarkdown(text)) return null;
  if (text.length > MOST_LETTERS || TOO_MUCH.some((form) => form.test(text))) return null;
  return markdownToHtml(text.replace(IMPORTS, '')).html;
}

/**
 * Whether a generator forgot to convert a text (https://github.com/boristane/website/issues/21,
 * https://github.com/flatcar/Flatcar/issues/211): it has no paragraph of HTML, but a link, a heading or fenced code. What code
 * shows does not count.
 */
function looksLikeMarkdown(text: string): boolean {
  if (!ANY_SIGN.test(text)) return false;
  const all = text.split(/\r\n?|\n/);
  const { lines, blocks } = withoutCode(all);
  const isBlank = (line: string | undefined) => (line ?? '').trim() === '';
  const isHeading = (line: string, at: number) =>
    HEADING.test(line) && isBlank(lines[at - 1]) && (line.includes('##') || isBlank(lines[at + 1]));
  const hasBlocks = blocks > 0 || (all.length > 1 && lines.some(isHeading));
  const words = lines.join('\n');
  const tags = tagsIn(words);
  return tags.length === 0 ? hasBlocks || LINK.test(words) : hasBlocks && !tags.some(({ name }) => OF_HTML.has(name));
}

/** The lines without fenced code and without code in a line, and the number of blocks of fenced code. */
function withoutCode(all: readonly string[]): { lines: string[]; blocks: number } {
  const lines: string[] = [];
  let [blocks, fence] = [0, ''];
  for (const line of all) {
    const mark = FENCE.exec(line)?.[0].trim() ?? '';
    if (fence === '' && mark === '') lines.push(line.replace(/`[^`]*`/g, ''));
    else if (fence === '') fence = mark;
    else if (mark === fence) [blocks, fence] = [blocks + 1, ''];
  }
  return { lines, blocks };
}
