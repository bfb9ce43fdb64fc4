# The bot in an image that needs no root, no writable root file system and no compiler.
FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/headline-bot
COPY requirements.lock requirements-extras.lock ./
# "-extras" brings what [semantic] and [tracing] need, too.
ARG EXTRAS=""
RUN /opt/headline-bot/bin/pip install --no-cache-dir --disable-pip-version-check \
    --require-hashes --no-deps --requirement "requirements${EXTRAS}.lock"
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
RUN /opt/headline-bot/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation . \
    && /opt/headline-bot/bin/pip uninstall --yes setuptools

FROM python:3.13-slim
ENV PATH=/opt/headline-bot/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HEADLINE_BOT_CONFIG=/app/config \
    HEADLINE_BOT_DATA=/data
RUN useradd --system --user-group --uid 10001 --no-create-home bot && install --directory --owner=bot --group=bot /data
COPY --from=build /opt/headline-bot /opt/headline-bot
COPY config /app/config
USER bot
WORKDIR /app
EXPOSE 8080 8081
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/healthz', timeout=3)"]
ENTRYPOINT ["headline-bot"]
CMD ["run"]
