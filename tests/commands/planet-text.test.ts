import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readDraft, withFeeds } from '../../scripts/commands/lib/planet-text.ts';
import { readPlanet } from '../../src/core/planet-file.ts';
import { aFolder } from '../lib/planet.ts';

const head = 'title: T\ndescription: D\nsite: https://example.org/\n';
const ada = { id: 'ada', title: 'Ada: notes # 1', url: 'https://ada.example/feed', authors: 'feed' } as const;
const lines = '- id: ada\n  title: "Ada: notes # 1"\n  url: https://ada.example/feed\n  authors: feed\n';
const at = (indent: string) => lines.replace(/^(?=.)/gm, indent);

const x = '- id: x\n  title: X\n  url: x.xml';
/** The one feed that there is, so far to the right. */
const feed = (indent: string) => `feeds:\n${x.replace(/^/gm, indent)}`;

/** The text before, with a mark where the new lines belong. */
test.for([
  ['feeds end the file', `${head}${feed('  ')}\n<here>`],
  ['a group follows', `${head}${feed('  ')} # note\n<here>\n# Hidden.\nhide: {}\n`],
  [
    'notes belong to the last feed',
    `${head}${feed('  ')}\n    # home: x\n    # paused: true\n<here>  # next\n\nhide: {}\n`,
  ],
  ['the list is not indented', `${feed('')}\n<here>${head}`, ''],
  ['it is indented by four', `${feed('    ')}\n<here>${head}`, '    '],
  ['the last value has several lines', `${feed('  ').replace('X', '>-\n      X\n      Y')}\n<here>${head}`],
  ['a feed stands in braces', `feeds:\n  - { id: x, title: X, url: x.xml }\n<here>${head}`],
  ['nobody is followed yet', `${head}# Whom?\nfeeds: # none\n<here># End.\n`],
] as const)('where %s, lines are added and no other byte changes', ([, text, indent = '  ']) => {
  const longer = withFeeds(text.replace('<here>', ''), [ada]);
  expect(longer).toMatchObject({ kind: 'text', text: text.replace('<here>', at(indent)) });
  const read = longer.kind === 'text' ? readPlanet(longer.text) : null;
  expect(read?.kind === 'planet' && read.planet.feeds.at(-1)).toMatchObject(ada);
});

test('a new feed is separated as the others are, and the printed line number is right', () => {
  for (const file of ['src/content/planet.yaml', 'src/demo/planet.yaml']) {
    const before = readFileSync(file, 'utf8');
    const longer = withFeeds(before, [ada, { ...ada, id: 'eva', url: 'eva.xml' }]);
    if (longer.kind !== 'text') throw new Error(longer.why);
    const added = `\n${at('  ')}\n${at('  ').replace('id: ada', 'id: eva').replace('https://ada.example/feed', 'eva.xml')}`;
    expect(longer.text.replace(added, '')).toBe(before);
    expect(longer.text.split('\n')[longer.line - 1]).toBe('  - id: ada');
    expect(readPlanet(longer.text).kind).toBe('planet');
  }
});

test('the ends of lines stay as they are, a last line without one gets it, and a list in brackets is left to its owner', () => {
  const open = `${head}${feed('  ')}`;
  for (const [before, after, line] of [
    [`${open}\n`.replaceAll('\n', '\r\n'), `${open}\n${at('  ')}`.replaceAll('\n', '\r\n'), 8],
    [open, `${open}\n${at('  ')}`, 8],
    [head, `${head}feeds:\n${at('  ')}`, 5],
    [`${head}feeds: [] # none\nhide: {}\n`, `${head}feeds: # none\n${at('  ')}hide: {}\n`, 5],
  ] as const)
    expect(withFeeds(before, [ada])).toMatchObject({ text: after, line });
  expect(withFeeds(`${head}feeds: [{ id: x, title: X, url: x.xml }]\n`, [ada])).toMatchObject({ kind: 'refused' });
});

test.for([
  [
    'a default is none',
    `${head}defaults:\n  content: fulll\n${feed('  ')}\n`,
    /:5:12: defaults\.content: is not one of: full/,
  ],
  ['a text begins with a star', `${head.replace('title: T', 'title: *T*')}${feed('  ')}\n`, /:1:8: a text that begins/],
] as const)('where %s, no feed is added, and the mistake is told', async ([, text, says]) => {
  await using folder = await aFolder(text);
  await expect(readDraft(folder.path)).rejects.toThrow(
    expect.objectContaining({ exitCode: 2, message: expect.stringMatching(says) }),
  );
});
