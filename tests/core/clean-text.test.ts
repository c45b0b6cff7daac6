import { expect, test } from 'vitest';
import { cleanLines, cleanText, cutTo } from '../../src/core/clean-text.ts';

test.for([
  ['plain words stay', 'Hello, world', 'Hello, world'],
  ['white space is folded and trimmed', ' \t a \r\n\u00A0 b\u2028c ', 'a b c'],
  ['an empty text stays empty', ' \n', ''],
  ['text that looks like markup is text', '<b>1 < 2 & 3</b>', '<b>1 < 2 & 3</b>'],
  ['what shows nothing is empty', '\u200B \u00AD\u2060\u3164\uFE0F\u2800\u034F', ''],
  ['control characters go', 'a\u0000b\u0007c\u001Bd\u007Fe\u009Ff', 'abcdef'],
  ['a next-line character is white space', 'a\u0085b', 'a b'],
  ['an override of direction goes', 'invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['embeddings and isolates go', '\u202Aa\u202B\u202C\u202Db\u2066c\u2067\u2068\u2069\u206A', 'abc'],
  ['marks of direction stay', 'C\u200E a\u200F b\u061C c', 'C\u200E a\u200F b\u061C c'],
  ['Persian keeps its joiners', 'می\u200Cخواهم', 'می\u200Cخواهم'],
  ['selectors of how a sign looks stay', '❤\uFE0F ☎\uFE0E 葛\u{E0100}', '❤\uFE0F ☎\uFE0E 葛\u{E0100}'],
  ['tags that no flag wants go', 'a\u{E0001}\u{E0068}\u{E0069}\u{E007F}b\u{E0FFF}', 'ab'],
  ['tags without end go', `🏴${'\u{E0061}'.repeat(99)}a`, `🏴${'\u{E0061}'.repeat(16)}a`],
  ['right-to-left letters stay', 'שלום עולם', 'שלום עולם'],
  ['a lone surrogate goes', 'a\uD800b\uDC00c', 'abc'],
  ['a pair of surrogates stays', '😀', '😀'],
  ['a family joined by joiners stays', '👨‍👩‍👧‍👦 ❤️‍🔥 🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👨‍👩‍👧‍👦 ❤️‍🔥 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
  ['accents stay', 'Tiê\u0323\u0301ng Việt, नमस्ते, བསྒྲུབས', 'Tiê\u0323\u0301ng Việt, नमस्ते, བསྒྲུབས'],
  ['a tower of marks is capped', `Z${'\u0310'.repeat(40)}a`, `Z${'\u0310'.repeat(8)}a`],
  ['a tower of eight stays', `Z${'\u0310'.repeat(8)}a`, `Z${'\u0310'.repeat(8)}a`],
  ['a tower with joiners in it too', `Z${'\u0310\u200D'.repeat(40)}a`, `Z${'\u0310\u200D'.repeat(4)}a`],
  ['a byte-order mark goes', '\uFEFFa\uFEFFb', 'ab'],
  ['the joiner of an output feed goes', '<\u2060b> AT&\u2060T &\u202E\u2060\u2060amp;', '<b> AT&T &amp;'],
  ['another joiner stays', '1 <\u00A0\u2060 2, a\u2060b', '1 < \u2060 2, a\u2060b'],
  ['what is no character goes', 'a\uFFFE\uFFFF\u{1FFFE}\uFDD0b', 'ab'],
] as const)('%s', ([, text, gives]) => {
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
  ['lines are kept', 'a\nb', 'a\nb'],
  ['any line end becomes a line feed', 'a\r\nb\rc', 'a\nb\nc'],
  ['tabs and spaces are kept', '\ta  b', '\ta  b'],
  ['control characters go', 'a\u0000\u001Bb', 'ab'],
  ['what turns round what follows goes', 'a\u202Eb\n\u2067c', 'ab\nc'],
  ['marks of direction stay', 'a\u200F\n\u200Eb', 'a\u200F\n\u200Eb'],
  ['a tower of marks is capped', `Z${'\u0310'.repeat(40)}\na`, `Z${'\u0310'.repeat(8)}\na`],
] as const)('in running text, %s', ([, text, gives]) => {
  expect(cleanLines(text)).toBe(gives);
  expect(cleanLines(gives)).toBe(gives);
});

test.each([
  ['abcdefgh👨‍👩‍👧x', 'abcdefgh…'],
  ['12345678🇩🇪🇫🇷', '12345678…'],
  ['12345678किझ', '12345678…'],
  [`${'e\u0301'.repeat(9)}`, `${'e\u0301'.repeat(4)}…`],
  ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦…'],
])('%s is cut between characters that readers see', (text, cut) => {
  expect(cutTo(10, text)).toBe(cut);
});
