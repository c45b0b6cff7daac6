import { z } from 'astro/zod';

const line = z.string('is missing; write some text').trim().min(1, 'is empty; write some text');

/** The front matter of an operator's own page: the settings between the two lines `---` at its top. */
export const OwnPage = z.strictObject({
  title: line.describe('Its heading, and its name among the links at the foot of every page.'),
  description: line.describe('One sentence for search engines.'),
  order: z.number('is not a number').default(0).describe('Its place among the links at the foot of every page.'),
});

/** The places in a page for the operator's own templates: `slots/footer.astro`. */
export const SLOTS: readonly string[] = ['head', 'masthead', 'after-entry', 'footer'];
