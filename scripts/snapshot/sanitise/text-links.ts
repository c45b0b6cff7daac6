import { UNSPACED } from '../../../src/core/search-words.ts';

/** An address in text. Not in an example of markup: `href="https://…"`. */
const ADDRESS = /(?<![\p{L}\p{N}"'=/@.-]|&quot;|&#34;)https?:\/\/[!#-;=?-_a-~\p{L}\p{M}\p{N}]{4,2000}/giu;

/** References of characters that end an address, and of those that are in one. Before any other it may have been cut. */
const END = /&(?:lt|gt|quot|apos|nbsp|#0*3[49]|#160);/i;
const OTHER = /&(?!amp;|#0*38;)#?\w+;/i;

/** Scripts that write no space between an address and the next word. */
const NEXT_WORD = new RegExp(`[${UNSPACED}\\p{sc=Hangul}]`, 'u');

/** Lines and addresses of a text. Links in a longer one would be too many elements, and its end cut off. */
const MOST = 6_000;

/**
 * HTML with links to the addresses in it if it is only text in lines, as YouTube, Bluesky and podcasts have it
 * (https://github.com/miniflux/v2/issues/202, https://github.com/Seneca-CDOT/telescope/issues/2679). An address that is
 * cut, or whose end is in doubt, stays text: a link that leads elsewhere is worse than none.
 */
export function withTextLinks(html: string): string {
  if (!html.includes('://') || /<(?!br ?\/?>)/i.test(html)) return html;
  if ((html.match(/<|:\/\//g)?.length ?? 0) > MOST) return html;
  return html.replace(ADDRESS, (run, at: number) => {
    const [written = run] = run.split(END, 1);
    const isCut = /^(?:[\p{L}\p{N}…/-]|\.\.)/u.test(html.slice(at + written.length, at + written.length + 2));
    if (isCut || written.endsWith('..') || NEXT_WORD.test(written) || OTHER.test(written)) return run;
    const address = withoutPunctuation(written);
    const isWhole = /^https?:\/\/[^/?#]*[^/?#.]\.[^/?#.]/i.test(address) && URL.canParse(address);
    // A bracket that stays open is of a text around it: `[url]https://…[/url]`, `https://…[...]`.
    return isWhole && !/[([{][^()[\]{}]*$/.test(address)
      ? `<a href="${address}">${address}</a>${run.slice(address.length)}`
      : run;
  });
}

/** Without the punctuation of the sentence around it. A bracket that was opened in it stays. */
function withoutPunctuation(written: string): string {
  let closed = written.split(')').length - written.split('(').length;
  let end = written.length;
  for (; end > 0; end -= 1) {
    const last = written.charAt(end - 1);
    if (last === ')' ? closed <= 0 : !".,;:!?'*_~|]}".includes(last)) break;
    closed -= Number(last === ')');
  }
  return written.slice(0, end);
}
