import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { expect, inject, test } from 'vitest';
import { pagesOf } from '../lib/site.ts';

/** What the HTML standard wants, and no matter of taste. */
const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ['html-validate:standard'] }));

test('every page of the demo is valid HTML, strangers’ posts in it too', async () => {
  const mistakes: string[] = [];
  for (const { path, html } of await pagesOf(inject('demo').dist)) {
    const { results } = await validator.validateString(html, path);
    for (const { messages } of results)
      mistakes.push(...messages.map(({ ruleId, message, selector }) => `${path} ${ruleId}: ${message} (${selector})`));
  }
  expect(mistakes).toEqual([]);
});
