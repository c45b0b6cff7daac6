import { describe, expect, test } from 'vitest';
import { loadPlanet } from '../../src/archive/load-planet.ts';
import { aFolder, planetYaml } from '../lib/planet.ts';

const PLANET = planetYaml({ a: 'https://a.example/feed' });

test('single messages of the planet’s language are said otherwise, and the others stay', async () => {
  await using folder = await aFolder(planetYaml({ a: 'https://a.example/feed' }, 'language: de-CH\n'));
  await folder.write('messages.yaml', 'entry:\n  readAt: Ganzer Artikel bei {site}\nriver:\n');
  const loaded = await loadPlanet(folder.path);
  const messages = loaded.kind === 'planet' ? loaded.messages : null;
  const said = { 'entry.readAt': 'Ganzer Artikel bei {site}', 'entry.readAll': 'Ganz lesen' };
  expect(messages).toMatchObject(said);
});

describe('a mistake in messages.yaml has its place and advice', () => {
  test.for([
    ['rivers:\n  full: All\n', /^1:1: rivers: is not a group of messages; the groups are: site, river, entry/],
    ['river:\n  fulll: All\n', /^2:3: river\.fulll: is not a message; the messages here are: density, full, excerpts/],
    ['river: All\n', /^1:1: river: should be a group of "name: text" lines$/],
    ['- All\n', /^1:1: should be groups of messages/],
    ['river:\n  full: 7\n', /^2:9: river\.full: should be text; put it in quotes/],
    ['river:\n  full: Alles gem\uFFFDtlich\n', /^2:18: this letter is not in UTF-8; save the file as UTF-8$/],
    ['river:\n  full: [a\n', /a bracket is opened and not closed/],
    ['entry:\n  readAt: On {x}\n', /^2:11: entry\.readAt: \{x\} has no value here; this message has: \{site\}$/],
    ['river:\n  full: <b>All</b>\n', /^2:9: river\.full: <b> has no value here; this message has no values$/],
    ['site:\n  entries: "<count>All</count>"\n', /<count> has no value here; this message has: \{count\}$/],
    ['notFound:\n  help: "{river}"\n', /this message has: <archive>, <author>, <feed>, <river>$/],
    ['entry:\n  readAt: "On {site"\n', /is not a valid message: a \{ is not closed$/],
    ['river:\n  full: <b>All\n', /is not a valid message: a tag is not closed$/],
    ['site:\n  entries: "{count, plural, one {# post}}"\n', /a plural needs the form "other \{…\}"$/],
    ['entry:\n  readAt: "{site, plural, other {#}}"\n', /\{site\} is a text here, no number; write only \{site\}$/],
    [
      'entry:\n  readAllIn: "{minutes, number} min"\n',
      /\{minutes\} is a text here, no number; write only \{minutes\}$/,
    ],
    [
      'site:\n  entries: "{count, plural, on {#} other {#}}"\n',
      /: the forms of a plural are zero, one, .* such as =0$/,
    ],
    ['search:\n  near: Or so\n', /^2:9: search\.near: <word>…<\/word> is missing; the search writes into it$/],
    ['site:\n  entries: "{count, number, percent}"\n', /a number cannot have a style here/],
    ['site:\n  entries: "{count, date}"\n', /only \{name\}, \{count, number\}, plurals and <tags>/],
  ] as const)('%j', async ([text, says]) => {
    await using folder = await aFolder(PLANET);
    await folder.write('messages.yaml', text);
    const loaded = await loadPlanet(folder.path);
    const told = loaded.kind === 'mistakes' ? loaded.problems : [];
    expect(told).toHaveLength(1);
    expect(told[0]?.replace(/^.*messages\.yaml:/, '')).toMatch(says);
  });

  test('all at once, and together with those of planet.yaml', async () => {
    await using folder = await aFolder(`${PLANET}colour: red\n`);
    await folder.write('messages.yaml', 'river:\n  full: "{x}"\n  fulll: All\n');
    const loaded = await loadPlanet(folder.path);
    const places = loaded.kind === 'mistakes' ? loaded.problems.map((line) => /[^/]*?:\d+:\d+/.exec(line)?.[0]) : [];
    expect(places).toEqual(['planet.yaml:8:1', 'messages.yaml:2:9', 'messages.yaml:3:3']);
  });
});
