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
