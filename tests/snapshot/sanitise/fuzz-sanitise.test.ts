import { expect, test } from 'vitest';
import { sanitise } from '../../../scripts/snapshot/sanitise/sanitise.ts';
import { forbiddenMarkup, forbiddenWhenParsed } from '../../../src/core/body-check.ts';
import { HOSTILE_DRAWINGS } from '../../fixtures/hostile-drawings.ts';
import { HOSTILE_HTML } from '../../fixtures/hostile-html.ts';
import { HTML_TOKENS, tagTree } from '../../fixtures/tag-soup.ts';
import { armed } from '../../lib/armed.ts';
import { FUZZ_TIMEOUT, mutated, seeds } from '../../lib/fuzz.ts';
import { growth, TIMES } from '../../lib/growth.ts';
import type { Random } from '../../lib/random-planet.ts';

const VECTORS = [...HOSTILE_HTML, ...HOSTILE_DRAWINGS];

function anyHtml(random: Random): string {
  const html = random.chance(0.4) ? tagTree(random) : random.oneOf(VECTORS);
  return random.chance(0.3) ? html : mutated(random, html, VECTORS, HTML_TOKENS);
}

test('whatever HTML comes in, what comes out passes the body check, and sanitising it again changes nothing', {
  timeout: FUZZ_TIMEOUT,
}, () => {
  for (const { seed, random } of seeds(2_000)) {
    const html = anyHtml(random);
    const input = `seed ${seed}: ${JSON.stringify(html)}`;
    const options = { base: random.chance(0.8) ? 'https://ex.org/a/b' : null, idPrefix: 'own' };
    const safe = sanitise(html, options);
    expect(forbiddenMarkup(safe), input).toBe(null);
    expect(forbiddenWhenParsed(safe), input).toBe(null);
    expect(armed(safe), input).toEqual([]);
    expect(sanitise(safe, options), input).toBe(safe);
  }
});

test('the time grows with the size, whatever is repeated', { timeout: FUZZ_TIMEOUT, retry: 2 }, () => {
  const slow = [...seeds(20)].flatMap(({ seed, random }) => {
    const piece = anyHtml(random).slice(0, 200) || 'x';
    const ratio = growth(
      (html) => sanitise(html, { base: 'https://ex.org/', idPrefix: 'own' }),
      (size) => piece.repeat(size / piece.length),
    );
    return ratio > 2.2 * TIMES ? [{ seed, piece, ratio }] : [];
  });
  expect(slow).toEqual([]);
});
