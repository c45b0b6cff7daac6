import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withFeeds } from '../../scripts/commands/lib/planet-text.ts';
import { readPlanet } from '../../src/core/planet-file.ts';

const head = 'title: T\ndescription: D\nsite: https://example.org/\n';
const ada = { id: 'ada', title: 'Ada: notes # 1', url: 'https://ada.example/feed', authors: 'feed' } as const;
const lines = '- id: ada\n  title: "Ada: notes # 1"\n  url: https://ada.example/feed\n  authors: feed\n';
const at = (indent: string) => lines.replace(/^(?=.)/gm, indent);

/** The text before, with a mark where the new lines belong. */
test.for([
  { when: 'feeds end the file', text: `${head}feeds:\n  - id: x\n    title: X\n    url: x.xml\n<here>`, indent: '  ' },
  {
    when: 'a group follows',
    text: `${head}feeds:\n  - id: x\n    title: X\n    url: x.xml # note\n<here>\n# Hidden.\nhide: {}\n`,
    indent: '  ',
  },
  {
    when: 'notes belong to the last feed',
    text: `${head}feeds:\n  - id: x\n    title: X\n    url: x.xml\n    # home: x\n    # paused: true\n<here>  # next\n\nhide: {}\n`,
    indent: '  ',
  },
  { when: 'the list is not indented', text: `feeds:\n- id: x\n  title: X\n  url: x.xml\n<here>${head}`, indent: '' },
  {
    when: 'it is indented by four',
    text: `feeds:\n    - title: X\n      id: x\n      url: x.xml\n<here>${head}`,
    indent: '    ',
  },
  {
    when: 'the last value has several lines',
    text: `feeds:\n  - id: x\n    url: x.xml\n    title: >-\n      X\n      Y\n<here>${head}`,
    indent: '  ',
  },
  { when: 'a feed stands in braces', text: `feeds:\n  - { id: x, title: X, url: x.xml }\n<here>${head}`, indent: '  ' },
  { when: 'nobody is followed yet', text: `${head}# Whom?\nfeeds: # none\n<here># End.\n`, indent: '  ' },
])('where $when, lines are added and no other byte changes', ({ text, indent }) => {
  const before = text.replace('<here>', '');
  const longer = withFeeds(before, [ada]);
  expect(longer).toMatchObject({ kind: 'text', text: text.replace('<here>', at(indent)) });
  const read = longer.kind === 'text' ? readPlanet(longer.text) : null;
  expect(read?.kind === 'planet' && read.planet.feeds.at(-1)).toMatchObject(ada);
});

test('an empty line parts the new feed where one parts the others, and the line that is told is where it stands', () => {
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

test('the ends of lines stay as they are, and a last line without one gets it', () => {
  const crlf = `${head}feeds:\n  - id: x\n    title: X\n    url: x.xml\n`.replaceAll('\n', '\r\n');
  expect(withFeeds(crlf, [ada])).toMatchObject({ text: crlf + at('  ').replaceAll('\n', '\r\n') });
  const open = `${head}feeds:\n  - id: x\n    title: X\n    url: x.xml`;
  expect(withFeeds(open, [ada])).toMatchObject({ text: `${open}\n${at('  ')}` });
  expect(withFeeds(head, [ada])).toMatchObject({ text: `${head}feeds:\n${at('  ')}`, line: 5 });
  expect(withFeeds(`${head}feeds: [] # none\nhide: {}\n`, [ada])).toMatchObject({
    text: `${head}feeds: # none\n${at('  ')}hide: {}\n`,
  });
});

test('a list in brackets is left to its owner', () => {
  expect(withFeeds(`${head}feeds: [{ id: x, title: X, url: x.xml }]\n`, [ada])).toMatchObject({ kind: 'refused' });
});
