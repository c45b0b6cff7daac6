import { percentDecoded } from '../../../src/core/clean-text.ts';
import { isLineNumbers } from './code-lines.ts';
import { languageAround } from './dialects.ts';
import { moveLabels } from './layout-elements.ts';
import {
  attribute,
  classesOf,
  elementsAround,
  hasClass,
  isBlank,
  isButton,
  isHidden,
  isShallow,
  NEAR,
  nearNodes,
  nearText,
  onlyText,
  type ParsedElement,
  type ParsedNode,
  styleOf,
} from './parsed-html.ts';
import { isForScreenReaders } from './styled-text.ts';

// Elements that the page of a blog hides, or shows in place of others, by its style or its scripts. Here all would show.

/** Whether the element at this place among its neighbours is left out. */
export function isLeftOut(element: ParsedElement, nodes: readonly ParsedNode[], at: number): boolean {
  if (isDouble(element, nodes[at + 1]) || isLineNumbers(element)) return true;
  if (element.tagName === 'iframe' && isBehindLink(element, nodes.slice(Math.max(0, at - 4), at))) return true;
  // It waits for its script. Code Block Pro keeps all code in it once more, to copy: https://github.com/KevinBatdorf/code-block-pro
  if (/^(?:button|span)$/.test(element.tagName) && isButton(element) && isHidden(element)) return true;
  if (moveLabels(element, nodes, at) || (at > 0 && isRichView(element, nodes[at - 1]))) return true;
  if (isForScreenReaders(element) && (isRepeated(element, [nodes[at - 1], nodes[at + 1]]) || isUnseenCaption(element)))
    return true;
  if (isLinkToHeading(element, nodes.slice(Math.max(0, at - 2), at))) return true;
  // The blog shows it only on a dark page, in place of one that is near: here both would show.
  const isForDark =
    isMarked(element, FOR_DARK) && nodes.slice(Math.max(0, at - 3), at + 4).some((each) => isMarked(each, FOR_LIGHT));
  return isForDark || isPreheader(element);
}

/** Classes of such elements, and of controls for scripts. */
const DOUBLES = (
  'MJX_Assistive_MathML highlight__panel margin-toggle kg-bookmark-icon kg-file-card-icon kg-audio-player kg-audio-hide ' +
  'kg-video-overlay kg-video-player-container twoslash-popup-container cnblogs_code_toolbar cnblogs_code_collapse ' +
  'code_img_closed code_img_opened wp-block-accordion-heading__toggle-icon kg-signup-card-form tmblr-alt-text-helper ' +
  'fusion-privacy-placeholder cookieconsent-optout-marketing comment-form__title js-render-enrichment-loader ' +
  'crayons-story__hidden-navigation-link shcb-language ' +
  // Portraits of the authors of quoted posts, which only the style of dev.to makes small.
  'ltag__link__pic crayons-story__author-pic'
).split(' ');

const DRUPAL_FIELDS = ['field--name-title', 'field--name-uid', 'field--name-created'];

/** `after` is the node after the element. */
function isDouble(element: ParsedElement, after: ParsedNode | undefined): boolean {
  const { tagName } = element;
  // VitePress writes the language over the code: https://github.com/westonruter/syntax-highlighting-code-block/pull/716
  if (tagName === 'span' && after?.nodeName === 'pre' && hasClass(element, 'lang') && languageAround(element, 1))
    return true;
  if (tagName === 'a' && hasClass(element, 'headerlink')) return true;
  // A hint for the writer before each poem of Substack.
  if (tagName === 'label' && hasClass(element, 'hide-text')) return true;
  // Drupal prints title, account and date around the text in its feeds: https://github.com/uiowa/uiowa/issues/6985
  if (tagName === 'span' && hasClass(element, ...DRUPAL_FIELDS)) return [...elementsAround(element, 1)].length === 0;
  // Drupal hides the label of most pictures and videos: "Image" would stand over each.
  if (tagName === 'div' && hasClass(element, 'field__label') && hasClass(element, 'visually-hidden')) return true;
  // Discourse writes name and size of its file on a picture when the mouse is over it.
  if (tagName === 'div' && hasClass(element, 'meta'))
    return elementsAround(element, 1).some((link) => link.tagName === 'a' && hasClass(link, 'lightbox'));
  if (hasClass(element, 'footnote_tooltip')) return isBeforeNotes(element);
  return hasClass(element, ...DOUBLES) || isSecondFormula(element, after);
}

/** Whether the list of Footnotes (WordPress) ends an element around: the list may also stand beside the text, where no feed has it. */
function isBeforeNotes(note: ParsedElement): boolean {
  const around = [note, ...elementsAround(note, NEAR)];
  const last = around.flatMap(({ parentNode }) => parentNode?.childNodes.slice(-20) ?? []);
  return last.some((node) => 'tagName' in node && hasClass(node, 'footnotes_reference_container'));
}

/**
 * Whether a frame of WordPress stands behind a link to the same post, perhaps in a paragraph. Feeds have no style that hides it, and
 * frames of other sites have the same class, without a link: https://developer.wordpress.org/reference/functions/wp_filter_oembed_result/
 */
function isBehindLink(frame: ParsedElement, near: readonly ParsedNode[]): boolean {
  if (!hasClass(frame, 'wp-embedded-content')) return false;
  const paragraphs = [...elementsAround(frame, 1)].filter(({ tagName }) => tagName === 'p');
  const before = [...paragraphs.flatMap(nodesBefore), ...near].findLast(
    (node) => !isBlank(node) && !/^(?:br|script)$/.test(node.nodeName),
  );
  const isBehind = before && 'tagName' in before && before.tagName === 'blockquote';
  return (isBehind && hasClass(before, 'wp-embedded-content')) || styleOf(frame).has('position');
}

/** A few nodes before an element in the same one. */
function nodesBefore(element: ParsedElement): readonly ParsedNode[] {
  const nodes = element.parentNode?.childNodes ?? [];
  const at = nodes.indexOf(element);
  return nodes.slice(Math.max(0, at - 4), at);
}

/** The view in boxes of scikit-learn and xarray, which its style shows in place of the text before it: https://github.com/pydata/xarray/issues/6125 */
function isRichView(element: ParsedElement, before: ParsedNode | undefined): boolean {
  if (!before || !('tagName' in before) || !hasClass(before, 'xr-text-repr-fallback', 'sk-text-repr-fallback'))
    return false;
  return hasClass(element, 'xr-wrap', 'sk-container');
}

/** Whether a text beside an element is the same words: https://github.com/DIYgod/RSSHub/pull/21206 */
function isRepeated(element: ParsedElement, beside: readonly (ParsedNode | undefined)[]): boolean {
  const words = letters(onlyText(element));
  return words !== '' && beside.some((node) => node && 'value' in node && letters(node.value) === words);
}

/** Expressive Code writes "Terminal window" over each one without a title. */
function isUnseenCaption(element: ParsedElement): boolean {
  const [caption] = elementsAround(element, 1);
  if (caption?.tagName !== 'figcaption' || !hasClass(caption, 'header') || caption.childNodes.length > 2) return false;
  return nearText(caption).trim() === nearText(element).trim();
}

/** KaTeX's layout of a formula after its MathML, and MathJax's preview before the formula. Either may also be alone. */
function isSecondFormula(element: ParsedElement, after: ParsedNode | undefined): boolean {
  if (hasClass(element, 'katex-html'))
    return element.parentNode?.childNodes.find((node) => 'tagName' in node) !== element;
  if (!hasClass(element, 'MathJax_Preview') || !after || !('tagName' in after)) return false;
  return after.tagName === 'script' || /MathJax(?!_P)/.test(classesOf(after));
}

/** Signs with which a heading links to itself, for readers who want its address. */
const SIGN = /^(?:#*|[¶§∞⚓🔗])$/u;

/** Whether a link leads to the heading in which or behind which it stands. `before` are the two nodes before it. */
function isLinkToHeading(element: ParsedElement, before: readonly ParsedNode[]): boolean {
  if (element.tagName !== 'a' || !attribute(element, 'href')?.includes('#')) return false;
  if (attribute(element, 'id') !== undefined || attribute(element, 'name') !== undefined) return false;
  const leads = isSignOfHeading(element) || isBehindHeading(element, before);
  const isShown = ({ nodeName }: ParsedNode) => /^(?:img|picture|math)$/.test(nodeName);
  return leads && isShallow(element) && !nearNodes(element).some(isShown);
}

/**
 * With words for screen readers beside an icon, as Starlight writes it: https://github.com/HiDeoo/starlight-blog/pull/169.
 * Words that do not repeat the heading say something of their own.
 */
function isBehindHeading(element: ParsedElement, before: readonly ParsedNode[]): boolean {
  const heading = before.findLast((node) => !isBlank(node));
  if (!heading || !('tagName' in heading) || !/^h[1-6]$/.test(heading.tagName)) return false;
  const words = isShallow(heading) ? lettersIn(heading) : '';
  const repeats = () => words !== '' && lettersIn(element).includes(words);
  return leadsTo(element, heading) && (isSign(element, heading) || repeats());
}

function isSignOfHeading(element: ParsedElement): boolean {
  const [around, outer] = elementsAround(element, 2);
  const heading = around?.tagName === 'span' ? outer : around;
  return heading !== undefined && /^h[1-6]$/.test(heading.tagName) && isSign(element, heading);
}

/** Words for screen readers say nothing of their own in a link to just this heading: https://github.com/valeriangalliat/markdown-it-anchor */
function isSign(link: ParsedElement, heading: ParsedElement): boolean {
  const childNodes = link.childNodes.filter((node) => !isForScreenReaders(node));
  return SIGN.test(lettersIn(leadsTo(link, heading) ? { childNodes } : link));
}

function leadsTo(link: ParsedElement, heading: ParsedElement): boolean {
  return `#${attribute(heading, 'id')}` === percentDecoded(attribute(link, 'href') ?? '');
}

function lettersIn(element: Pick<ParsedElement, 'childNodes'>): string {
  return letters(nearText(element));
}

function letters(text: string): string {
  return text.replace(/\s|\p{Cf}|\p{Mn}/gu, '');
}

/** Whether words are only for the list of an inbox (https://www.goodemailcode.com/email-code/preheader.html). No tab or spoiler has these styles. */
function isPreheader(element: ParsedElement): boolean {
  const style = styleOf(element);
  if (!style.get('display')?.startsWith('none')) return false;
  const isFlat = style.get('max-height')?.startsWith('0') && style.get('overflow') === 'hidden';
  return isFlat === true || style.get('mso-hide')?.startsWith('all') === true;
}

/**
 * Marks by which GitHub and MkDocs (https://github.com/pypi/warehouse/issues/11219), Sphinx, Starlight and Docusaurus
 * (https://docusaurus.io/docs/markdown-features/assets#themed-images) tell pictures for light and dark pages apart.
 */
const FOR_DARK = /#(?:gh-dark-mode-only|only-dark)$|(?:^|\s)(?:only-dark|light:sl-hidden|themed\w+--dark)/;
const FOR_LIGHT = /#(?:gh-light-mode-only|only-light)$|(?:^|\s)(?:only-light|dark:sl-hidden|themed\w+--light)/;

function isMarked(node: ParsedNode, mark: RegExp): boolean {
  return (
    'tagName' in node &&
    (mark.test(classesOf(node)) || (node.tagName === 'img' && mark.test(attribute(node, 'src') ?? '')))
  );
}
