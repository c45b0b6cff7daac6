import { expect, test } from 'vitest';
import { decode } from '../../../scripts/snapshot/parse/decode.ts';

const declared = (encoding: string): Buffer => Buffer.from(`<?xml version="1.0" encoding="${encoding}"?>`);
const utf16 = (text: string, swap: boolean): Buffer =>
  swap ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, 'utf16le');
const bytes = (...parts: (Buffer | number[] | string)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

/** `é` in UTF-8; `é.` in windows-1252 (and a dozen others); `Привет.` in KOI8-R; `日本` in ISO-2022-JP. */
const UTF8 = [0xc3, 0xa9];
const LATIN = [0xe9, 0x2e];
const KOI8 = [0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4, 0x2e];
const ISO_2022 = bytes([0x1b], '$BF|K\\', [0x1b], '(B');

test.for([
  {
    when: 'a UTF-8 mark stands before another declaration',
    given: bytes([0xef, 0xbb, 0xbf], declared('iso-8859-1'), UTF8),
    ends: 'é',
  },
  { when: 'it is valid UTF-8, whatever is declared', given: bytes(declared('iso-8859-2'), UTF8), ends: 'é' },
  {
    when: 'it is valid UTF-8, whatever the server says',
    given: bytes('<a>', UTF8),
    header: 'text/xml; charset=iso-8859-1',
    ends: 'é',
  },
  { when: 'only the declaration tells', given: bytes(declared('KOI8-R'), KOI8), ends: 'Привет.' },
  {
    when: 'the declaration and the server differ',
    given: bytes(declared('koi8-r'), KOI8),
    header: 'text/xml; charset=iso-8859-1',
    ends: 'Привет.',
  },
  {
    when: 'the declaration is in single quotes',
    given: bytes("<?xml version='1.0' encoding='koi8-r'?>", KOI8),
    ends: 'Привет.',
  },
  {
    when: 'only the server tells',
    given: bytes('<a>', KOI8),
    header: 'text/xml; charset="koi8-r"; x=y',
    ends: 'Привет.',
  },
  { when: 'nobody tells', given: bytes('<a>caf', LATIN, [0x93], '</a>'), ends: 'café.“</a>' },
  {
    when: 'nobody knows the declared encoding',
    given: bytes(declared('x-klingon'), LATIN),
    header: 'text/xml; charset=koi8-r',
    ends: 'И.',
  },
  { when: 'UTF-8 is declared but it is windows-1252', given: bytes(declared('utf-8'), LATIN, ' x'), ends: 'é. x' },
  {
    when: 'UTF-8 has a few bytes of windows-1252 in it',
    given: bytes('<a>', UTF8, ' ', [0x93], ' ', UTF8),
    ends: 'é “ é',
  },
  { when: 'it is cut off within a character', given: bytes('<a>', UTF8, [0xe2, 0x82]), ends: 'é' },
  { when: 'escape sequences look like ASCII', given: bytes(declared('iso-2022-jp'), ISO_2022), ends: '日本' },
  {
    when: 'the escape sequences are the server’s word only',
    given: bytes('<a>', ISO_2022),
    header: 'text/xml; charset=ISO-2022-JP',
    ends: '日本',
  },
  {
    when: 'UTF-16 has a mark',
    given: bytes([0xff, 0xfe], utf16('<a>é', false)),
    header: 'text/xml; charset=utf-8',
    ends: '<a>é',
  },
  { when: 'UTF-16 has the other mark', given: bytes([0xfe, 0xff], utf16('<a>é', true)), ends: '<a>é' },
  { when: 'UTF-16 has no mark', given: utf16('<a>é', false), ends: '<a>é' },
  { when: 'UTF-16 the other way round has no mark', given: utf16('<a>é', true), ends: '<a>é' },
  { when: 'UTF-16 is declared in plain ASCII', given: bytes(declared('utf-16'), LATIN), ends: 'é.' },
  { when: 'UTF-32 has a mark', given: bytes([0xff, 0xfe, 0, 0], [0x3c, 0, 0, 0], [0x51, 0xf9, 1, 0]), ends: '<🥑' },
  {
    when: 'UTF-7 is declared, which could hide a tag',
    given: bytes(declared('utf-7'), '+ADw-script+AD4-', LATIN),
    ends: '+ADw-script+AD4-é.',
  },
  {
    when: 'XML forbids some of it',
    given: bytes('a', [0, 1, 8, 0x0b, 0x1f], '\t\r\nb', [0xef, 0xbf, 0xbe]),
    ends: 'a\t\r\nb',
  },
])('when $when', ({ given, header, ends }) => {
  const text = decode(given, header ?? null);
  expect(text.slice(-ends.length)).toBe(ends);
});
