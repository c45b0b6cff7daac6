import { here, since } from '../lib/here.ts';
import { standing } from '../lib/layout.ts';

/** A permalink whose entry stands in the page of its month, on a host that knows no redirects: on to there. */
const path = location.pathname.slice(import.meta.env.BASE_URL.replace(/\/$/, '').length);
if (standing(path, since) !== path) location.replace(here(path));
