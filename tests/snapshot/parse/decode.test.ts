import { expect, test } from 'vitest';
import { decode } from '../../../scripts/snapshot/parse/decode.ts';

const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>`;

// A character is a byte.
/** `é` in UTF-8; `é.` in windows-1252 (and a dozen others); `Привет.` in KOI8-R; `日本` in ISO-2022-JP. */
const [UTF8, LATIN, KOI8, ISO_2022] = ['\xc3\xa9', '\xe9.', '\xf0\xd2\xc9\xd7\xc5\xd4.', '\x1b$BF|K\\\x1b(B'];
/** `<a>é` in UTF-16. */
const [UTF16, SWAPPED] = ['<\0a\0>\0\xe9\0', '\0<\0a\0>\0\xe9'];

test.for<[when: string, given: string, ends: string, header?: string]>([
  ['a UTF-8 mark stands before another declaration', `\xef\xbb\xbf${declared('iso-8859-1')}${UTF8}`, 'é'],
  ['it is valid UTF-8, whatever is declared', declared('iso-8859-2') + UTF8, 'é'],
  ['it is valid UTF-8, whatever the server says', `<a>${UTF8}`, 'é', 'text/xml; charset=iso-8859-1'],
  ['only the declaration tells', declared('KOI8-R') + KOI8, 'Привет.'],
  ['the declaration and the server differ', declared('koi8-r') + KOI8, 'Привет.', 'text/xml; charset=iso-8859-1'],
  ['the declaration is in single quotes', `<?xml version='1.0' encoding='koi8-r'?>${KOI8}`, 'Привет.'],
  ['only the server tells', `<a>${KOI8}`, 'Привет.', 'text/xml; charset="koi8-r"; x=y'],
  ['nobody tells', `<a>caf${LATIN}\x93</a>`, 'café.“</a>'],
  ['nobody knows the declared encoding', declared('x-klingon') + LATIN, 'И.', 'text/xml; charset=koi8-r'],
  ['UTF-8 is declared but it is windows-1252', `${declared('utf-8')}${LATIN} x`, 'é. x'],
  ['UTF-8 has a few bytes of windows-1252 in it', `<a>${UTF8} \x93 ${UTF8}`, 'é “ é'],
  ['windows-1252 has a title in UTF-8', `${declared('iso-8859-1')}${LATIN} \xc3\x81vila`, 'é. Ã\x81vila'],
  ['all of it is UTF-8 but a cut letter, whatever is declared', `${declared('koi8-r')}${UTF8}${UTF8}\xc3 x`, 'ééÃ x'],
  ['it is cut off within a character', `<a>${UTF8}\xe2\x82`, 'é'],
  ['escape sequences look like ASCII', declared('iso-2022-jp') + ISO_2022, '日本'],
  ['the escape sequences are the server’s word only', `<a>${ISO_2022}`, '日本', 'text/xml; charset=ISO-2022-JP'],
  ['UTF-8 has the escape of a terminal in it', `${declared('iso-8859-1')}\x1b[1m${UTF8}`, 'é'],
  ['UTF-16 has a mark', `\xff\xfe${UTF16}`, '<a>é', 'text/xml; charset=utf-8'],
  ['UTF-16 has the other mark', `\xfe\xff${SWAPPED}`, '<a>é'],
  ['UTF-16 has no mark', UTF16, '<a>é'],
  ['UTF-16 the other way round has no mark', SWAPPED, '<a>é'],
  ['UTF-16 is declared in plain ASCII', declared('utf-16') + LATIN, 'é.'],
  ['UTF-32 has a mark', '\xff\xfe\0\0<\0\0\0\x51\xf9\x01\0', '<🥑'],
  ['UTF-7 is declared, which could hide a tag', `${declared('utf-7')}+ADw-script+AD4-${LATIN}`, '+ADw-script+AD4-é.'],
  [
    'a syllable is one that Windows added to EUC-KR',
    `${declared('euc-kr')}\xb5\xce \x8cc\x81A\x94\xee\xc6R.`,
    '두 똠갂뷁힣.',
  ],
  ['a character is one that Hong Kong added to Big5', `${declared('big5')}\xa4\xa4\x9d\xf8\x9d\xf7.`, '中啲咗.'],
  ['EUC-KR is called by its name in Java', `${declared('MS949')}\xb5\xce \x8cc.`, '두 똠.'],
  ['GBK is called by its number', `${declared('cp936')}\xd6\xd0.`, '中.'],
  ['Shift JIS is called by its number', `<a>\x93\xfa.`, '日.', 'text/xml; charset=CP932'],
  ['windows-1251 is called win-1251', `${declared('win-1251')}\xcf.`, 'П.'],
  ['no encoding of texts is declared', `${declared('hex')}${LATIN}`, 'é.'],
  ['XML forbids some of it', 'a\0\x01\b\v\x1f\t\r\nb\xef\xbf\xbe', 'a\t\r\nb'],
])('when %s', ([, given, ends, header]) => {
  expect(decode(Buffer.from(given, 'latin1'), header ?? null).slice(-ends.length)).toBe(ends);
});
