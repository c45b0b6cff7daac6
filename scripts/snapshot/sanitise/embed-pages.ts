import { attribute, hasClass, type ParsedElement } from './parsed-html.ts';

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
  // With the id in an attribute behind the address.
  { script: /^speakerdeck\.com\/assets\/embed\.js (\w+)$/i, page: (id) => `https://speakerdeck.com/player/${id}` },
  // https://core.telegram.org/widgets/post
  { script: /^telegram\.org\/js\/telegram-widget\.js\S* (\w+\/\d+)$/i, page: (post) => `https://t.me/${post}` },
  // https://developer.datawrapper.de/docs/chart-properties
  {
    script: /^datawrapper\.dwcdn\.net\/(\w+)\/(?:\d+\/)?embed\.js/i,
    page: (id) => `https://datawrapper.dwcdn.net/${id}/`,
  },
  { script: /^pastebin\.com\/embed_js\/(\w+)/i, page: (paste) => `https://pastebin.com/${paste}` },
];

/** The page that shows what a script shows in its place. */
export function pageOfScript(element: ParsedElement): string | undefined {
  const src = attribute(element, 'src')?.trim().slice(0, 500);
  const address = src?.replace(/^(?:https?:)?\/\/(?:www\.)?/i, '');
  if (address === undefined || address === src) return undefined;
  const id = attribute(element, 'data-id') ?? attribute(element, 'data-telegram-post') ?? '';
  for (const { script, page } of SCRIPTS) {
    const [, part] = script.exec(`${address} ${id.slice(0, 50)}`) ?? [];
    if (part !== undefined) return page(part);
  }
  return undefined;
}

/**
 * Classes of elements that a script fills, or what Pinterest's is told to do, each with the attribute that says with what, and the
 * site of an address without a host. Feeds keep them without the script: https://github.com/samuelclay/NewsBlur/issues/838
 */
const BOXES: readonly { box: string; attribute: string; site?: string }[] = [
  // https://github.com/daohoangson/flutter_widget_from_html/issues/1283
  { box: 'flourish-embed', attribute: 'data-src', site: 'https://public.flourish.studio/' },
  { box: 'infogram-embed', attribute: 'data-id', site: 'https://infogram.com/' },
  { box: 'imgur-embed-pub', attribute: 'data-id', site: 'https://imgur.com/' },
  // https://github.com/Automattic/fb-instant-articles/issues/103
  { box: 'fb-post', attribute: 'data-href' },
  { box: 'fb-video', attribute: 'data-href' },
  // https://github.com/FreshRSS/FreshRSS/issues/2050
  { box: 'embedly-card', attribute: 'href' },
  // https://developers.pinterest.com/docs/web-features/widgets/
  { box: 'embedPin', attribute: 'href' },
  { box: 'embedBoard', attribute: 'href' },
  { box: 'embedUser', attribute: 'href' },
];

/** The page that shows what a script shows in an element. */
export function pageOfBox(element: ParsedElement): string | undefined {
  const task = attribute(element, 'data-pin-do');
  const known = BOXES.find(({ box }) => box === task || hasClass(element, box));
  const part = known && attribute(element, known.attribute)?.trim().slice(0, 500);
  // Without a site the sanitiser makes the address absolute.
  return known?.site && part ? URL.parse(part, known.site)?.href : part || undefined;
}
