/** When WeChat Pay is being maintained, and what it answers meanwhile. */
import { Router } from 'express';
import { Maintenance, type MaintenanceBook } from '../maintenance.ts';

export function maintenanceRouter(maintenance: MaintenanceBook): Router {
  const told = () => ({ maintenance: maintenance.now() ?? null });

  return Router()
    .get('/', (_req, res) => {
      res.json(told());
    })
    .post('/', (req, res) => {
      maintenance.begin(Maintenance.parse(req.body ?? {}));
      res.json(told());
    })
    .delete('/', (_req, res) => {
      maintenance.end();
      res.json(told());
    });
}
