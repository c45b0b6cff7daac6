const HALF = /&(?:amp;)?#(?:5[5-7]\d{3}|x0*d[89a-f][\da-f]{2});?/i;
const PAIR =
  /&(?:amp;)?#(?:(5[5-7]\d{3})|x0*(d[89ab][\da-f]{2}));?&(?:amp;)?#(?:(5[5-7]\d{3})|x0*(d[c-f][\da-f]{2}));?/gi;
const LONE = /&#(?:(5[5-7]\d{3})|x0*(d[89a-f][\da-f]{2}));?/gi;

/** Characters of which each half was written as a reference of its own, `&#55357;&#56841;`, as no specification knows them. */
export function joinedHalves(text: string): string {
  if (!HALF.test(text)) return text;
  return text.replace(PAIR, (written: string, high?: string, hexHigh?: string, low?: string, hexLow?: string) => {
    const pair = String.fromCharCode(code(high, hexHigh), code(low, hexLow));
    return isHigh(pair) && isLow(pair.slice(1)) ? pair : written;
  });
}

/** HTML without half characters, written out or as references. */
export function wholeCharacters(html: string): string {
  const joined = HALF.test(html)
    ? joinedHalves(html).replace(LONE, (written: string, decimal?: string, hex?: string) => {
        const half = String.fromCharCode(code(decimal, hex));
        return isHigh(half) || isLow(half) ? '' : written;
      })
    : html;
  return joined.isWellFormed() ? joined : joined.replace(/\p{Cs}/gu, '');
}

function code(decimal: string | undefined, hex: string | undefined): number {
  return decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal);
}

function isHigh(text: string): boolean {
  return /^[\ud800-\udbff]/.test(text);
}

function isLow(text: string): boolean {
  return /^[\udc00-\udfff]/.test(text);
}
