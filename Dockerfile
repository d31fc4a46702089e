# Assets: CSS, scripts and fonts, so that no page loads anything from outside.
FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json .npmrc ./
RUN npm install --omit=dev --no-progress

FROM python:3.12-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 \
    PATH=/opt/venv/bin:$PATH VAR_DIR=/var/lib/shuheng
WORKDIR /app
RUN python -m venv /opt/venv \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin shuheng \
    && install -d -o shuheng -g shuheng /var/lib/shuheng
COPY pyproject.toml constraints.txt README.md ./
RUN pip install -e . -c constraints.txt
COPY . .
COPY --from=packages /app/node_modules node_modules
RUN python scripts/assets.py && rm -rf node_modules \
    && python scripts/messages.py compile \
    && STATIC_ROOT=/app/static SECRET_KEY=build VAR_DIR=/tmp/build python manage.py collectstatic -v 0 --no-input
ENV STATIC_ROOT=/app/static
USER 10001
EXPOSE 8000
VOLUME /var/lib/shuheng
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--no-ws", "config.wsgi:application"]
