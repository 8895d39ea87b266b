# Stage 1: the locked libraries and the program, in an environment of their own.
FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/threadlight
ENV PATH="/opt/threadlight/bin:$PATH" PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY cogs cogs
COPY migrations migrations
COPY sandbox sandbox
RUN pip install --no-deps .

# Stage 2: no compiler, no sources, nobody's rights but the bot's own.
FROM python:3.13-slim
RUN useradd --create-home --uid 10001 threadlight \
    && mkdir /data && chown threadlight:threadlight /data
COPY --from=build /opt/threadlight /opt/threadlight
ENV PATH="/opt/threadlight/bin:$PATH" PYTHONUNBUFFERED=1 \
    DATABASE_URL="sqlite+aiosqlite:////data/threadlight.db"
USER threadlight
WORKDIR /home/threadlight
VOLUME /data
ENTRYPOINT ["threadlight"]
CMD ["run"]
