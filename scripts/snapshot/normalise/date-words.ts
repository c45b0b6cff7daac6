/** Months by name. English ones are known by their first three letters too. */
const NAMES: readonly string[] = [
  // English, Dutch, Scandinavian, German, French, Spanish, Portuguese, Italian, Hungarian, Greek; whole and shortened.
  'jan january januari januar jänner janvier janv enero ene janeiro gennaio gen január ιαν stycznia января янв',
  'feb february februari februar février févr fév fevrier febrero fevereiro fev febbraio február februári φεβ lutego февраля фев',
  'mar march maart mrt mars mär märz marz mär marzo março mär március μάρ μαρ μάώ μαώ marca марта мар',
  'apr april avril avr abril abr aprile április απρ kwietnia апреля апр',
  'may mei maj mai mayo maio maggio mag május máj μάι μαϊ μαι maja мая май',
  'jun june juni juin junio junho giugno giu június jún ιούν ιουν ιον czerwca июня июн',
  'jul july juli juillet juil julio julho luglio lug július júl ιούλ ιουλ ιολ lipca июля июл',
  'aug august augusti augustus août aout agosto ago augusztus αύγ αυγ sierpnia августа авг',
  'sep sept september septembre septiembre set setembro settembre szeptember szept σεπ września сентября сен',
  'oct october okt oktober octobre octubre outubro out ottobre ott október οκτ października октября окт',
  'nov november novembre noviembre novembro νοέ νοε listopada ноября ноя',
  'dec december des desember dez dezember décembre déc decembre diciembre dic dezembro dicembre δεκ grudnia декабря дек',
];

export const MONTHS: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, index) => names.split(' ').map((name): [string, number] => [name, index + 1])),
);

/** Zones by name, in hours east of Greenwich. RFC 822's first; then those that blogs are seen to write. */
export const ZONES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ...{ ut: 0, gmt: 0, utc: 0, z: 0, wet: 0 },
    ...{ adt: -3, ast: -4, at: -4, edt: -4, est: -5, et: -5, cdt: -5, cst: -6, ct: -6, mdt: -6, mst: -7, mt: -7 },
    ...{ pdt: -7, pst: -8, pt: -8, akdt: -8, akst: -9, hst: -10, nst: -3.5, ndt: -2.5, brt: -3, art: -3 },
    ...{ a: -1, m: -12, n: 1, y: 12 },
    ...{ met: 1, mest: 2, cet: 1, cest: 2, mez: 1, mesz: 2, bst: 1, west: 1, eet: 2, eest: 3, sast: 2, msk: 3, msd: 4 },
    ...{
      ist: 5.5,
      pkt: 5,
      ict: 7,
      hkt: 8,
      sgt: 8,
      awst: 8,
      jst: 9,
      kst: 9,
      acst: 9.5,
      aest: 10,
      aedt: 11,
      nzst: 12,
      nzdt: 13,
    },
  }),
);
