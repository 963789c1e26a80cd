# The web client, as files for whoever serves it: run once with a volume at /assets, it puts them there and ends.
# The API serves them from that volume (WEB_CLIENT_FOLDER), so that page and API have one address. A new image goes over
# the files of the old one, whose hashed scripts stay for pages that are open.

FROM node:24.19.0-bookworm-slim AS build
WORKDIR /web_client
RUN chown 1000:1000 /web_client
# The image's own user `node`.
USER 1000:1000
COPY --chown=1000:1000 web_client/package.json web_client/package-lock.json web_client/.npmrc ./
RUN --mount=type=cache,target=/home/node/.npm,uid=1000,gid=1000 npm ci
COPY --chown=1000:1000 web_client ./
# As `make web` does; it fails where a first page has grown over its budget.
RUN npm run build -- --logLevel warn

FROM busybox:1.37.0-glibc
LABEL org.opencontainers.image.title="Lectern's web client" \
      org.opencontainers.image.description="Puts the built pages into the volume at /assets, and ends." \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /web_client/dist /dist
# A new volume takes over whose this is.
RUN mkdir /assets && chown 65532:65532 /assets
USER 65532:65532
VOLUME /assets
# The first page last: from then on browsers ask for what it names.
CMD ["sh", "-euc", "find /dist -mindepth 1 -maxdepth 1 ! -name 'index.html*' -exec cp -R {} /assets/ ';' && cp /dist/index.html* /assets/"]
