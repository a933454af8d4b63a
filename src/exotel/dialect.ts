import type { Dialect } from '../core/stage.ts';
import { exotelParams } from './app-params.ts';
import { recordingUrl } from './ids.ts';

/** How the user's own server hears of a call that runs on Exotel. */
export const exotelDialect: Dialect = { params: exotelParams, recording: recordingUrl };
