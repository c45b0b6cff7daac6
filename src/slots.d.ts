/** What the operator puts into a page, or nothing: see `slotsOf` in look.ts. */
declare module 'planet-slots/*' {
  export default function Slot(props: { path: string }): astroHTML.JSX.Element;
}
