#!/bin/bash
# Behaves like the official one, without its folder of scripts to run at first.
set -eo pipefail

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

# A secret is in the variable or in the file that a second variable names.
read_secret() {
  local name=$1 file=$1_FILE
  [ -z "${!name}" ] || [ -z "${!file}" ] || fail "both $name and $file are set"
  local value=${!name:-$2}
  [ -z "${!file}" ] || value=$(<"${!file}")
  export "$name=$value"
  unset "$file"
}

own_folders() {
  mkdir -p "$PGDATA" /var/run/postgresql
  chmod 700 "$PGDATA"
  find "$PGDATA" \! -user postgres -exec chown postgres '{}' +
  chmod 3775 /var/run/postgresql
  find /var/run/postgresql \! -user postgres -exec chown postgres '{}' +
}

initialize() {
  read_secret POSTGRES_PASSWORD
  read_secret POSTGRES_USER postgres
  read_secret POSTGRES_DB "$POSTGRES_USER"
  read_secret POSTGRES_INITDB_ARGS
  local method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}
  [ -n "$POSTGRES_PASSWORD" ] || [ "$method" = trust ] ||
    fail 'POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE must say a password'

  eval 'initdb --username="$POSTGRES_USER" --pwfile=<(printf "%s\n" "$POSTGRES_PASSWORD") '"$POSTGRES_INITDB_ARGS"
  # initdb trusts who is on this machine already.
  printf '\nhost all all all %s\n' "$method" >>"$PGDATA/pg_hba.conf"

  if [ "$POSTGRES_DB" != postgres ]; then
    pg_ctl --pgdata="$PGDATA" --options="-c listen_addresses='' -p 5432" --wait start
    psql --no-psqlrc --username="$POSTGRES_USER" --dbname=postgres --set=ON_ERROR_STOP=1 \
      --set=name="$POSTGRES_DB" <<<'CREATE DATABASE :"name";'
    pg_ctl --pgdata="$PGDATA" --mode=fast --wait stop
  fi
  unset POSTGRES_PASSWORD
}

[ "${1#-}" = "$1" ] || set -- postgres "$@"
if [ "$1" = postgres ]; then
  if [ "$(id -u)" = 0 ]; then
    own_folders
    exec gosu postgres "$BASH_SOURCE" "$@"
  fi
  [ -s "$PGDATA/PG_VERSION" ] || initialize
fi
exec "$@"
