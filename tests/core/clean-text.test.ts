import { expect, test } from 'vitest';
import { cleanLines, cleanText } from '../../src/core/clean-text.ts';

test.for([
  { what: 'plain words stay', text: 'Hello, world', gives: 'Hello, world' },
  { what: 'white space is folded and trimmed', text: ' \t a \r\n\u00A0 b\u2028c ', gives: 'a b c' },
  { what: 'an empty text stays empty', text: ' \n', gives: '' },
  { what: 'text that looks like markup is text', text: '<b>1 < 2 & 3</b>', gives: '<b>1 < 2 & 3</b>' },
  { what: 'control characters go', text: 'a\u0000b\u0007c\u001Bd\u007Fe\u009Ff', gives: 'abcdef' },
  { what: 'a next-line character is white space', text: 'a\u0085b', gives: 'a b' },
  { what: 'an override of direction goes', text: 'invoice\u202Efdp.exe', gives: 'invoicefdp.exe' },
  {
    what: 'embeddings and isolates go',
    text: '\u202Aa\u202B\u202C\u202Db\u2066c\u2067\u2068\u2069\u206A',
    gives: 'abc',
  },
  { what: 'marks of direction stay', text: 'C\u200E a\u200F b\u061C c', gives: 'C\u200E a\u200F b\u061C c' },
  { what: 'Persian keeps its joiners', text: 'می\u200Cخواهم', gives: 'می\u200Cخواهم' },
  {
    what: 'selectors of how a sign looks stay',
    text: '❤\uFE0F ☎\uFE0E 葛\u{E0100}',
    gives: '❤\uFE0F ☎\uFE0E 葛\u{E0100}',
  },
  { what: 'tags that no flag wants go', text: 'a\u{E0001}\u{E0068}\u{E0069}\u{E007F}b\u{E0FFF}', gives: 'ab' },
  { what: 'tags without end go', text: `🏴${'\u{E0061}'.repeat(99)}a`, gives: `🏴${'\u{E0061}'.repeat(16)}a` },
  { what: 'right-to-left letters stay', text: 'שלום עולם', gives: 'שלום עולם' },
  { what: 'a lone surrogate goes', text: 'a\uD800b\uDC00c', gives: 'abc' },
  { what: 'a pair of surrogates stays', text: '😀', gives: '😀' },
  { what: 'a family joined by joiners stays', text: '👨‍👩‍👧‍👦 ❤️‍🔥 🏴󠁧󠁢󠁥󠁮󠁧󠁿', gives: '👨‍👩‍👧‍👦 ❤️‍🔥 🏴󠁧󠁢󠁥󠁮󠁧󠁿' },
  { what: 'accents stay', text: 'Tiê\u0323\u0301ng Việt, नमस्ते, བསྒྲུབས', gives: 'Tiê\u0323\u0301ng Việt, नमस्ते, བསྒྲུབས' },
  { what: 'a tower of marks is capped', text: `Z${'\u0310'.repeat(40)}a`, gives: `Z${'\u0310'.repeat(8)}a` },
  { what: 'a tower of eight stays', text: `Z${'\u0310'.repeat(8)}a`, gives: `Z${'\u0310'.repeat(8)}a` },
  {
    what: 'a tower with joiners in it too',
    text: `Z${'\u0310\u200D'.repeat(40)}a`,
    gives: `Z${'\u0310\u200D'.repeat(4)}a`,
  },
  { what: 'a byte-order mark goes', text: '\uFEFFa\uFEFFb', gives: 'ab' },
  { what: 'what is no character goes', text: 'a\uFFFE\uFFFF\u{1FFFE}\uFDD0b', gives: 'ab' },
] as const)('$what', ({ text, gives }) => {
  expect(cleanText(text)).toBe(gives);
  expect(cleanText(gives)).toBe(gives);
});

test('any character anywhere: one line, and clean text is clean', () => {
  for (let code = 0; code < 0x3000; code += 1) {
    const clean = cleanText(`a${String.fromCharCode(code)}b\u0301 ${String.fromCharCode(code)}`);
    expect(clean).not.toMatch(/[\r\n\u2028\u2029\0]/);
    expect(cleanText(clean)).toBe(clean);
  }
});

test.for([
  { what: 'lines are kept', text: 'a\nb', gives: 'a\nb' },
  { what: 'any line end becomes a line feed', text: 'a\r\nb\rc', gives: 'a\nb\nc' },
  { what: 'tabs and spaces are kept', text: '\ta  b', gives: '\ta  b' },
  { what: 'control characters go', text: 'a\u0000\u001Bb', gives: 'ab' },
  { what: 'what turns round what follows goes', text: 'a\u202Eb\n\u2067c', gives: 'ab\nc' },
  { what: 'marks of direction stay', text: 'a\u200F\n\u200Eb', gives: 'a\u200F\n\u200Eb' },
  { what: 'a tower of marks is capped', text: `Z${'\u0310'.repeat(40)}\na`, gives: `Z${'\u0310'.repeat(8)}\na` },
] as const)('in running text, $what', ({ text, gives }) => {
  expect(cleanLines(text)).toBe(gives);
  expect(cleanLines(gives)).toBe(gives);
});
