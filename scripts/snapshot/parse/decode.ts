/** The encoding in an XML declaration, read as ASCII. */
const DECLARED = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']\s*([A-Za-z0-9._:-]+)\s*["']/;
const CHARSET = /;\s*charset\s*=\s*["']?\s*([^\s"';]+)/i;
/** Characters that XML 1.0 forbids, even as a reference (https://www.w3.org/TR/xml/#charsets). */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
/** Encodings that cannot be read as ASCII. A declaration that was read as ASCII is wrong about them. */
const IMPOSSIBLE = /^(utf-?16|utf-?32|ucs-?[24]|iso-10646|unicode|utf-7|unicode-1-1-utf-7|csucs)/i;

type Decoding = (bytes: Uint8Array) => string;
const utf32le: Decoding = (bytes) => utf32(bytes, true);
const utf32be: Decoding = (bytes) => utf32(bytes, false);
const utf16le: Decoding = (bytes) => new TextDecoder('utf-16le').decode(bytes);
const utf16be: Decoding = (bytes) => new TextDecoder('utf-16be').decode(bytes);

/** Encodings by the first bytes of a text: a byte-order mark, or `<` in a wide encoding (https://www.w3.org/TR/xml/#sec-guessing). */
const STARTS: readonly (readonly [start: readonly number[], decode: Decoding])[] = [
  [[0xff, 0xfe, 0x00, 0x00], (bytes) => utf32le(bytes.subarray(4))],
  [[0x00, 0x00, 0xfe, 0xff], (bytes) => utf32be(bytes.subarray(4))],
  [[0xef, 0xbb, 0xbf], (bytes) => lenientUtf8(bytes.subarray(3))],
  [[0xff, 0xfe], (bytes) => utf16le(bytes.subarray(2))],
  [[0xfe, 0xff], (bytes) => utf16be(bytes.subarray(2))],
  [[0x3c, 0x00, 0x00, 0x00], utf32le],
  [[0x00, 0x00, 0x00, 0x3c], utf32be],
  [[0x3c, 0x00], utf16le],
  [[0x00, 0x3c], utf16be],
];

/** The text of a feed. The encoding comes from, in this order: byte-order mark, valid UTF-8, XML declaration, HTTP header, windows-1252. */
export function decode(bytes: Uint8Array, contentType: string | null): string {
  return decodeAny(bytes, contentType).replace(FORBIDDEN, '');
}

function decodeAny(bytes: Uint8Array, contentType: string | null): string {
  const [, decodeWide] = STARTS.find(([start]) => start.every((byte, index) => bytes[index] === byte)) ?? [];
  if (decodeWide) return decodeWide(bytes);
  const labels = labelsOf(bytes, contentType);
  const utf8 = strictUtf8(bytes);
  // ISO-2022-JP is valid ASCII: only its escape sequences and its label show it.
  const escapes = utf8?.includes('\x1b') ? labels.find((label) => /^(cs)?iso-?2022-?jp/i.test(label)) : undefined;
  if (utf8 !== null && !escapes) return utf8;
  for (const label of labels) {
    const decoder = decoderFor(label);
    if (decoder) return decoder.decode(bytes);
  }
  return lenientUtf8(bytes);
}

function labelsOf(bytes: Uint8Array, contentType: string | null): string[] {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024)).toString('latin1');
  const labels = [DECLARED.exec(head)?.[1], CHARSET.exec(contentType ?? '')?.[1]];
  return labels.filter((label) => label !== undefined);
}

function decoderFor(label: string): TextDecoder | null {
  if (IMPOSSIBLE.test(label)) return null;
  try {
    const decoder = new TextDecoder(label);
    // The bytes are no valid UTF-8, so this label is wrong.
    return decoder.encoding === 'utf-8' ? null : decoder;
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

/** UTF-8 where it is valid, windows-1252 elsewhere, for text pasted together from both. */
function lenientUtf8(bytes: Uint8Array): string {
  const strict = strictUtf8(bytes);
  if (strict !== null) return strict;
  const windows = new TextDecoder('windows-1252');
  let text = '';
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length === 0) {
      text += Buffer.from(bytes.subarray(from, at)).toString('utf8') + windows.decode(bytes.subarray(at, at + 1));
      from = at + 1;
    }
    at += length || 1;
  }
  return text + Buffer.from(bytes.subarray(from)).toString('utf8');
}

/** The number of bytes of the UTF-8 character at `at`; 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 0 || first >= 0xf5 || at + length > bytes.length) return 0;
  for (let next = at + 1; next < at + length; next++) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] ?? 0;
  const overlong = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90);
  const outside = (first === 0xed && second > 0x9f) || (first === 0xf4 && second > 0x8f);
  return overlong || outside ? 0 : length;
}

function utf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at + 4 <= view.byteLength; at += 4) {
    const point = view.getUint32(at, littleEndian);
    parts.push(point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd');
  }
  return parts.join('').toWellFormed();
}
