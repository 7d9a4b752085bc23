#!/usr/bin/env bash
#
# prepare.sh        makes sure that everything compose.yaml needs is there: an engine that answers,
#                   the images, and docker/.env, which names them
# prepare.sh stop   stops the engine, if this script has started it
#
# Where a registry of images can be reached, the official images are pulled. Where none can, they
# are replaced, on Debian and its like, as root: a base from the machine's own package sources, a
# Java runtime from the JDK that builds this project, Kafka from Maven, PostgreSQL from a package.
# What is there already is kept, but for our own images, which are built anew.
#
#   BASES=local       replace the official images without trying a registry
#   ENGINE_LIMIT=60   how many seconds an engine may take to start

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
WORK=$ROOT/target/docker # what this script keeps: its engine's pid and log
ENV_FILE=$ROOT/docker/.env

JDK_MIN=21
# With those modules any library of ours runs; jlink leaves out compilers and tools.
JRE_MODULES=java.se,jdk.charsets,jdk.crypto.ec,jdk.jfr,jdk.localedata,jdk.management,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.zipfs

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "prepare: $*"
  exit 1
}

# ── The engine ───────────────────────────────────────────────────────────────────────────────────

# Does an engine answer? Bounded: a socket may be there with nobody behind it.
answers() { timeout 20 docker version >/dev/null 2>&1; }

package() {
  [ "$(id -u)" = 0 ] || fail "root is needed to install the packages: $*"
  say "Installing $* …"
  { apt-get update && apt-get install -y --no-install-recommends "$@"; } >>"$WORK/packages.log" 2>&1 ||
    fail "the packages $* cannot be installed; $WORK/packages.log says why"
}

engine() {
  if answers; then
    return
  fi
  if ! command -v dockerd >/dev/null; then
    command -v apt-get >/dev/null ||
      fail "no engine answers, and this is no Debian to install one on: start one, and come again"
    package docker.io
  fi
  [ "$(id -u)" = 0 ] || fail "no engine answers, and only root can start one"
  say "Starting an engine …"
  # Without this script's streams: it outlives the script.
  setsid dockerd >"$WORK/dockerd.log" 2>&1 </dev/null &
  echo $! >"$WORK/dockerd.pid"
  local deadline=$((SECONDS + ${ENGINE_LIMIT:-60}))
  until answers; do
    if [ $SECONDS -ge $deadline ] || ! engine_is_ours; then
      stop
      fail "the engine did not start; $WORK/dockerd.log says why"
    fi
    sleep 0.5
  done
}

# Is the process whose id was kept still the engine it was then?
engine_is_ours() {
  [ -s "$WORK/dockerd.pid" ] && [ "$(cat "/proc/$(cat "$WORK/dockerd.pid")/comm" 2>/dev/null)" = dockerd ]
}

stop() {
  local pid deadline=$((SECONDS + 60))
  if engine_is_ours; then
    pid=$(cat "$WORK/dockerd.pid")
    kill "$pid"
    while [ -d "/proc/$pid" ] && [ $SECONDS -lt $deadline ]; do
      sleep 0.2
    done
    say "The engine has stopped."
  else
    say "No engine of this script runs."
  fi
  rm -f "$WORK/dockerd.pid"
}

# ── Images ───────────────────────────────────────────────────────────────────────────────────────

present() { docker image inspect "$1" >/dev/null 2>&1; }

# Prints what compose.yaml uses for the variable $1 if nothing else is said.
official() { sed -n "s/.*\${$1:-\([^}]*\)}.*/\1/p" "$ROOT/docker/compose.yaml" | head -n 1; }

# Prints the official image of the variable $1 if it is here or can be had, and else the local $2,
# which $3 makes.
choose() {
  local image
  image=$(official "$1")
  if [ "${BASES:-}" != local ]; then
    if present "$image" || timeout 600 docker pull --quiet "$image" >>"$WORK/pull.log" 2>&1; then
      echo "$image"
      return
    fi
  fi
  if ! present "$2"; then
    say "$image cannot be pulled; making $2 …"
    "$3" "$2" >>"$WORK/images.log" 2>&1 || fail "$2 cannot be made; $WORK/images.log says why"
  fi
  echo "$2"
}

# A root file system with the packages $1 from this machine's own sources, as a tar file on
# standard output; further arguments go to mmdebstrap. Sources of others than the distribution's
# stay out.
debian() {
  local packages=$1 sources=() file
  shift
  command -v mmdebstrap >/dev/null || package mmdebstrap >&2
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/{debian,ubuntu}.sources; do
    if [ -s "$file" ]; then
      sources+=("$file")
    fi
  done
  [ ${#sources[@]} -gt 0 ] || fail "no package sources in /etc/apt"
  # shellcheck disable=SC1091  # its variables are known
  mmdebstrap --variant=essential --include="$packages" "$@" \
    "$(. /etc/os-release && echo "$VERSION_CODENAME")" - "${sources[@]}"
}

# Prints the first JDK that is new enough and can make runtimes.
jdk() {
  local home release
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*jdk*; do
    [ -x "$home/bin/jlink" ] && [ -r "$home/release" ] || continue
    release=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
    if [ "$release" -ge $JDK_MIN ]; then
      echo "$home"
      return
    fi
  done
  fail "no JDK of $JDK_MIN or newer with jlink: set JAVA_HOME"
}

# These are steps of a condition, in which bash does not stop at the first that fails: hence &&.

make_jre() {
  local folder=$WORK/java
  rm -rf "$folder" &&
    mkdir -p "$folder" &&
    "$(jdk)/bin/jlink" --add-modules $JRE_MODULES --include-locales=en --strip-debug --no-man-pages \
      --no-header-files --output "$folder/openjdk" &&
    debian ca-certificates,libstdc++6,passwd --customize-hook="copy-in $folder /opt" |
    docker import --change 'ENV JAVA_HOME=/opt/java/openjdk LANG=C.UTF-8 PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$1"
}

make_kafka() {
  maven -f "$ROOT/docker/local/kafka/pom.xml" -Dquick package &&
    build docker/local/kafka/Dockerfile "$1" JRE="$JRE_IMAGE"
}

make_postgres() {
  debian postgresql | docker import - credit-ledger-local/postgres-base &&
    build docker/local/postgres/Dockerfile "$1" POSTGRES=credit-ledger-local/postgres-base
}

maven() { "${MAVEN_HOME:+$MAVEN_HOME/bin/}mvn" -B -ntp -Dstyle.color=never "$@" </dev/null; }

# Builds the image $2 from the Dockerfile $1 with the build argument $3.
build() { docker build --force-rm --file "$ROOT/$1" --tag "$2" --build-arg "$3" "$ROOT"; }

images() {
  JRE_IMAGE=$(choose JRE_IMAGE credit-ledger-local/jre make_jre)
  KAFKA_IMAGE=$(choose KAFKA_IMAGE credit-ledger-local/kafka make_kafka)
  POSTGRES_IMAGE=$(choose POSTGRES_IMAGE credit-ledger-local/postgres make_postgres)
  say "Building Credit Ledger …"
  maven -f "$ROOT/pom.xml" -Dquick --projects ledger-streams,stripe-sync --also-make package \
    >>"$WORK/images.log" 2>&1 || fail "the build failed; $WORK/images.log says why"
  say "Building the images of the services …"
  {
    build docker/ledger/Dockerfile "$(official LEDGER_IMAGE)" JRE="$JRE_IMAGE" &&
      build docker/stripe-sync/Dockerfile "$(official STRIPE_SYNC_IMAGE)" JRE="$JRE_IMAGE"
  } >>"$WORK/images.log" 2>&1 || fail "the images cannot be built; $WORK/images.log says why"
}

# ── docker/.env ──────────────────────────────────────────────────────────────────────────────────

random() { od -An -tx1 -N16 /dev/urandom | tr -d ' \n'; }

# Names the images; everything else in the file stays as it is.
settings() {
  local kept
  touch "$ENV_FILE"
  chmod 600 "$ENV_FILE" # It has a password.
  kept=$(grep -vE '^(JRE|KAFKA|POSTGRES)_IMAGE=' "$ENV_FILE" || true)
  {
    if [ -n "$kept" ]; then
      printf '%s\n' "$kept"
    fi
    case $kept in *COMPOSE_PROJECT_NAME=*) ;; *) echo COMPOSE_PROJECT_NAME=credit-ledger ;; esac
    case $kept in *POSTGRES_PASSWORD=*) ;; *) echo "POSTGRES_PASSWORD=$(random)" ;; esac
    case $kept in *STRIPE_WEBHOOK_SECRETS=*) ;; *) echo "STRIPE_WEBHOOK_SECRETS=whsec_$(random)" ;; esac
    echo "JRE_IMAGE=$JRE_IMAGE"
    echo "KAFKA_IMAGE=$KAFKA_IMAGE"
    echo "POSTGRES_IMAGE=$POSTGRES_IMAGE"
  } >"$ENV_FILE.new"
  chmod 600 "$ENV_FILE.new"
  mv "$ENV_FILE.new" "$ENV_FILE"
}

# ── Run ──────────────────────────────────────────────────────────────────────────────────────────

main() {
  mkdir -p "$WORK"
  case ${1:-} in
    stop) stop ;;
    '')
      engine
      images
      settings
      say "Ready: docker compose -f $ROOT/docker/compose.yaml up --detach --wait"
      ;;
    *) fail "unknown: $1; nothing, or stop" ;;
  esac
}

main "$@"
