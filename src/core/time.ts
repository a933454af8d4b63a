import { type Ms, ms } from './ids.ts';

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const IST_OFFSET = 330 * 60_000;

/** `500ms`, `5s`, `2m`, `4h`, also `1.5s`; undefined when it is none of these. */
export function parseDuration(text: string): Ms | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim());
  if (!match) return undefined;
  return ms(Math.round(Number(match[1]) * (UNITS[match[2] ?? ''] ?? Number.NaN)));
}

/** The shortest spelling that parses back: `5s`, `500ms`, `4h`. */
export function showDuration(d: Ms): string {
  for (const unit of ['h', 'm', 's'] as const) {
    const size = UNITS[unit] ?? 1;
    if (d >= size && d % size === 0) return `${d / size}${unit}`;
  }
  return d % 100 === 0 && d >= 1000 ? `${d / 1000}s` : `${d}ms`;
}

/** Call time as people read it: `0:04`, `12:30`, `1:02:03`. */
export function showClock(d: number): string {
  const s = Math.max(0, Math.floor(d / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const [h, m] = [Math.floor(s / 3600), Math.floor((s % 3600) / 60)];
  return h ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
}

/** `2026-11-22T10:00:00.000+05:30`: how press9 writes an instant; what lies beyond every calendar is `no instant`. */
export function isoIst(at: Ms): string {
  const local = new Date(at + IST_OFFSET);
  return Number.isNaN(local.getTime()) ? 'no instant' : `${local.toISOString().slice(0, -1)}+05:30`;
}

/** `2026-11-22 10:00:00`, Indian time, no zone: how Exotel writes one. The same second comes many times running. */
export function plainIst(at: Ms): string {
  const second = Math.floor(at / 1000);
  if (second !== written.second) written = { second, text: isoIst(at).slice(0, 19).replace('T', ' ') };
  return written.text;
}

let written = { second: Number.NaN, text: '' };

/** An ISO instant; without a zone it is Indian time, without a time it is midnight. Undefined when it is neither. */
export function parseInstant(text: string): Ms | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text.trim());
  if (!match) return undefined;
  const [, day, minute = '00:00', second = '00', fraction = '', zone = '+05:30'] = match;
  const at = Date.parse(`${day}T${minute}:${second}${fraction}${zone}`);
  if (Number.isNaN(at) || isoDay(day ?? '') === undefined) return undefined;
  return ms(at);
}

/** The day itself when it exists in the calendar (`2026-02-30` does not). */
export function isoDay(text: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : undefined;
}

export type ZonedTime = { day: string; weekday: number; minute: number };

const zones = new Map<string, Intl.DateTimeFormat>();

export function isZone(zone: string): boolean {
  try {
    formatFor(zone);
    return true;
  } catch {
    return false;
  }
}

function formatFor(zone: string): Intl.DateTimeFormat {
  let format = zones.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    zones.set(zone, format);
  }
  return format;
}

/** The calendar day, weekday (0 is Sunday) and minute of the day at an instant, in an IANA zone. */
export function zonedTime(at: Ms, zone: string): ZonedTime {
  const parts = Object.fromEntries(
    formatFor(zone)
      .formatToParts(new Date(at))
      .map((p) => [p.type, p.value]),
  );
  const day = `${parts['year']}-${parts['month']}-${parts['day']}`;
  return {
    day,
    weekday: new Date(`${day}T00:00:00Z`).getUTCDay(),
    minute: Number(parts['hour']) * 60 + Number(parts['minute']),
  };
}
