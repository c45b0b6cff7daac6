import { escapeHtml } from '../../../src/core/clean-text.ts';
import { mapByName } from '../../../src/core/text.ts';
import { isObject, readJson } from '../parse/json.ts';
import { mediaOfBox, pageOfBox, pageOfScript } from './embed-pages.ts';
import { isEmbeddableVideo, withScheme } from './frames.ts';
import { PICTURE_FILE, webUrl } from './images.ts';
import {
  attribute,
  classesOf,
  everyElement,
  hasClass,
  isHidden,
  nearNodes,
  onlyText,
  type ParsedElement,
  type ParsedNode,
  parseInDiv,
  textWithin,
} from './parsed-html.ts';
import { isStandIn } from './picture-attributes.ts';

// HTML in place of elements that a script, a plug-in or a library would replace.

/** By element, HTML to read in its place: mostly a frame, which becomes a player or a link. Undefined if the element stays what it is. */
export const EMBEDS = mapByName<(element: ParsedElement) => string | undefined>({
  blockquote: (element) => ofQuotation(element) ?? ofBox(element),
  a: ofBox,
  iframe: ofFrame,
  div: (element) =>
    ofSubstack(element) ?? ofSquarespace(element) ?? ofChart(element) ?? ofBox(element) ?? ofMedia(element),
  button: ofMedia,
  span: ofSubstack,
  // https://ckeditor.com/docs/ckeditor5/latest/features/media-embed.html
  oembed: (element) => (attribute(element, 'url') ? frameOf(attribute(element, 'url') ?? '') : undefined),
  script: ofScript,
  // https://docs.asciinema.org/manual/player/
  'embed asciinema-player': (element) => ofPlugin(element, attribute(element, 'src')),
  object: (element) => ofPlugin(element, attribute(element, 'data')),
  // https://amp.dev/documentation/components/amp-img
  'amp-img': (element) => picture(element, attribute(element, 'src') ?? '', attribute(element, 'alt') ?? ''),
  'amp-youtube': (element) => videoFrame(`https://youtu.be/${attribute(element, 'data-videoid')}`),
  // https://github.com/paulirish/lite-youtube-embed
  'lite-youtube': (element) => videoFrame(`https://youtu.be/${attribute(element, 'videoid')}`),
  'lite-vimeo': (element) => videoFrame(`https://vimeo.com/${attribute(element, 'videoid')}`),
});

function frameOf(address: string, title = ''): string {
  return `<iframe src="${escapeHtml(address)}" title="${escapeHtml(title)}"></iframe>`;
}

/** Whether an element has no words, and none of the `shown` elements. Read to this depth only: nested elements would be read once for each level. */
function isBare({ childNodes }: Pick<ParsedElement, 'childNodes'>, shown = SHOWN, depth = 3): boolean {
  return childNodes.every((node) => {
    if ('tagName' in node) return depth > 0 && !shown.test(node.tagName) && isBare(node, shown, depth - 1);
    return !('value' in node) || node.value.trim() === '';
  });
}

const SHOWN = /^(?:img|picture|svg|iframe|video|audio|embed|object|input|script)$/;
const SHOWN_BESIDE_PICTURES = /^(?:iframe|video|audio|embed|object|script)$/;

/** A quotation that a script would fill: on its own it is an empty bar. */
function ofQuotation(element: ParsedElement): string | undefined {
  if (!isBare(element)) return undefined;
  const links = everyElement([element]).map((each) => attribute(each, 'href'));
  const cite = /embed/.test(classesOf(element)) ? attribute(element, 'cite') : undefined;
  const written = [attribute(element, 'data-instgrm-permalink'), ...links, cite];
  const found = written.find((each) => each && /^\s*(?:https?:)?\/\//i.test(each));
  return found && `<p>${frameOf(found)}</p>`;
}

/** The link in the content of a frame, where that has no address (gists of Medium), or its own site wrote the link (Bandcamp). */
function ofFrame(iframe: ParsedElement): string | undefined {
  const link = firstIn(onlyText(iframe), 'a');
  const page = link ? webUrl(attribute(link, 'href') ?? '', null) : null;
  const src = attribute(iframe, 'src') ?? '';
  // A gist, or a map of folium or a network of pyvis in a notebook.
  const script = isStandIn(iframe) && !isHidden(iframe) && firstIn(attribute(iframe, 'srcdoc') ?? '', 'script');
  if (!link || !page) return script ? (ofScript(script) ?? '<p>[chart]</p>') : undefined;
  if (isEmbeddableVideo(src)) return undefined;
  const site = isStandIn(iframe) ? '' : webUrl(src, null)?.hostname.replace(/^www\./, '');
  if (site !== '' && !`.${page.hostname}`.endsWith(`.${site}`)) return undefined;
  const words = textWithin(link.childNodes).trim();
  return frameOf(page.href, /^https?:/i.test(words) ? '' : words);
}

/** A video of Squarespace: its frame is HTML in an attribute. */
function ofSquarespace(element: ParsedElement): string | undefined {
  const frame = firstIn(attribute(element, 'data-html') ?? '', 'iframe');
  return frame && isBare(element) ? `<p>${frameOf(attribute(frame, 'src') ?? '')}</p>` : undefined;
}

/** The place of what a script draws, as notebooks and R Markdown write it: https://github.com/rstudio/distill/issues/33 */
function ofChart(element: ParsedElement): string | undefined {
  const isOfScript = /^altair-viz-/.test(attribute(element, 'id') ?? '') || attribute(element, 'data-root-id');
  if (!(isOfScript || hasClass(element, 'html-widget', 'plotly-graph-div', 'vega-embed', 'bk-root'))) return undefined;
  const kind = hasClass(element, 'leaflet') ? 'map' : hasClass(element, 'datatables') ? 'table' : 'chart';
  return isBare(element) ? `<p>[${kind}]</p>` : undefined;
}

function firstIn(html: string, name: string): ParsedElement | undefined {
  if (!html.includes(`<${name}`)) return undefined;
  return everyElement(parseInDiv(html.slice(0, 5_000))).find(({ tagName }) => tagName === name);
}

/** The data of one embed of Substack, in letters. */
const LONGEST_DATA = 50_000;

/** An embed of Substack: its element is empty, and its content is JSON, which only the site of the post reads. */
function ofSubstack(element: ParsedElement): string | undefined {
  const data = attribute(element, 'data-attrs');
  if (data === undefined || data.length > LONGEST_DATA || !isBare(element)) return undefined;
  const { value } = readJson(data);
  if (!isObject(value)) return undefined;
  const quoted = [value['comment'], value['communityPost']].find(isObject) ?? value;
  const keys = ['persistentExpression', 'name', 'full_text', 'title', 'symbol', 'body'];
  const [formula, name, ...titles] = keys.map((key) => textIn(quoted, key));
  if (formula) return `<p>${escapeHtml(`\\[${formula}\\]`)}</p>`;
  if (isObject(value['gallery'])) return gallery(value['gallery']);
  const kind = ['video', 'audio'].find((each) => hasClass(element, `native-${each}-embed`));
  if (kind) return `<p>[${kind}]</p>`;
  const words = [name, titles.find(Boolean)].filter(Boolean).join(': ');
  if (words === '') return undefined;
  const page = webUrl(textIn(value, 'url') || textIn(value, 'canonical_url'), null);
  const shown = page ? frameOf(page.href, words) : escapeHtml(words);
  return element.tagName === 'div' ? `<p>${shown}</p>` : shown;
}

function gallery(found: Readonly<Record<string, unknown>>): string {
  const images = Array.isArray(found['images']) ? found['images'].filter(isObject) : [];
  const pictures = images.map((image) => `<img src="${escapeHtml(textIn(image, 'src'))}">`);
  return `<figure>${pictures.join('')}<figcaption>${escapeHtml(textIn(found, 'caption'))}</figcaption></figure>`;
}

function textIn(data: Readonly<Record<string, unknown>>, key: string): string {
  const value = data[key];
  return typeof value === 'string' ? value : '';
}

function ofScript(element: ParsedElement): string | undefined {
  const page = pageOfScript(element);
  return page === undefined ? undefined : frameOf(page);
}

/** The place of what a script of another site shows. */
function ofBox(element: ParsedElement): string | undefined {
  const page = pageOfBox(element);
  // The picture in a <noscript> shows the same.
  const isDouble = (node: ParsedNode) =>
    'tagName' in node && node.tagName === 'noscript' && isBare(node, SHOWN_BESIDE_PICTURES);
  const childNodes = element.childNodes.filter((node) => node.nodeName !== 'script' && !isDouble(node));
  if (page === undefined || !isBare({ childNodes })) return undefined;
  const shown = frameOf(page, attribute(element, 'data-title'));
  return element.tagName === 'a' ? shown : `<p>${shown}</p>`;
}

function ofMedia(element: ParsedElement): string | undefined {
  const media = isBare(element, SHOWN_BESIDE_PICTURES) ? mediaOfBox(element) : undefined;
  const still = escapeHtml(attribute(element, 'data-thumbnail-src') ?? '');
  return media && `<${media.kind} src="${escapeHtml(media.address)}" poster="${still}"></${media.kind}>`;
}

function videoFrame(address: string): string | undefined {
  const whole = withScheme(address.trim());
  return isEmbeddableVideo(whole) ? frameOf(whole) : undefined;
}

/** Programs that no browser runs any more. */
const OLD_PLUGIN = /^application\/(?:x-(?:shockwave-flash|silverlight|java))/i;
const OLD_PROGRAM = /\.(?:swf|class|jar|xap)(?:$|[?#])/i;

/** A picture, also for its fallback, unless that has one; a video; else a link where nothing stands in the element. */
function ofPlugin(element: ParsedElement, written: string | undefined): string | undefined {
  const address = written?.trim().slice(0, 10_000);
  const type = attribute(element, 'type')?.trim() ?? '';
  if (!address) return undefined;
  const found = videoFrame(address);
  if (found !== undefined) return found;
  const title = attribute(element, 'aria-label') ?? attribute(element, 'title') ?? '';
  if (/^image\//i.test(type) || (type === '' && PICTURE_FILE.test(address)))
    return nearNodes(element).some(({ nodeName }) => nodeName === 'img')
      ? undefined
      : picture(element, address, title || textWithin(element.childNodes).trim());
  // WordPress writes a link behind it: https://wordpress.org/documentation/article/file-block/
  const isDouble = hasClass(element, 'wp-block-file__embed');
  const isNothing = isDouble || OLD_PLUGIN.test(type) || OLD_PROGRAM.test(address) || !isBare(element);
  return isNothing ? undefined : frameOf(address, title);
}

function picture(element: ParsedElement, src: string, alt: string): string {
  // Here the sides of a picture of AMP may be `16` and `9`.
  const isRatio = attribute(element, 'layout') === 'responsive';
  const names = ['srcset', 'sizes', ...(isRatio ? [] : ['width', 'height', 'style'])];
  const others = names.map((name) => ` ${name}="${escapeHtml(attribute(element, name) ?? '')}"`);
  return `<img src="${escapeHtml(src)}" alt="${escapeHtml(alt)}"${others.join('')}>`;
}
