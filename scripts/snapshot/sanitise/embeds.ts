import { escapeHtml } from '../../../src/core/clean-text.ts';
import { isFilm } from './frames.ts';
import { attribute, type ParsedElement } from './parsed-html.ts';

// What a script, a plug-in or another library would show in the place of an element.

/** HTML to read instead of an element: a frame, which becomes a player or a link. Undefined if the element stays what it is. */
export function embedOf(element: ParsedElement): string | undefined {
  return READERS.get(element.tagName)?.(element);
}

const READERS: ReadonlyMap<string, (element: ParsedElement) => string | undefined> = new Map([
  ['script', ofScript],
  ['embed', (element) => film(attribute(element, 'src'))],
  ['object', (element) => film(attribute(element, 'data'))],
  // https://github.com/paulirish/lite-youtube-embed
  ['lite-youtube', (element) => film(`https://youtu.be/${attribute(element, 'videoid')}`)],
  ['lite-vimeo', (element) => film(`https://vimeo.com/${attribute(element, 'videoid')}`)],
]);

function frameOf(address: string): string {
  return `<iframe src="${escapeHtml(address)}"></iframe>`;
}

/** Scripts that show something in their place, and the page that shows the same. */
const SCRIPTS: readonly { script: RegExp; page: (part: string) => string }[] = [
  // https://docs.github.com/en/get-started/writing-on-github/editing-and-sharing-content-with-gists
  { script: /^gist\.github\.com\/((?:[\w-]+\/)?[\da-f]+)\.js/i, page: (gist) => `https://gist.github.com/${gist}` },
  // https://docs.gitlab.com/user/snippets/#embed-snippets
  { script: /^(gitlab\.com\/[\w./-]*snippets\/\d+)\.js/i, page: (snippet) => `https://${snippet}` },
  // https://docs.asciinema.org/manual/server/embedding/
  { script: /^asciinema\.org\/a\/(\w+)\.js/i, page: (cast) => `https://asciinema.org/a/${cast}` },
  // https://docs.jsfiddle.net/embedding-fiddles
  { script: /^jsfiddle\.net\/((?:\w+\/){1,3})embed\//i, page: (fiddle) => `https://jsfiddle.net/${fiddle}` },
  { script: /^pastebin\.com\/embed_js\/(\w+)/i, page: (paste) => `https://pastebin.com/${paste}` },
];

function ofScript(element: ParsedElement): string | undefined {
  const src = attribute(element, 'src')?.trim().slice(0, 500);
  const address = src?.replace(/^(?:https?:)?\/\/(?:www\.)?/i, '');
  if (address === undefined || address === src) return undefined;
  for (const { script, page } of SCRIPTS) {
    const [, part] = script.exec(address) ?? [];
    if (part !== undefined) return frameOf(page(part));
  }
  return undefined;
}

function film(address: string | undefined): string | undefined {
  const whole = address?.trim().replace(/^\/\//, 'https://');
  return whole !== undefined && isFilm(whole) ? frameOf(whole) : undefined;
}
