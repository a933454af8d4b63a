import { z } from 'zod';
import type { Prompt } from '../../core/prompt.ts';

/** A settings field that Say, Play, Pause and In children fill; the reader has already made them into a prompt. */
export const promptField = z.custom<Prompt>((value) => Array.isArray(value)).default([]);
