# A static binary in an empty image, run by a user without rights. The ledger and the reports belong on a volume:
#   docker build -t cardlift .
#   docker run --rm -e CARDLIFT_TOKEN -v "$PWD:/data" cardlift import contacts.csv --yes
FROM rust:1-alpine AS build
RUN apk add --no-cache musl-dev gcc
WORKDIR /src
COPY . .
RUN cargo build --release --locked

FROM scratch
COPY --from=build /src/target/release/cardlift /cardlift
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
ENV XDG_STATE_HOME=/data/state HOME=/data
WORKDIR /data
USER 65534:65534
ENTRYPOINT ["/cardlift"]
