/** What business code sends to take up an order that WeChat has: nothing, or which service it is of. */
import { z } from 'zod';
import { namedService } from './named-service.ts';

export const AdoptServiceOrder = z.strictObject(namedService).optional();
