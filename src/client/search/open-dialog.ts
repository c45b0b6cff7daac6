// As a file by itself, whose address is all that is needed here: a plain import would bring more of the bundler than of us.
import dialog from './dialog.ts?worker&url';

/** All that a page carries of the search. Without it the form leads to the search page. */
const field = document.querySelector<HTMLInputElement>('.bar .find input');

field?.addEventListener('click', () => {
  import(/* @vite-ignore */ dialog).then(
    () => field.dispatchEvent(new Event('open-search')),
    // Typing here and Enter does as well.
    () => field.focus(),
  );
});
