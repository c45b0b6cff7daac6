import { isObject, readJson } from '../parse/json.ts';
import { isEmbeddableVideo, withScheme } from './frames.ts';
import { attribute, classesOf, hasClass, nearNodes, type ParsedElement } from './parsed-html.ts';

/** Scripts that show something in their place, with the page that shows the same: `$1` is the part that the script names. */
const SCRIPTS: readonly (readonly [script: RegExp, page: string])[] = [
  // https://docs.github.com/en/get-started/writing-on-github/editing-and-sharing-content-with-gists
  [/^gist\.github\.com\/((?:[\w-]+\/)?[\da-f]+)\.js/i, 'https://gist.github.com/$1'],
  // https://docs.gitlab.com/user/snippets/#embed-snippets
  [/^(gitlab\.com\/[\w./-]*snippets\/\d+)\.js/i, 'https://$1'],
  // https://docs.asciinema.org/manual/server/embedding/
  [/^asciinema\.org\/a\/(\w+)\.js/i, 'https://asciinema.org/a/$1'],
  // https://docs.jsfiddle.net/embedding-fiddles
  [/^jsfiddle\.net\/((?:\w+\/){1,3})embed\//i, 'https://jsfiddle.net/$1'],
  // With the id in an attribute behind the address.
  [/^speakerdeck\.com\/assets\/embed\.js (\w+)$/i, 'https://speakerdeck.com/player/$1'],
  // https://core.telegram.org/widgets/post
  [/^telegram\.org\/js\/telegram-widget\.js\S* (\w+\/\d+)$/i, 'https://t.me/$1'],
  // https://developer.datawrapper.de/docs/chart-properties
  [/^datawrapper\.dwcdn\.net\/(\w+)\/(?:\d+\/)?embed\.js/i, 'https://datawrapper.dwcdn.net/$1/'],
  [/^buzzsprout\.com\/(\d+\/(?:episodes\/)?\d[\w-]*)\.js/i, 'https://www.buzzsprout.com/$1'],
  [/^pastebin\.com\/embed_js\/(\w+)/i, 'https://pastebin.com/$1'],
];

/** The page that shows what a script shows in its place. */
export function pageOfScript(element: ParsedElement): string | undefined {
  const src = attribute(element, 'src')?.trim().slice(0, 500);
  const address = src?.replace(/^(?:https?:)?\/\/(?:www\.)?/i, '');
  if (address === undefined || address === src) return undefined;
  const id = attribute(element, 'data-id') ?? attribute(element, 'data-telegram-post') ?? '';
  for (const [script, page] of SCRIPTS) {
    const [, part] = script.exec(`${address} ${id.slice(0, 50)}`) ?? [];
    if (part !== undefined) return page.replace('$1', () => part);
  }
  return undefined;
}

/**
 * Elements that a script fills, which feeds keep without the script (https://github.com/samuelclay/NewsBlur/issues/838). `box` is their
 * class, or their task for Pinterest's script; `attribute` has the address of the page, at `site` if it has no host.
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
  const found = BOXES.find(({ box }) => box === task || hasClass(element, box));
  const part = found && attribute(element, found.attribute)?.trim().slice(0, 500);
  // Without a site the sanitiser makes the address absolute.
  return found?.site && part ? URL.parse(part, found.site)?.href : part || undefined;
}

/** Settings of page builders, in letters. */
const LONGEST_SETTINGS = 50_000;

/** Attributes and settings with a film behind the content, or with the page that is shared, liked or commented. */
const NOT_SHOWN = /background|(?:^|[-_])(?:bg|vbg|a2a|href)(?:$|[-_])|share|jarallax/i;
const SHARED = /shar(?:e|ing)|addthis/i;

/** Recordings that browsers play. */
const FILE = /\.(?:(mp4|m4v|webm|ogv)|mp3|m4a|oga|ogg|opus)(?:$|[?#])/i;

/**
 * The film or recording that a script shows in an element without words, by an attribute or by JSON in one: Discourse
 * (https://github.com/discourse/discourse/pull/23807), Elementor, and plug-ins of WordPress that load a film with a click. Not by
 * `data-src`: what that loads is also in the `<noscript>` behind it.
 */
export function mediaOfBox(element: ParsedElement): Media | undefined {
  const media = SHARED.test(classesOf(element)) ? undefined : mediaIn(element);
  if (media === undefined) return undefined;
  const pictures = [...nearNodes(element)].filter(({ nodeName }) => nodeName === 'img');
  // One picture may be the still of a film. Others are no part of it.
  const stills = media.kind === 'audio' ? 0 : 1;
  return pictures.length > stills ? undefined : media;
}

interface Media {
  address: string;
  kind: 'iframe' | 'video' | 'audio';
}

function mediaIn({ attrs }: ParsedElement): Media | undefined {
  for (const { name, value } of attrs) {
    if (!name.startsWith('data-') || name === 'data-src' || value.length > LONGEST_SETTINGS) continue;
    const json = value.startsWith('{') ? readJson(value).value : null;
    for (const [key, written] of Object.entries(isObject(json) ? json : { [name]: value })) {
      if (typeof written !== 'string' || NOT_SHOWN.test(key) || !/^(?:https?:\/)?\//i.test(written)) continue;
      const address = withScheme(written);
      if (isEmbeddableVideo(address)) return { address, kind: 'iframe' };
      const [file, ofVideo] = FILE.exec(address) ?? [];
      if (file !== undefined) return { address, kind: ofVideo === undefined ? 'audio' : 'video' };
    }
  }
  return undefined;
}
