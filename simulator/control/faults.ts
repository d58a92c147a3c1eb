/** Faults for coming calls, to be planned and called off. */
import { Router } from 'express';
import { PlannedFault, type Faults } from '../transport/faults.ts';

export function faultsRouter(faults: Faults): Router {
  const told = () => ({ faults: faults.planned() });

  return Router()
    .get('/', (_req, res) => {
      res.json(told());
    })
    .post('/', (req, res) => {
      faults.plan(PlannedFault.parse(req.body));
      res.status(201).json(told());
    })
    .delete('/', (_req, res) => {
      faults.clear();
      res.json(told());
    });
}
