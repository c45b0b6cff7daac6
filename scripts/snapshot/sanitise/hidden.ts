import { isLazy, isStandIn } from './lazy.ts';
import { attribute, type ParsedElement, type ParsedNode } from './parsed-html.ts';

/** More is no note to a machine, but a text that a script of the page shows: a spoiler, a tab. */
const MOST = { letters: 300, nodes: 100 };

/** Elements that nobody hides for good. */
const SHOWN = /^(?:h[1-6]|pre|table|math|iframe|video|audio|object|embed|noscript)$/;

/**
 * Whether the blog hides an element from its readers: a picture for Pinterest, the preheader of a newsletter, data for
 * machines. Words with an id stay, as a script may show them: an answer.
 */
export function isHidden(element: ParsedElement): boolean {
  const style = attribute(element, 'style')?.slice(0, 1_000) ?? '';
  // Browsers find the text of `until-found`, and show it then.
  const isMarked = (attribute(element, 'hidden') ?? 'until-found').toLowerCase() !== 'until-found';
  if (!isMarked && !/(?:^|;)\s*display\s*:\s*none/i.test(style)) return false;
  const waiting: ParsedNode[] = [element];
  let [letters, nodes, pictures] = [0, 0, 0];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    nodes += 1;
    if ('value' in node) letters += node.value.trim().length;
    if (letters > MOST.letters || nodes > MOST.nodes) return false;
    if (!('tagName' in node) || node.tagName === 'script' || node.tagName === 'style') continue;
    if (SHOWN.test(node.tagName) || isLazyPicture(node)) return false;
    pictures += Number(node.tagName === 'img');
    waiting.push(...node.childNodes.slice(0, MOST.nodes));
  }
  return attribute(element, 'id') === undefined || (letters === 0 && pictures > 0);
}

/** A lazy picture is hidden until a script has loaded it. */
function isLazyPicture(element: ParsedElement): boolean {
  if (element.tagName !== 'img') return false;
  return isLazy(element) || isStandIn(element) || element.attrs.some(({ name }) => /^data-(?:\w+-)*src/.test(name));
}
