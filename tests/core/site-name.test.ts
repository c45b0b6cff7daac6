import { domainToASCII } from 'node:url';
import { expect, test } from 'vitest';
import { hostInLetters, siteName } from '../../src/core/site-name.ts';

const codeOf = (host: string) => {
  const code = domainToASCII(host);
  expect(code).toMatch(/xn--/);
  return code;
};

test.for(
  'münchen.example blog.faß.de żółw.pl ljósmyndir.is пример.рф яндекс.com київ.ua αθήνα.ελ 中国.中国 日本語ドメイン.jp 한국어.kr भारत.भारत ไทย.ไทย'.split(
    ' ',
  ),
)('%s is shown in its letters', (host) => {
  expect(hostInLetters(codeOf(host))).toBe(host);
});

test.for([
  ['a word of letters that look like Latin ones', 'аррӏе.com'],
  ['a word of letters of which some do', 'аpple.com'],
  ['Greek letters that do', 'αι.gr'],
  ['a Latin letter that looks like another', 'ɡoogle.com'],
  ['a letter i without a dot', 'ıbm.com'],
  ['a sign that looks like a dot', 'a・b.jp'],
  ['letters from right to left', 'مثال.ایران'],
  ['an unusual accent', 'ạpple.com'],
])('%s stays in code', ([, host = '']) => {
  const code = codeOf(host);
  expect(hostInLetters(code)).toBe(code);
});

test('look-alikes are themselves where the end of the host is of their script', () => {
  expect(hostInLetters(codeOf('сор.рф'))).toBe('сор.рф');
});

test.for(['example.org:8080', '[::1]', 'xn--a.example', 'xn--.com', 'xn--99999999.com', 'xn--\u{10ffff}.com', ''])(
  'what is no code stays: %s',
  (host) => expect(hostInLetters(host)).toBe(host),
);

test('the name of a site is its host without www., with its port', () => {
  expect(siteName('https://www.xn--mnchen-3ya.example:8080/a?b')).toBe('münchen.example:8080');
});
