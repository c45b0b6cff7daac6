import iconv from 'iconv-lite';

/** The encoding in an XML declaration, read as ASCII. */
const DECLARED = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']\s*([A-Za-z0-9._:-]+)\s*["']/;
const CHARSET = /;\s*charset\s*=\s*["']?\s*([^\s"';]+)/i;
/** Characters that XML 1.0 forbids, even as a reference (https://www.w3.org/TR/xml/#charsets). */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
/** A declaration that was read as ASCII, in bytes that are no UTF-8, is wrong about these; the last ones are no encodings of texts. */
const IMPOSSIBLE = /^(utf|cesu|ucs-?[24]|iso-10646|unicode|csucs|hex|base64|binary)/i;
/** Node lacks 8,822 syllables of the first, and Hong Kong's characters of the second (https://encoding.spec.whatwg.org/#index-big5-pointer). */
const PARTLY_KNOWN = new Set(['euc-kr', 'big5']);

/** Encodings by the first bytes of a text: a byte-order mark, or `<` in a wide encoding (https://www.w3.org/TR/xml/#sec-guessing). */
const STARTS: readonly (readonly [start: readonly number[], encoding: string])[] = [
  [[0xff, 0xfe, 0x00, 0x00], 'utf-32le'],
  [[0x00, 0x00, 0xfe, 0xff], 'utf-32be'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0x3c, 0x00, 0x00, 0x00], 'utf-32le'],
  [[0x00, 0x00, 0x00, 0x3c], 'utf-32be'],
  [[0x3c, 0x00], 'utf-16le'],
  [[0x00, 0x3c], 'utf-16be'],
];

/** The text of a feed. The encoding comes from, in this order: byte-order mark, (mostly) valid UTF-8, XML declaration, HTTP header, windows-1252. */
export function decode(bytes: Uint8Array, contentType: string | null): string {
  return decodeAny(bytes, contentType).replace(FORBIDDEN, '');
}

function decodeAny(bytes: Uint8Array, contentType: string | null): string {
  const startsWith = (start: readonly number[]) => start.every((byte, index) => bytes[index] === byte);
  const [, wide] = STARTS.find(([start]) => startsWith(start)) ?? [];
  if (wide !== undefined) return decodedAs(wide, bytes) ?? '';
  if (startsWith([0xef, 0xbb, 0xbf])) return lenientUtf8(bytes.subarray(3));
  const labels = labelsOf(bytes, contentType);
  const utf8 = strictUtf8(bytes);
  // ISO-2022-JP is valid ASCII: only its escape sequences and its label show it.
  const escapes = utf8?.includes('\x1b') ? labels.find((label) => /^(cs)?iso-?2022-?jp/i.test(label)) : undefined;
  if (utf8 !== null && !escapes) return utf8;
  for (const label of isMostlyUtf8(bytes) ? [] : labels) {
    const text = IMPOSSIBLE.test(label) ? null : decodedAs(label, bytes);
    if (text !== null) return text;
  }
  return lenientUtf8(bytes);
}

function labelsOf(bytes: Uint8Array, contentType: string | null): string[] {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const labels = [DECLARED.exec(head)?.[1], CHARSET.exec(contentType ?? '')?.[1]];
  return labels.filter((label) => label !== undefined);
}

/**
 * Not by Node: before 22.23 it reads 0x80 to 0x9f as control characters (https://github.com/nodejs/node/issues/56542). The five
 * bytes without a character become control characters: `mendText` needs each byte of a title in UTF-8 among others that are not.
 */
export function windows1252(bytes: Uint8Array): string {
  return iconv.decode(bytes, 'windows-1252').replaceAll('\ufffd', (_, at) => String.fromCharCode(bytes[at] ?? 0));
}

/** Null for an unknown encoding. Names of programs, such as MS949 (Java) and cp936 (Python), are in no standard. */
function decodedAs(label: string, bytes: Uint8Array): string | null {
  const name = standardName(label);
  if (name === 'windows-1252') return windows1252(bytes);
  if (name !== null && !PARTLY_KNOWN.has(name)) return new TextDecoder(name).decode(bytes);
  return iconv.encodingExists(label) ? iconv.decode(bytes, label) : null;
}

function standardName(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    // As a stream, so that a download that ends inside a character is still UTF-8.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/**
 * Whether at least twice as many characters are UTF-8 as bytes are not: an excerpt may end inside a character. Of texts in
 * older encodings at most a third are, in Japanese and Thai ones.
 */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const others = new TextDecoder().decode(bytes).replace(/[\0-\x7f]+/g, '');
  const lost = others.split('\ufffd').length - 1;
  return lost > 0 && 3 * lost <= others.length;
}

/** Characters of UTF-8 as bytes, else one byte (https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G27506). */
const UTF8_OR_BYTE =
  /((?:[\0-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}){1,1000})|[\x80-\xff]/g;

/** UTF-8 where it is valid, windows-1252 elsewhere, for text pasted together from both. */
function lenientUtf8(bytes: Uint8Array): string {
  const strict = strictUtf8(bytes);
  if (strict !== null) return strict;
  let text = '';
  // Not by `replace`, which keeps all pieces in memory until its end.
  for (const [piece, utf8] of Buffer.from(bytes).toString('latin1').matchAll(UTF8_OR_BYTE)) {
    const found = Buffer.from(piece, 'latin1');
    text += utf8 === undefined ? windows1252(found) : found.toString('utf8');
  }
  return text;
}

/** A reference to half a character: a pair makes a whole one. No specification allows them, but feeds have them (`&#55357;&#56841;`). */
const HALF = /&#(x0*d[89a-f][\da-f]{2}|5[5-7]\d{3});?/gi;

const PAIR = new RegExp(`${HALF.source}${HALF.source}`, 'gi');

/** Plain text in which such pairs are characters: programs escape all text alike. A lone reference may be an example. */
export function withPairs(text: string): string {
  return text.replace(PAIR, (pair) => wholeCharacters(pair));
}

/** HTML in which such pairs are characters, and lone halves are removed. */
export function wholeCharacters(html: string): string {
  const joined = html.replace(HALF, (_, number: string) => String.fromCharCode(Number(`0${number}`)));
  return joined.isWellFormed() ? joined : joined.replace(/\p{Cs}/gu, '');
}
