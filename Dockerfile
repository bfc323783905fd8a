# A static binary in an empty image, run by a user without rights. Ledger, login and reports belong on a volume:
#   docker build -t cardlift .
#   docker run --rm -e CARDLIFT_TOKEN -v cardlift:/data -v "$PWD:/in:ro" cardlift import /in/contacts.csv --yes
# A folder of the host, in place of the volume, is writable for its owner only: run as that user, and read the report there.
#   docker run --rm -e CARDLIFT_TOKEN -u "$(id -u):$(id -g)" -v "$PWD:/data" cardlift import contacts.csv --yes
FROM rust:1-alpine AS build
RUN apk add --no-cache musl-dev gcc tzdata
WORKDIR /src
COPY . .
RUN cargo build --release --locked
RUN mkdir -p /image/data /image/tmp && chmod 1777 /image/tmp

FROM scratch
COPY --from=build /src/target/release/cardlift /cardlift
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo
# A new volume takes its owner from /data; standard input and rehearsals need /tmp.
COPY --from=build --chown=65534:65534 /image /
ENV XDG_STATE_HOME=/data/state XDG_CONFIG_HOME=/data/config HOME=/data
WORKDIR /data
USER 65534:65534
ENTRYPOINT ["/cardlift"]
