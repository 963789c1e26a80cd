# The web client, as files for whoever serves it: run once with a volume at /assets, it puts them there and ends.
# The API serves them from that volume (WEB_CLIENT_FOLDER), so that page and API have one address. A new image goes over
# the files of the old one, whose hashed scripts stay for pages that are open.

FROM node:24.19.0-bookworm-slim AS build
WORKDIR /web_client
RUN chown node:node /web_client
USER node
COPY --chown=node:node web_client/package.json web_client/package-lock.json web_client/.npmrc ./
RUN npm ci
COPY --chown=node:node web_client ./
# As `make web` does; it fails where a first page has grown over its budget.
RUN npm run build -- --logLevel warn

FROM busybox:1.37.0-glibc
COPY --from=build /web_client/dist /dist
# A new volume takes over whose this is.
RUN mkdir /assets && chown 65532:65532 /assets
USER 65532:65532
VOLUME /assets
# The first page last: from then on browsers ask for what it names.
CMD ["sh", "-euc", "find /dist -mindepth 1 -maxdepth 1 ! -name 'index.html*' -exec cp -R {} /assets/ ';' && cp /dist/index.html* /assets/"]
