/** Tells the worker what Temporal's clock says: by it, and not by its own, an attempt comes too late. */
import { proxySinks } from '@temporalio/workflow';
import type { ClockSinks } from '../contract.ts';

export const { clock } = proxySinks<ClockSinks>();
