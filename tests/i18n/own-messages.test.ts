import { describe, expect, test } from 'vitest';
import { loadPlanet } from '../../src/archive/load-planet.ts';
import { aFolder, planetYaml } from '../lib/planet.ts';

const PLANET = planetYaml({ a: 'https://a.example/feed' });

/** What an operator is told of a `messages.yaml`; the file's own name cut off. */
async function toldOf(text: string): Promise<string[]> {
  await using folder = await aFolder(PLANET);
  await folder.write('messages.yaml', text);
  const loaded = await loadPlanet(folder.path);
  return loaded.kind === 'mistakes' ? loaded.problems.map((line) => line.replace(/^.*messages\.yaml:/, '')) : [];
}

test('single messages of the planet’s language are said otherwise, and the others stay', async () => {
  await using folder = await aFolder(planetYaml({ a: 'https://a.example/feed' }, 'language: de-CH\n'));
  await folder.write('messages.yaml', 'entry:\n  readAt: Ganzer Artikel bei {site}\nriver:\n');
  const loaded = await loadPlanet(folder.path);
  const messages = loaded.kind === 'planet' ? loaded.messages : null;
  expect([messages?.['entry.readAt'], messages?.['entry.readAll']]).toEqual([
    'Ganzer Artikel bei {site}',
    'Ganz lesen',
  ]);
});

describe('a mistake in messages.yaml is told with its place, and what to write instead', () => {
  test.for([
    { text: 'rivers:\n  full: All\n', says: /^1:1: rivers: is not a group of messages; here are: site, river, entry/ },
    { text: 'river:\n  fulll: All\n', says: /^2:3: river\.fulll: is not a message; here are: density, full, excerpts/ },
    { text: 'river: All\n', says: /^1:1: river: should be a group of "name: text" lines$/ },
    { text: '- All\n', says: /^1:1: should be groups of messages/ },
    { text: 'river:\n  full: 7\n', says: /^2:9: river\.full: should be text; put it in quotes/ },
    { text: 'river:\n  full: [a\n', says: /a bracket is opened and not closed/ },
    {
      text: 'entry:\n  readAt: On {host}\n',
      says: /^2:11: entry\.readAt: \{host\} has no value here; this message has: \{site\}$/,
    },
    {
      text: 'river:\n  full: <b>All</b>\n',
      says: /^2:9: river\.full: <b> has no value here; this message has no values$/,
    },
    { text: 'entry:\n  readAt: "On {site"\n', says: /is not a valid message: a \{ is not closed$/ },
    { text: 'river:\n  full: <b>All\n', says: /is not a valid message: a tag is not closed$/ },
    {
      text: 'site:\n  entries: "{count, plural, one {# post}}"\n',
      says: /a plural needs the form "other \{…\}"$/,
    },
    {
      text: 'entry:\n  readAt: "{site, plural, other {#}}"\n',
      says: /\{site\} is a text here; a plural needs a number$/,
    },
    { text: 'site:\n  entries: "{count, number, percent}"\n', says: /a number cannot have a style here/ },
    { text: 'site:\n  entries: "{count, date}"\n', says: /only \{name\}, \{count, number\}, plurals and <tags>/ },
  ])('$text', async ({ text, says }) => {
    const told = await toldOf(text);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(says);
  });

  test('all at once, and together with those of planet.yaml', async () => {
    await using folder = await aFolder(`${PLANET}colour: red\n`);
    await folder.write('messages.yaml', 'river:\n  full: "{x}"\n  fulll: All\n');
    const loaded = await loadPlanet(folder.path);
    const places = loaded.kind === 'mistakes' ? loaded.problems.map((line) => /[^/]*?:\d+:\d+/.exec(line)?.[0]) : [];
    expect(places).toEqual(['planet.yaml:8:1', 'messages.yaml:2:9', 'messages.yaml:3:3']);
  });
});
