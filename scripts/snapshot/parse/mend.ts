/** What may need mending: controls, half characters, and all that UTF-8 taken for ISO 8859-1 is never without. */
const SUSPECT = /[\0-\x08\x0b\x0c\x0e-\x1f\x80-\xbf\ufffe\uffff\ud800-\udfff]/;
/** How UTF-8 looks to someone who took it for ISO 8859-1. */
const TWICE_ENCODED = /[\xc2-\xf4][\x80-\xbf]/;
const LATIN1_ONLY = /^[\0-\xff]*$/;
const C1 = /[\x80-\x9f]/g;
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\p{Cs}]/gu;

/** Text as it was meant: UTF-8 that was encoded twice decoded once more, `&#146;` read as windows-1252, what XML forbids dropped. */
export function mend(text: string): string {
  if (!SUSPECT.test(text)) return text;
  const once = TWICE_ENCODED.test(text) ? decodedOnceMore(text) : text;
  return once.replace(C1, windows1252).replace(FORBIDDEN, '');
}

function decodedOnceMore(text: string): string {
  if (!LATIN1_ONLY.test(text)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}

function windows1252(control: string): string {
  return new TextDecoder('windows-1252').decode(Buffer.from(control, 'latin1'));
}
