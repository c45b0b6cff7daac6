import { type DefaultTreeAdapterMap, html, Parser, Token, TokenizerMode } from 'parse5';
import { HTML_ATTRIBUTES } from '../../../src/core/html-schema.ts';
import { wordSet } from '../../../src/core/text.ts';

/** Of these the end tag is optional in HTML: after `<p/>` words are a paragraph either way. */
const OPEN_ENDED = new Set(['p', 'li', 'dt', 'dd', 'td', 'th', 'tr']);

/** Without an end tag, all that follows would be their text, or out of sight. Code of `script` and `style` may be cut off. */
const SWALLOWING = wordSet('title textarea iframe template noembed noframes');

/**
 * Reads such a tag without end and attributes as words, `about the <title> tag`: a text whose code was not escaped goes on.
 * Reads `<select>` as an unknown element: unclosed, it would remove all tags after it. https://github.com/whatwg/html/pull/10548
 * Closes `<iframe …/>` as XML does: the rest of the post would be the content of the frame, or in italics after an icon
 * (`<i/>`). https://github.com/lwindolf/liferea/issues/955
 */
export class PostParser extends Parser<DefaultTreeAdapterMap> {
  /** The next tag of a name, as last looked for. */
  private readonly next = new Map<string, { at: number; isEnd: boolean }>();

  override onStartTag(token: Token.TagToken): void {
    const { tagName } = token;
    if (SWALLOWING.has(tagName) && token.attrs.length === 0 && !token.selfClosing && !this.isEndNext(tagName)) {
      const chars = `<${tagName}>`;
      this.onCharacter({ type: Token.TokenType.CHARACTER, chars, location: token.location });
      return;
    }
    const before = this.openElements.current;
    super.onStartTag(withoutSelect(token));
    const { tagID } = token;
    // The parser acknowledges the slash of `<br/>` and of all that is in a drawing or formula.
    if (!token.selfClosing || token.ackSelfClosing || this.openElements.current === before) return;
    // After `<amp-img/>` the post goes on. Of other unknown elements the content stays, whichever tag ends them.
    const isKnown = tagID !== html.TAG_ID.UNKNOWN || HTML_ATTRIBUTES.has(tagName);
    if (OPEN_ENDED.has(tagName) || (isKnown && this.isEndNext(tagName))) return;
    this.tokenizer.state = TokenizerMode.DATA;
    super.onEndTag({ ...token, type: Token.TokenType.END_TAG, attrs: [], selfClosing: false });
  }

  /** Whether an end tag is next: `<a href="b" />b</a>` is a slip, not XML. Each name is looked for in one pass. */
  private isEndNext(name: string): boolean {
    const { html, pos, offset } = this.tokenizer.preprocessor;
    const cached = this.next.get(name);
    if (cached && cached.at > offset) return cached.isEnd;
    const tag = new RegExp(`<(/?)${name}(?=[\\s/>])`, 'gi');
    tag.lastIndex = pos;
    const found = tag.exec(html);
    const isEnd = found?.[1] === '/';
    this.next.set(name, { at: found ? offset + found.index - pos : Number.POSITIVE_INFINITY, isEnd });
    return isEnd;
  }

  override onEndTag(token: Token.TagToken): void {
    super.onEndTag(withoutSelect(token));
  }
}

function withoutSelect(token: Token.TagToken): Token.TagToken {
  if (token.tagID === html.TAG_ID.SELECT) token.tagID = html.TAG_ID.UNKNOWN;
  return token;
}
