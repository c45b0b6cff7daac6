import { z } from 'astro/zod';

const line = z.string('is missing; write some text').trim().min(1, 'is empty; write some text');

/** What stands between the two lines `---` at the top of a page that an operator wrote by hand. */
export const OwnPage = z.strictObject({
  title: line.describe('Its heading, and its name among the links at the foot of every page.'),
  description: line.describe('One sentence for search engines.'),
  order: z.number('is not a number').default(0).describe('Its place among the links at the foot of every page.'),
});
