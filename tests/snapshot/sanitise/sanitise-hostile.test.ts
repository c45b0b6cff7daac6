import { type DefaultTreeAdapterMap, defaultTreeAdapter, html as names, parseFragment, serialize } from 'parse5';
import { describe, expect, test } from 'vitest';
import { sanitise } from '../../../scripts/snapshot/sanitise/sanitise.ts';
import { ATTRIBUTES } from '../../../scripts/snapshot/sanitise/schema.ts';
import { forbiddenMarkup as outsideWall } from '../../../src/core/body-check.ts';
import { HOSTILE_DRAWINGS } from '../../fixtures/hostile-drawings.ts';
import { HOSTILE_HTML } from '../../fixtures/hostile-html.ts';
import { tagSoup } from '../../fixtures/tag-soup.ts';
import { armed } from '../../lib/armed.ts';

const OPTIONS = { base: 'https://ex.org/a/b', idPrefix: 'own' };

function inDiv(html: string) {
  return parseFragment(defaultTreeAdapter.createElement('div', names.NS.HTML, []), html, {});
}

function outsideSchema(node: DefaultTreeAdapterMap['node']): string[] {
  const inner = 'childNodes' in node ? node.childNodes.flatMap(outsideSchema) : [];
  if (!('tagName' in node)) return inner;
  const allowed = ATTRIBUTES.get(node.tagName);
  if (!allowed) return [`<${node.tagName}>`, ...inner];
  return [
    ...node.attrs.filter(({ name }) => !allowed.has(name)).map(({ name }) => `${node.tagName} ${name}`),
    ...inner,
  ];
}

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

describe('every hostile vector', () => {
  test.for([...HOSTILE_HTML, ...HOSTILE_DRAWINGS].map((vector, index) => [index, vector] as const))(
    '%i: %s',
    ([, vector]) => {
      const safe = sanitise(vector, OPTIONS);
      expect(armed(safe)).toEqual([]);
      expect(outsideSchema(inDiv(safe))).toEqual([]);
      expect(outsideWall(safe)).toBeNull();
      expect(sanitise(safe, OPTIONS)).toBe(safe);
    },
  );
});

describe('tag soup', { timeout: 60_000 }, () => {
  const soups = [
    ...Array.from({ length: 1_500 }, (_, seed) => tagSoup(seed, 1 + (seed % 30))),
    ...Array.from({ length: 75 }, (_, seed) => tagSoup(-seed - 1, 400)),
  ];

  test('comes out within the schema, unarmed, the same when it is sanitised again, and is read again as it was printed', () => {
    for (const soup of soups) {
      const safe = sanitise(soup, OPTIONS);
      const once = serialize(inDiv(safe));
      const found = { outside: outsideSchema(inDiv(safe)), armed: armed(safe), again: sanitise(safe, OPTIONS) };
      const right = { outside: [], armed: [], again: safe, twice: once };
      expect({ ...found, twice: serialize(inDiv(once)) }, soup).toEqual(right);
    }
  });

  test('comes out the same without a base, but for its addresses', () => {
    for (const soup of soups.slice(0, 300)) {
      const options = { base: null, idPrefix: 'own' };
      const safe = sanitise(soup, options);
      expect({ armed: armed(safe), again: sanitise(safe, options) }, soup).toEqual({ armed: [], again: safe });
    }
  });
});
