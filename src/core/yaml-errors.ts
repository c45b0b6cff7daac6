import {
  type Document,
  isAlias,
  isMap,
  isNode,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';

type Fault = { offset: number; what: string };

/** A place in a file; lines and columns count from 1. */
type Place = { line: number; column: number };

export type Path = readonly PropertyKey[];

/** `value` is null if there are faults: in words for the operator, at most one for each line. */
export function readYaml(text: string) {
  const lineCounter = new LineCounter();
  // Of keys that are lists it would warn on standard error.
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  const at = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const kinds = [oddLetters(text), syntaxFaults(text, document), danglingAliases(document)];
  const found = kinds.find(({ length }) => length > 0) ?? [];
  const read = found.length > 0 ? { value: null, faults: found } : expanded(document);
  const placed = read.faults.map(({ offset, what }) => ({ ...at(offset), what }));
  const byLine = Map.groupBy(placed, ({ line }) => line);
  const faults = [...byLine.values()].flatMap(([first]) => first ?? []);
  /** The place of a setting: of its key or its value, or of its group if it is missing. */
  const placeOf = (path: Path, part: 'key' | 'value') => at(offsetOf(document, path, part));
  return { document, value: read.value, faults, at, placeOf };
}

function offsetOf(document: Document.Parsed, path: Path, part: 'key' | 'value'): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const pair = isMap(parent) ? parent.items.find(({ key }) => String(key) === path[length - 1]) : undefined;
    const value = document.getIn(path.slice(0, length), true);
    // An item of a list has no key.
    const node = pair && (part === 'key' || !isNode(value)) ? pair.key : value;
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function expanded(document: Document.Parsed): { value: unknown; faults: Fault[] } {
  try {
    return { value: document.toJS(), faults: [] };
  } catch (error) {
    // The library's limit for nested references ("billion laughs").
    if (!(error instanceof ReferenceError)) throw error;
    const what = 'its references with * expand to too much text; write it without them';
    return { value: null, faults: [{ offset: 0, what }] };
  }
}

/** Characters that YAML accepts and that change the meaning of a file unseen, and git's marks of a conflict, of which YAML says nothing helpful. */
const LETTERS: readonly [RegExp, string][] = [
  // The replacement character: a decoder writes it for bytes that are not UTF-8.
  [/\uFFFD/g, 'this letter is not in UTF-8; save the file as UTF-8'],
  [/^[ \t]*[\u00A0\u2000-\u200B\u202F\u3000]/gm, 'a special space indents this line; write plain spaces'],
  // Two pull requests that add a feed at the end: https://github.com/hober/planet.emacsen.org/pull/53
  [
    /^<{7} /gm,
    'git could not merge two changes here; keep the lines you want, and remove those of <<<<<<<, ======= and >>>>>>>',
  ],
];

function oddLetters(text: string): Fault[] {
  return LETTERS.flatMap(([letters, what]) =>
    [...text.matchAll(letters)].map(({ index }) => ({ offset: index, what })),
  );
}

function syntaxFaults(text: string, document: Document.Parsed): Fault[] {
  const { errors } = document;
  // From there on the library reports every word of the file.
  const outside = errors.findIndex(({ message }) => message.includes('token in YAML stream'));
  return errors.slice(0, outside < 0 ? errors.length : Math.max(outside, 1)).map((error) => ({
    offset: /closing .quote/.test(error.message) ? lastQuotation(document) : error.pos[0],
    what: inWords(error, text.slice(0, error.pos[0])),
  }));
}

/** The position of the last quotation mark that opens a text: the library reports an unclosed one at the end of the file. */
function lastQuotation(document: Document.Parsed): number {
  let last = 0;
  visit(document, {
    Scalar(_, scalar) {
      if (scalar.type?.startsWith('QUOTE')) last = startOf(scalar);
    },
  });
  return last;
}

/** References (`*name`) without a target: usually texts that begin with `*`. */
function danglingAliases(document: Document.Parsed): Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Alias(_, alias) {
      if (isAlias(alias) && !alias.resolve(document)) faults.push({ offset: startOf(alias), what: STAR });
    },
  });
  return faults;
}

function startOf({ range }: Node): number {
  return range?.[0] ?? 0;
}

const STAR = 'a text that begins with * needs quotation marks round it';
const INDENT = 'this line is indented differently from the others of its group';
const NO_PAIR = 'this is no "key: value"; is a colon missing, or the space after it?';

const SIGN = 'a text that begins with this sign needs quotation marks round it';

/** Descriptions by the library's error code; by its message, and by the text before, if a code has several meanings. */
const WORDS: readonly { code: string; says?: RegExp; after?: RegExp; what: string }[] = [
  { code: 'TAB_AS_INDENT', what: 'a tab indents this line; write spaces' },
  { code: 'BLOCK_AS_IMPLICIT_KEY', says: /block sequence/, what: INDENT },
  {
    code: 'BLOCK_AS_IMPLICIT_KEY',
    what: 'put quotation marks round a text with ": " in it; or this line or the next is indented differently from its group',
  },
  { code: 'DUPLICATE_KEY', what: 'this setting is there twice; keep one of them' },
  { code: 'MISSING_CHAR', says: /closing .quote/, what: 'a quotation mark is opened and never closed' },
  { code: 'MISSING_CHAR', says: /followed by map values/, what: NO_PAIR },
  { code: 'BAD_SCALAR_START', what: SIGN },
  { code: 'UNEXPECTED_TOKEN', says: /block-seq-ind on same line/, what: SIGN },
  { code: 'MULTIPLE_DOCS', what: 'a line of "---" begins a second document in this file; remove it' },
  { code: 'BAD_INDENT', says: /flow/i, what: 'a bracket is opened and not closed, or its content is not indented' },
  { code: 'BAD_INDENT', what: INDENT },
  { code: 'MISSING_CHAR', says: /without - indicator/, what: INDENT },
  { code: 'BAD_ALIAS', what: STAR },
  { code: 'UNEXPECTED_TOKEN', says: /at node end/, after: /\n[ \t]*$/, what: INDENT },
  {
    code: 'UNEXPECTED_TOKEN',
    says: /at node end/,
    after: /[\]}]\s*$/,
    what: 'a list or a group in brackets ends before this; put quotation marks round a text that begins with a bracket',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    says: /token in YAML \w+: "[\]}]"/,
    what: 'a bracket is closed and never opened',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    says: /scalar at node end/,
    what: "a quotation mark within this text ends it; write it twice (''), or put the text in quotation marks of the other kind",
  },
  { code: 'MULTILINE_IMPLICIT_KEY', what: NO_PAIR },
];

function inWords({ code, message }: YAMLError, before: string): string {
  const row = WORDS.find(
    ({ code: each, says, after }) => each === code && (says?.test(message) ?? true) && (after?.test(before) ?? true),
  );
  if (row) return row.what;
  const [first = ''] = message.split('\n');
  return `this is not YAML: ${first.charAt(0).toLowerCase()}${first.slice(1)}`;
}
