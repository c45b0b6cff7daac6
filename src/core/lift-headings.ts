/**
 * A sanitised body with headings from h2 on, for a page with the entry's title as h1: no level is left out. `sanitise` prints
 * headings from h5 on. The body stays as safe as before: only the numbers of headings change.
 */
export function liftHeadings(html: string): string {
  return html.replace(/<(\/?)h([56])\b/g, (_, slash: string, level: string) => `<${slash}h${Number(level) - 3}`);
}
