/** A link and what is in it, as `sanitise` prints it; no link is in another. */
const LINK = /<a href="(https?:[^"]*)"[^>]*>((?:(?!<\/?a[ >])[\s\S])*)<\/a>/g;
/** A formula on a line of its own. Each attribute has its quotation marks, so that no value can pass for one. */
const FORMULA = /(<math(?: [a-z]+="[^"]*")*) tabindex="0"((?: [a-z]+="[^"]*")*>(?:(?!<\/?math[ >])[\s\S])*<\/math>)/g;

/**
 * A safe body with what assistive technology needs and feeds do not say. Older snapshots, whose text is the same, have it too.
 * - A link that holds pictures without a word has the name of the site to which it leads.
 * - A wide formula scrolls by keyboard in an element around it: `tabindex` is no attribute of MathML.
 */
export function accessibleText(html: string): string {
  return html
    .replaceAll(LINK, (link: string, href: string, inside: string) =>
      isNameless(inside) ? link.replace(' alt=""', ` alt="${hostIn(href)}"`) : link,
    )
    .replaceAll(FORMULA, '<span class="wide-math" tabindex="0">$1$2</span>');
}

/** Whether a reader who sees no pictures is told nothing of a link. */
function isNameless(inside: string): boolean {
  return (
    inside.includes(' alt=""') && !/ alt="[^"]|<(?:math|audio|video)\b/.test(inside) && /^(?:<[^>]*>|\s)*$/.test(inside)
  );
}

/** Without letters that HTML would have to escape: those of a host's name are letters, digits and hyphens. */
function hostIn(href: string): string {
  return URL.parse(href)?.hostname.replace(/^www\.|[^\w.:[\]-]/g, '') ?? '';
}
