import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { isMap, isScalar, type Node } from 'yaml';
import type { Mistake } from '../core/planet-file.ts';
import { readYaml } from '../core/yaml-errors.ts';
import { english, isGroup, isKey, type MessageKey } from './catalogue.ts';
import { en } from './en.ts';

/** The content of a file of messages, of a language or of the operator (`messages.yaml`). Messages may be missing. */
type MessagesFile =
  | { kind: 'messages'; messages: Partial<Record<MessageKey, string>> }
  | { kind: 'mistakes'; mistakes: Mistake[] };

/** Parses a file of messages: groups, each with texts by name. Returns all mistakes at once, in the order of the file. */
export function readMessages(text: string): MessagesFile {
  const { document, faults, at } = readYaml(text);
  const mistakes: Mistake[] = faults.map((fault) => ({ ...fault, where: '' }));
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes };
  const report = (offset: number, where: string, what: string) => void mistakes.push({ ...at(offset), where, what });
  const messages: Partial<Record<MessageKey, string>> = {};
  for (const group of pairsIn(document.contents, () =>
    report(0, '', 'should be groups of messages, as in src/i18n/en.ts'),
  )) {
    if (!isGroup(group.name)) {
      report(group.at, group.name, `is not a group of messages; the groups are: ${Object.keys(en).join(', ')}`);
      continue;
    }
    const wrong = () => report(group.at, group.name, 'should be a group of "name: text" lines');
    for (const { name, value, at } of pairsIn(group.value, wrong)) {
      const key = `${group.name}.${name}`;
      const words = isScalar(value) && typeof value.value === 'string' ? value.value : null;
      if (!isKey(key))
        report(at, key, `is not a message; the messages here are: ${Object.keys(en[group.name]).join(', ')}`);
      else if (words === null)
        report(value?.range?.[0] ?? at, key, 'should be text; put it in quotes if it looks like a number or a list');
      else {
        const wrong = mistakeIn(words, english[key]);
        if (wrong === null) messages[key] = words;
        else report(value?.range?.[0] ?? at, key, wrong);
      }
    }
  }
  return mistakes.length > 0 ? { kind: 'mistakes', mistakes } : { kind: 'messages', messages };
}

/** `at` is the offset of the name in the file. */
type Pair = { name: string; value: Node | null; at: number };

/** The lines of a group; none if it is empty. Calls `onMistake` if it is no group. */
function pairsIn(node: unknown, onMistake: () => void): Pair[] {
  if (node === null || (isScalar(node) && node.value === null)) return [];
  if (!isMap<Node, Node | null>(node)) {
    onMistake();
    return [];
  }
  return node.items.map(({ key, value }) => ({ name: String(key), value, at: key.range?.[0] ?? 0 }));
}

/** Tags that become elements which the script of the search needs; without other values and tags a page works. */
const FILLED: ReadonlySet<string> = new Set(['count', 'word', 'why', 'again']);

/** The mistake in a message that replaces another one; null if there is none. */
export function mistakeIn(text: string, original: string): string | null {
  try {
    const [given, places] = [placesIn(original), placesIn(text)];
    for (const name of given.keys())
      if (FILLED.has(name) && given.get(name) === 'tag' && !places.has(name))
        return `<${name}>…</${name}> is missing; the search writes into it`;
    for (const [name, use] of places) {
      const earlier = given.get(name);
      if (earlier === use || (earlier === 'number' && use === 'text')) continue;
      const all = [...given].map(([each, kind]) => (kind === 'tag' ? `<${each}>` : `{${each}}`)).join(', ');
      const spelt = use === 'tag' ? `<${name}>` : `{${name}}`;
      if (earlier === 'text' && use === 'number') return `${spelt} is a text here, no number; write only ${spelt}`;
      return `${spelt} has no value here; ${all === '' ? 'this message has no values' : `this message has: ${all}`}`;
    }
    return null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return `is not a valid message: ${WORDS[error.message] ?? error.message.toLowerCase().replaceAll('_', ' ')}`;
  }
}

type Use = 'text' | 'number' | 'tag';

const PLURAL_FORM = /^(?:zero|one|two|few|many|other|=\d+)$/;

/** The values and tags of a message by name. Throws a `SyntaxError` if it is not valid, or uses a form that our messages do not have. */
export function placesIn(text: string): Map<string, Use> {
  const places = new Map<string, Use>();
  const look = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      switch (element.type) {
        case TYPE.literal:
        case TYPE.pound:
          break;
        case TYPE.argument:
          if (!places.has(element.value)) places.set(element.value, 'text');
          break;
        case TYPE.number:
          if (element.style) throw new SyntaxError('NUMBER_STYLE');
          places.set(element.value, 'number');
          break;
        case TYPE.plural:
          if (element.pluralType !== 'cardinal' || element.offset !== 0) throw new SyntaxError('OTHER_KIND');
          if (Object.keys(element.options).some((form) => !PLURAL_FORM.test(form))) throw new SyntaxError('NO_FORM');
          places.set(element.value, 'number');
          for (const { value } of Object.values(element.options)) look(value);
          break;
        case TYPE.tag:
          places.set(element.value, 'tag');
          look(element.children);
          break;
        default:
          throw new SyntaxError('OTHER_KIND');
      }
    }
  };
  look(parse(text));
  return places;
}

/** Descriptions by the library's error code; the last three codes are ours. */
const WORDS: Readonly<Record<string, string>> = {
  EXPECT_ARGUMENT_CLOSING_BRACE: 'a { is not closed',
  EMPTY_ARGUMENT: 'there is no name between { and }',
  MALFORMED_ARGUMENT: 'the text between { and } is not a name',
  MISSING_OTHER_CLAUSE: 'a plural needs the form "other {…}"',
  EXPECT_PLURAL_ARGUMENT_SELECTOR: 'a plural needs forms: {count, plural, one {# entry} other {# entries}}',
  EXPECT_PLURAL_ARGUMENT_SELECTOR_FRAGMENT: 'the name of a plural’s form needs a text in { } after it',
  UNCLOSED_TAG: 'a tag is not closed',
  UNMATCHED_CLOSING_TAG: 'a closing tag does not belong to the last open tag',
  INVALID_TAG: "a < does not begin a tag; write it as '<'",
  NO_FORM: 'the forms of a plural are zero, one, two, few, many, other, and numbers such as =0',
  NUMBER_STYLE: 'a number cannot have a style here; write {count, number}',
  OTHER_KIND: 'only {name}, {count, number}, plurals and <tags> are possible here',
};
