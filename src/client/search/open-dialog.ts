// Only the address of the file: a plain import would add more code of the bundler than of ours.
import dialog from './dialog.ts?worker&url';

/** The only script of the search on every page. Without it the form opens the search page. */
const field = document.querySelector<HTMLInputElement>('.bar .find input');

field?.addEventListener('click', () => {
  import(/* @vite-ignore */ dialog).then(
    () => field.dispatchEvent(new Event('open-search')),
    // Offline, or after the site has changed. Browsers may not load it again, and on phones the field cannot be seen.
    () => field.form?.submit(),
  );
});
