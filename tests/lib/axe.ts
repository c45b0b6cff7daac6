import axe, { type Result } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const looks = [
  { look: 'light', media: { colorScheme: 'light', contrast: null } },
  { look: 'dark', media: { colorScheme: 'dark', contrast: null } },
  { look: 'light with contrast', media: { colorScheme: 'light', contrast: 'more' } },
  { look: 'dark with contrast', media: { colorScheme: 'dark', contrast: 'more' } },
] as const;

/** Rules of WCAG 2.2, which axe leaves out if it is not asked. */
const TARGETS = 'rules: { "target-size": { enabled: true } }';

export const LIGHT = looks.slice(0, 1);

/** What axe finds wrong, in every look: `dark: color-contrast: <p …>`. All but colours is the same in each. */
export async function violations(page: Page, within: readonly (typeof looks)[number][] = looks): Promise<string[]> {
  const found: string[] = [];
  await page.evaluate(axe.source);
  // What is out of sight is not rendered, and axe would pass it over.
  await page.evaluate(() => {
    for (const entry of document.querySelectorAll<HTMLElement>('.entry')) entry.style.contentVisibility = 'visible';
  });
  for (const { look, media } of within) {
    await page.emulateMedia(media);
    const colors = look === 'light' ? `, ${TARGETS}` : ', runOnly: ["color-contrast"]';
    // Of what is right, only how much there is: the rest would be most of the work.
    const { passed, violations } = await page.evaluate<{ passed: number; violations: Result[] }>(
      `axe.run({ iframes: false, resultTypes: ['violations']${colors} })
        .then(({ passes, violations }) => ({ passed: passes.length, violations }))`,
    );
    expect(passed).toBeGreaterThan(look === 'light' ? 10 : 0);
    found.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${look}: ${id}: ${html}`)));
  }
  return found;
}
