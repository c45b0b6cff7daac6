import { describe, expect, test } from 'vitest';
import { sanitise } from '../../../scripts/snapshot/sanitise/sanitise.ts';
import { forbiddenMarkup as outsideWall } from '../../../src/core/body-check.ts';
import { HOSTILE_DRAWINGS } from '../../fixtures/hostile-drawings.ts';
import { HOSTILE_HTML } from '../../fixtures/hostile-html.ts';
import { armed, outsideSchema } from '../../lib/armed-markup.ts';

const OPTIONS = { base: 'https://ex.org/a/b', idPrefix: 'own' };

test('the hostile vectors are many and all different', () => {
  expect(new Set(HOSTILE_HTML).size).toBe(HOSTILE_HTML.length);
  expect(HOSTILE_HTML.length).toBeGreaterThanOrEqual(500);
});

describe('the check itself', () => {
  test.for(
    (
      '<p onclick=x>y</p> | <a href=javascript:x>y</a> | <a href=" https://x/">y</a> | <img src=data:x> | ' +
      '<img srcset="https://x/ 1x, javascript:y 2x"> | <script></script> | <svg></svg> | ' +
      '<img src="data:image/svg+xml,%3Csvg%20onload=%22x%22%3E%3C/svg%3E"> | ' +
      '<img src="data:image/svg+xml,%3Csvg%3E%3Cscript%3E%3C/script%3E%3C/svg%3E"> | ' +
      '<video src="data:image/svg+xml,%3Csvg%3E%3C/svg%3E"></video> | <p style=x></p> | <p class=x></p> | ' +
      '<iframe src=https://evil.example/></iframe> | <!--x--> | <math><annotation-xml></annotation-xml></math> | ' +
      '<a href="https://u:p@x.example/">y</a>'
    ).split(' | '),
  )('calls %s armed', (html) => expect(armed(html)).not.toEqual([]));
});

test.for([...HOSTILE_HTML, ...HOSTILE_DRAWINGS].map((vector, index) => [index, vector] as const))(
  'hostile vector %i: %s',
  ([, vector]) => {
    const safe = sanitise(vector, OPTIONS);
    expect(armed(safe)).toEqual([]);
    expect(outsideSchema(safe)).toEqual([]);
    expect(outsideWall(safe)).toBeNull();
    expect(sanitise(safe, OPTIONS)).toBe(safe);
  },
);
