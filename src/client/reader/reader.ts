// As a file by itself: most pages have no film.
import films from './film-switch.ts?worker&url';
import { handleFolds } from './folds.ts';
import { markFresh } from './fresh.ts';
import { listenForKeys } from './keys.ts';
import { rememberDensity } from './memory.ts';
import { rememberScheme } from './scheme.ts';

rememberScheme();
rememberDensity();
markFresh();
handleFolds();
listenForKeys();
if (document.querySelector('.still')) void import(/* @vite-ignore */ films);
