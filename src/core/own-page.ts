import { z } from 'astro/zod';

const line = z.string('is missing; write some text').trim().min(1, 'is empty; write some text');

/** The front matter of an operator's own page: the settings between the two lines `---` at its top. */
export const OwnPage = z.strictObject({
  title: line.describe('Its heading, and its name among the links at the foot of every page.'),
  description: line.describe('One sentence for search engines.'),
  order: z.number('is not a number').default(0).describe('Its place among the links at the foot of every page.'),
});

/** The address of a page, by the name of its file: `our-rules` for `Our rules!.mdx`. Older versions had it from https://github.com/Flet/github-slugger. */
export function pageId(name: string): string {
  const words = name.replace(/\.mdx?$/, '').toLowerCase();
  return words.replace(/[^\p{Alphabetic}\p{M}\p{Nd}\p{Nl}\p{Pc} -]/gu, '').replaceAll(' ', '-');
}

/** The places in a page for the operator's own templates: `slots/footer.astro`. */
export const SLOTS: readonly string[] = ['head', 'masthead', 'after-entry', 'footer'];

/** A start tag, whose attributes may contain `>`. */
const TAG = /<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>/gi;
/** The attributes with the address of a page or file. */
const LINK = /(\s(?:href|src|poster|action)=)(?:"([^"]*)"|'([^']*)')/gi;

/** The operator's HTML, with the planet's base before each address that begins with `/`, unless it begins with the base already. */
export function belowBase(html: string, base: string): string {
  const root = base.replace(/\/?$/, '/');
  if (root === '/') return html;
  return html.replace(TAG, (tag) =>
    tag.replace(LINK, (attribute, name: string, quoted?: string, single = '') => {
      const address = quoted ?? single;
      const isOfSite = /^\/(?!\/)/.test(address) && !address.replace(/[?#]|$/, '/').startsWith(root);
      return isOfSite ? `${name}"${root}${address.slice(1)}"` : attribute;
    }),
  );
}

/** The addresses of pages and files in HTML. */
export function linksIn(html: string): string[] {
  return [...html.matchAll(TAG)].flatMap(([tag]) =>
    [...tag.matchAll(LINK)].map(([, , address, other]) =>
      (address ?? other ?? '').replaceAll('&amp;', '&').replaceAll('&#38;', '&'),
    ),
  );
}
