/** What the page loads: its style, its script and its icon, each a file of its own, so that nothing inline is needed. */
import { readFileSync } from 'node:fs';
import { Router, type Response } from 'express';
import { STYLE } from './style/style.ts';

const SCRIPT = readFileSync(new URL('./script.js', import.meta.url), 'utf8');

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#07c160"/>' +
  '<path d="M4 8l3 3 5-6" fill="none" stroke="#fff" stroke-width="2"/></svg>\n';

export function pageFiles(): Router {
  return Router()
    .get('/style.css', (_req, res) => sendFile(res, 'css', STYLE))
    .get('/script.js', (_req, res) => sendFile(res, 'js', SCRIPT))
    .get('/icon.svg', (_req, res) => sendFile(res, 'svg', ICON));
}

function sendFile(res: Response, type: string, content: string): void {
  res.type(type).send(content);
}
