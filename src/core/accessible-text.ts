/** A link and its content, as `sanitise` prints it. Links are not nested. */
const LINK = /<a href="(https?:[^"]*)"[^>]*>((?:(?!<\/?a[ >])[\s\S])*)<\/a>/g;
/** Paragraphs that show nothing, one after the other. */
const BLANK = /(?:<p>(?:\s|&nbsp;|<br>)*<\/p>\s*)+/g;
/** A display formula. The quotation marks are matched, so that text inside an attribute value cannot match. */
const FORMULA = /(<math(?: [a-z]+="[^"]*")*) tabindex="0"((?: [a-z]+="[^"]*")*>(?:(?!<\/?math[ >])[\s\S])*<\/math>)/g;

/**
 * Makes a sanitised body accessible when it is printed, so that texts of older snapshots are accessible too. A link
 * that has only pictures without `alt` gets the host of its target as a name. A display formula gets a wrapper that
 * scrolls by keyboard: MathML has no `tabindex`. Blank paragraphs are left out.
 */
export function accessibleText(html: string): string {
  return withoutBlanks(html)
    .replaceAll(LINK, (link: string, href: string, inside: string) =>
      isNameless(inside) ? link.replace(' alt=""', ` alt="${hostIn(href)}"`) : link,
    )
    .replaceAll(FORMULA, '<span class="wide-math" tabindex="0">$1$2</span>');
}

/** Without the blank paragraphs of editors that write one between all others. Fewer divide a text: they stay, one at a time. */
function withoutBlanks(html: string): string {
  const blanks = html.match(BLANK);
  if (blanks === null) return html;
  const others = html.replace(BLANK, '').match(/<p[ >]/g) ?? [];
  const kept = blanks.length * 2 > others.length ? '' : '<p>&nbsp;</p>';
  return html.replace(BLANK, kept);
}

function isNameless(inside: string): boolean {
  return (
    inside.includes(' alt=""') && !/ alt="[^"]|<(?:math|audio|video)\b/.test(inside) && /^(?:<[^>]*>|\s)*$/.test(inside)
  );
}

/** The host, with only characters that need no escaping in HTML. */
function hostIn(href: string): string {
  return URL.parse(href)?.hostname.replace(/^www\.|[^\w.:[\]-]/g, '') ?? '';
}

/** A sanitised body, whose headings begin at h5, with headings from h2 on. Only their numbers change: it stays safe. */
export function liftHeadings(html: string): string {
  return html.replace(/<(\/?)h([56])\b/g, (_, slash: string, level: string) => `<${slash}h${Number(level) - 3}`);
}
