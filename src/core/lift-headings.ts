/**
 * The headings of a post, which `sanitise` begins at h5, where the post's title is the page's h1: from h2 on, so that no level
 * is left out. The HTML is ours, as `sanitise` printed it; to any browser one heading is as another, so it stays as safe as it was.
 */
export function liftHeadings(html: string): string {
  return html.replace(/<(\/?)h([56])\b/g, (_, slash: string, level: string) => `<${slash}h${Number(level) - 3}`);
}
