# Production is one image, run as `api`, `worker`, `migrate` or `doctor`; the command says which. The target `simulator` is another.
#
# Node 24 is LTS (“Krypton”); 26 is “Current” still. Debian, not Alpine: Temporal's core is built for glibc.
ARG NODE=node:24.22.3-trixie-slim

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

# What production imports and nothing else: without other platforms' builds of Temporal's core, sources and type declarations.
FROM build AS production-build
RUN npm prune --omit=dev && rm -r dist/simulator \
  && cd node_modules \
  && find @temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -r {} + \
  && rm -r @temporalio/core-bridge/sdk-core \
  && find . -type f \( -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.map' -o -name '*.md' \) -delete

FROM ${NODE} AS program
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps
WORKDIR /app
# Temporal's core looks for the system's certificate authorities when it calls a server over TLS.
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/* \
  && install --directory --owner=node --group=node --mode=0700 /wechatpay /reports
COPY package.json ./
USER node

# For development: with every package, as the tests have them.
FROM program AS simulator
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
CMD ["node", "dist/simulator/main.js"]

# The last stage is what `docker build` makes where no target is named.
FROM program AS production
COPY --from=production-build /app/node_modules ./node_modules
COPY --from=production-build /app/dist ./dist
CMD ["node", "dist/api/main.js"]
