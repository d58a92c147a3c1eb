/** Tells the worker what orders and days come to, so that it is counted and logged: once, since what is replayed tells nothing. */
import { proxySinks } from '@temporalio/workflow';
import type { FigureSinks } from './contract.ts';

export const { figures } = proxySinks<FigureSinks>();
