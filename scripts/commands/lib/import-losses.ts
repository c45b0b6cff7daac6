import { cleanText, cutTo } from '../../../src/core/clean-text.ts';
import { feedAddressKey } from '../../../src/core/entry-keys.ts';
import { holdsEmail, withoutEmails, withoutUser } from '../../../src/core/web-address.ts';
import { decoded, looksLikeHtml } from '../../snapshot/normalise/escaped.ts';
import { plainText } from '../../snapshot/sanitise/parsed-html.ts';
import type { Imported, ImportedFeed } from './imported.ts';

export const OTHER_LISTS = 'other lists of feeds: import each file separately';
export const NO_NAME =
  'no name, so the host is: write "title" and "id" before the first snapshot; "npm run planet -- check" shows their own titles';
export const TWICE = 'options that are there twice, of which the last one holds';

/** Settings that could not be converted, or only in part: one line for each kind, with all its places. */
export class Losses {
  readonly #kinds = new Map<string, Set<string>>();
  /** The other kinds are only of settings of the page. */
  readonly #ofFeeds = new Set<string>();

  add(what: string, where: string): void {
    this.#ofFeeds.add(what);
    this.addOfPage(what, where);
  }

  addOfPage(what: string, where: string): void {
    const places = this.#kinds.get(what) ?? new Set();
    // A feed without a name is named by its address.
    this.#kinds.set(what, places.add(withoutUser(where)));
  }

  /** Without those of the page alone, if `ofPage` is false. `face (4: Ada, Bob, Eve, Ian)`; if they are many and all, `face (all feeds)`. */
  lines(feeds: readonly Pick<ImportedFeed, 'title' | 'url'>[], { ofPage = true } = {}): string[] {
    // Of a feed that is listed twice, the first name.
    const names = feeds.map(({ title, url }) => [feedAddressKey(url), title || withoutUser(url)] as const);
    const all = new Set(new Map(names.toReversed()).values());
    const kinds = [...this.#kinds].filter(([what]) => ofPage || this.#ofFeeds.has(what));
    return kinds.map(([what, places]) => {
      if (places.size <= 3) return `${what} (${[...places].join(', ')})`;
      if (all.size > 3 && all.isSubsetOf(places)) return `${what} (all feeds)`;
      return `${what} (${places.size}: ${[...places].join(', ')})`;
    });
  }
}

export function losses({ feeds, losses: lost }: Imported, which?: { ofPage: boolean }): string[] {
  const lines = lost.lines(feeds, which);
  return lines.length === 0 ? [] : ['Not converted, or only in part:', ...lines.map((line) => `  - ${line}`)];
}

/**
 * The name in the first of these texts, best in one without an e-mail address: a planet publishes names. Empty if there
 * is none.
 */
export function nameIn(texts: readonly (string | undefined)[], losses: Losses): string {
  const lines = texts.map((text) => lineIn(text ?? '', losses)).filter((line) => line !== '');
  const [first = ''] = lines;
  if (!holdsEmail(first)) return first;
  // Feedbin's titles are "RSS subscriptions for" an address.
  const bare = withoutEmails(first.replace(/ for(?= \S+$)/, '')).replace(/^\((.*)\)$/, '$1');
  const name = lines.find((line) => !holdsEmail(line)) ?? bare;
  losses.add('e-mail addresses in names, which a planet publishes', name === '' ? first : `${name}: ${first}`);
  return name;
}

/**
 * The address in one of the scheme that browsers pass on to feed readers
 * (https://github.com/Ranchero-Software/NetNewsWire/issues/343), or in one that was copied from HTML with `&amp;`; any
 * other as it is.
 */
export function plainAddress(address: string): string {
  const bare = address.trim().replace(/&(?:amp|#0*38|#x0*26);/gi, '&');
  return bare.replace(/^feeds?:(?:\/\/)?(?=https?:)/i, '').replace(/^feed(?=s?:\/\/)/i, 'http');
}

/** One line of plain text, from a text that other planets take for HTML. */
export function lineIn(text: string, losses: Losses): string {
  const isHtml = looksLikeHtml(text);
  const line = cleanText(isHtml ? plainText(text) : decoded(text));
  if (isHtml && text.includes('<'))
    losses.add('HTML in names and descriptions, of which the words remain', cutTo(60, line));
  if (line.includes('\uFFFD')) losses.add('letters that the file itself has lost', cutTo(60, line));
  return line;
}
