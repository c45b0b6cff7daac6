import { expect, test } from 'vitest';
import { sanitise } from '../../../scripts/snapshot/sanitise/sanitise.ts';
import { forbiddenMarkup, forbiddenWhenParsed } from '../../../src/core/body-check.ts';
import { cutHtml } from '../../../src/core/cut-html.ts';
import { accessibleText, liftHeadings, withCover, withoutTitle, withStills } from '../../../src/core/printed-body.ts';
import { HOSTILE_DRAWINGS } from '../../fixtures/hostile-drawings.ts';
import { HOSTILE_HTML } from '../../fixtures/hostile-html.ts';
import { HTML_TOKENS, tagSoup, tagTree } from '../../fixtures/tag-soup.ts';
import { armed, outsideSchema, printed } from '../../lib/armed-markup.ts';
import { FUZZ_TIMEOUT, mutated, seeds } from '../../lib/fuzz.ts';
import type { Random } from '../../lib/random.ts';
import { growth, TIMES } from '../../lib/time-growth.ts';

const VECTORS = [...HOSTILE_HTML, ...HOSTILE_DRAWINGS];

function anyHtml(random: Random): string {
  const soup = () => tagSoup(random.below(1e9), 1 + random.below(random.chance(0.05) ? 400 : 30));
  const html = random.oneOf([soup, () => tagTree(random), () => random.oneOf(VECTORS)])();
  return random.chance(0.3) ? html : mutated(random, html, VECTORS, HTML_TOKENS);
}

test('whatever HTML comes in, what comes out is within the schema and passes the body check, is read again as it was printed, and stays the same when it is sanitised again', {
  timeout: FUZZ_TIMEOUT,
}, () => {
  for (const { seed, random } of seeds(4_000)) {
    const html = anyHtml(random);
    const input = `seed ${seed}: ${JSON.stringify(html)}`;
    const options = { base: random.chance(0.8) ? 'https://ex.org/a/b' : null, idPrefix: 'own' };
    const safe = sanitise(html, options);
    expect(forbiddenMarkup(safe), input).toBe(null);
    expect(forbiddenWhenParsed(safe), input).toBe(null);
    expect({ armed: armed(safe), outside: outsideSchema(safe) }, input).toEqual({ armed: [], outside: [] });
    const once = printed(safe);
    expect(printed(once), input).toBe(once);
    expect(sanitise(safe, options), input).toBe(safe);
  }
});

/** What the functions that print a body on a page add to it. */
const ADDED = new Set(['<template>', 'a class', 'img class', 'span class', 'span tabindex']);

test('whatever HTML comes in, printing it on a page adds no other elements and attributes', {
  timeout: FUZZ_TIMEOUT,
}, () => {
  for (const { seed, random } of seeds(2_000)) {
    const html = anyHtml(random);
    const safe = sanitise(html, { base: 'https://ex.org/a/b', idPrefix: 'own' });
    const most = 1 + random.below(safe.length + 1);
    const title = safe.replace(/<[^>]*>/g, ' ').slice(0, random.below(40));
    const pages = [safe, liftHeadings(safe), withoutTitle(safe, title), cutHtml(safe, most, '/a/').html].map((body) =>
      withCover(withStills(accessibleText(body), { url: 'https://e.org/1.jpg' })),
    );
    const added = pages.flatMap(outsideSchema).filter((each) => !ADDED.has(each));
    expect(added, `seed ${seed}: ${JSON.stringify(html)}`).toEqual([]);
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
