import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { firstPaint, firstPaintHash, policy } from '../../src/core/policy.ts';

test('the policy knows the script that stands in every page by its hash', () => {
  expect(firstPaintHash).toBe(`sha256-${hash('sha256', firstPaint, 'base64')}`);
  expect(policy('https://planet.example/')).toContain(`script-src 'self' '${firstPaintHash}';style-src 'self';`);
});

test('pictures and films may come over http where the planet does', () => {
  expect(policy('https://planet.example/')).toContain("media-src 'self' https:;");
  expect(policy('http://planet.example/')).toContain("media-src 'self' https: http:;");
});
