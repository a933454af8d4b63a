import type { DncOptions } from './dnc-list.ts';

/** Options of every `press9 whitelist` command. */
export type DeskOptions = DncOptions & { at?: string; switch?: readonly string[] };

export type PostOptions = DeskOptions & { exophone: string; language: string; company?: string };
export type MissedCallOptions = DeskOptions & { exophone?: string; answered?: boolean };
export type InboundOptions = DeskOptions & { exophone?: string; sms?: boolean };
export type AgentOptions = DeskOptions & { gone?: boolean };
export type UnblockOptions = DeskOptions & { evidence: string; reason?: string };
export type AccountOptions = DeskOptions & { exophone?: string };
export type ResetOptions = DeskOptions & { note: string };
