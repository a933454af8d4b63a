import type { CallId } from '../core/ids.ts';

/** The account of the simulator: a numeric string, as in every captured request. */
export const TENANT_ID = '100000';

/** A number for a flow's name, the same each time: Exotel's flow ids are numeric strings of about six digits. */
export function flowNumber(name: string): string {
  let hash = 2166136261;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619) >>> 0;
  return String(100_000 + (hash % 900_000));
}

/**
 * Where the recording of a call would be. The path is Exotel's; the host is one that never exists, so that nobody fetches
 * a stranger's recording.
 */
export const recordingUrl = (call: CallId): string => `https://recordings.exotel.invalid/exotelrecordings/press9/${call}.mp3`;
