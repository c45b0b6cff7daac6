import { cleanText, cutTo } from '../../../src/core/clean-text.ts';
import { holdsEmail, withoutEmails } from '../../../src/core/web-address.ts';
import { decoded, looksLikeHtml } from '../../snapshot/normalise/escaped.ts';
import { plainText } from '../../snapshot/sanitise/parsed-html.ts';
import type { Losses } from './import-losses.ts';

/**
 * The name in the first of these texts, best in one without an e-mail address: a planet publishes names. Empty if there
 * is none.
 */
export function nameIn(texts: readonly (string | undefined)[], losses: Losses): string {
  const lines = texts.map((text) => lineIn(text ?? '', losses)).filter((line) => line !== '');
  const [first = ''] = lines;
  if (!holdsEmail(first)) return first;
  const name = lines.find((line) => !holdsEmail(line)) ?? withoutEmails(first).replace(/^\((.*)\)$/, '$1');
  losses.add('e-mail addresses in names, which a planet publishes', name === '' ? first : `${name}: ${first}`);
  return name;
}

/** One line of plain text, from a text that other planets take for HTML. */
export function lineIn(text: string, losses: Losses): string {
  const isHtml = looksLikeHtml(text);
  const line = cleanText(isHtml ? plainText(text) : decoded(text));
  if (isHtml && text.includes('<'))
    losses.add('HTML in names and descriptions, of which the words remain', cutTo(60, line));
  // `src/outputs/opml.ts` writes this, so that no reader takes a title for a tag.
  return line.replaceAll('<\u2060', '<');
}
