import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { z } from 'astro/zod';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Planet } from '../../src/core/planet.ts';
import { readPlanet } from '../../src/core/planet-file.ts';

const file = resolve('src/core/planet.schema.json');

/**
 * The JSON Schema of `planet.yaml` (`planet.schema.json` in this folder): editors complete and check the file with it. Draft 7
 * is the newest that their YAML servers support completely.
 */
function planetSchema(): object {
  const schema = z.toJSONSchema(Planet, { io: 'input', target: 'draft-7', reused: 'inline', override: withoutCeiling });
  return {
    ...schema,
    title: 'planet.yaml',
    description: 'The settings of one planet: its title, its address and the feeds that it follows.',
  };
}

/** Removes the maximum that Zod adds to whole numbers. */
function withoutCeiling({ jsonSchema }: { jsonSchema: { maximum?: number } }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

/** `npx vitest run tests/core/planet-schema.test.ts --update` writes it afresh. */
test('the schema in the repository says what planet.ts says', async () => {
  await expect(`${JSON.stringify(planetSchema(), null, 2)}\n`).toMatchFileSnapshot(file);
});

test.for(['src/content/planet.yaml', 'src/demo/planet.yaml'])(
  'an editor that opens %s finds the schema and has nothing to say against the file',
  async (path) => {
    const text = await readFile(path, 'utf8');
    const [, named = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
    expect(join(dirname(resolve(path)), named)).toBe(file);
    expect(told(parse(text))).toEqual([]);
  },
);

const least = 'title: T\ndescription: D\nsite: https://example.org/\n';
const feed = '  - id: x\n    title: X\n    url: feeds/x.xml\n';
const small = `${least}feeds:\n${feed}`;

/** Places that each kind of mistake is told at, by the schema. */
const bad = [
  { what: 'a misspelt key', text: `${small}    titel: Y\n`, at: ['/feeds/0'] },
  { what: 'a misspelt key at the top', text: `${small}ownr: x\n`, at: [''] },
  { what: 'a word that is no rule', text: `${small}    authors: guess\n`, at: ['/feeds/0/authors'] },
  { what: 'a number for a title', text: small.replace('title: T', 'title: 42'), at: ['/title'] },
  { what: 'a blank title', text: small.replace('title: T', 'title: " "'), at: ['/title'] },
  { what: 'a site without https://', text: small.replace('https://example.org/', 'example.org'), at: ['/site'] },
  { what: 'an id with capitals', text: small.replace('id: x', 'id: X Y'), at: ['/feeds/0/id'] },
  { what: 'a feed of another scheme', text: small.replace('feeds/x.xml', 'ftp://x.example/'), at: ['/feeds/0/url'] },
  { what: 'a path out of the folder', text: small.replace('feeds/x.xml', 'a/../../x'), at: ['/feeds/0/url'] },
  { what: 'an absolute path', text: small.replace('feeds/x.xml', '/etc/passwd'), at: ['/feeds/0/url'] },
  { what: 'a hub that is not https', text: `${small}hub: http://hub.example/\n`, at: ['/hub'] },
  { what: 'a word for a language', text: `${small}language: english\n`, at: ['/language'] },
  { what: 'nought', text: `${small}river:\n  entries: 0\n`, at: ['/river/entries'] },
  { what: 'half a number', text: `${small}river:\n  entries: 2.5\n`, at: ['/river/entries'] },
  { what: 'no e-mail address', text: `${small}owner:\n  name: A\n  email: nobody\n`, at: ['/owner/email'] },
  { what: 'no feed', text: `${least}feeds: []\n`, at: ['/feeds'] },
  { what: 'nothing that must be there', text: '{}', at: ['', '', '', ''] },
] as const;

describe('the schema', () => {
  test.for(bad)('refuses $what, and so does planet.yaml', ({ text, at }) => {
    expect(told(parse(text))).toEqual(at);
    expect(readPlanet(text).kind).toBe('mistakes');
  });

  test('accepts all that planet.yaml accepts', () => {
    const full = `${small}    home: HTTPS://x.example
    authors: title
    content: excerpt
    include: [a, b]
    exclude: [c]
    by: [Ada]
    notBy: [Bob]
    paused: true
    gone: true
    index: true
    avatar: https://x.example/x
    language: pt-BR
  - id: y
    title: "Y: the feed"
    url: HTTP://y.example/a?b#c
hub: https://hub.example/
idsFrom: https://ada.github.io/planet/
language: zh-Hant
timezone: Europe/Amsterdam
owner: { name: Ada, url: http://a.example, email: ada.lovelace+planet@mail.example.org }
river: { entriesPerFeed: 1, entries: 100000 }
defaults: { authors: title, content: excerpt, include: [a], exclude: [b], index: true, only: [en] }
hide: { entries: [https://example.org/2026/01/23/x-0123456789/], authors: [Bob] }
authors:
  - { name: Ada, aliases: [Countess], home: https://a.example/, avatar: a.b/ada.PNG, bio: Writes. }
`;
    expect(readPlanet(full).kind).toBe('planet');
    expect(told(parse(full))).toEqual([]);
  });

  test('describes every setting, and says what stands where nothing does', () => {
    const undescribed: string[] = [];
    const walk = (schema: Schema, path: string) => {
      for (const [key, each] of Object.entries(schema.properties ?? schema.items?.properties ?? {})) {
        if (!each.description) undescribed.push(`${path}${key}`);
        walk(each, `${path}${key}.`);
      }
    };
    const schema = planetSchema() as Schema;
    walk(schema, '');
    expect(undescribed).toEqual([]);
    const read = readPlanet(small);
    if (read.kind === 'mistakes') throw new Error('it should be a planet');
    const { river, hide, feeds, ...rest } = read.planet;
    expect(feeds[0]).toMatchObject(defaults(schema.properties?.['feeds']?.items));
    const { river: _river, hide: _hide, ...defaulted } = defaults(schema);
    expect(rest).toMatchObject(defaulted);
    expect(river).toEqual(defaults(schema.properties?.['river']));
    expect(hide).toEqual(defaults(schema.properties?.['hide']));
    expect(Object.keys(defaulted)).toEqual(expect.arrayContaining(['language', 'timezone', 'authors']));
  });
});

interface Schema {
  description?: string;
  default?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
}

function defaults(schema: Schema | undefined): Record<string, unknown> {
  const given = Object.entries(schema?.properties ?? {}).filter(([, each]) => each.default !== undefined);
  return Object.fromEntries(given.map(([key, each]) => [key, each.default]));
}

/** What a JSON Schema validator complains of, by place. Formats stand beside patterns and are left to editors. */
function told(data: unknown): string[] {
  const validate = new Ajv({ allErrors: true, validateFormats: false, strict: true }).compile(planetSchema());
  validate(data);
  return (validate.errors ?? []).map(({ instancePath }) => instancePath);
}
