#!/bin/sh
# Starts the time-skipping server that lies beside this file, and ends it when its starter ends: `temporal-test-server <port>`.
# Beside it is either `server`, an executable that was downloaded, or `lib/`, what Maven brought.
set -eu
cd "${0%/*}"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

if [ "${1-}" = --version ]; then
  [ -x server ] || exec "$java" -version
  exit 0
fi

# The SDK kills its server when a test environment is torn down, not when the test process is killed, and it gives its
# server no pipe whose end could be noticed. So this asks.
server=$$
{
  while kill -0 "$PPID" && kill -0 "$server"; do sleep 0.5; done
  kill -0 "$PPID" || kill -s KILL "$server"
} </dev/null >/dev/null 2>&1 &

[ ! -x server ] || exec ./server "$@"

# The SDK waits 5 s: less compiling and an archive of loaded classes start the JVM in half the time. Paths are relative
# because a JVM takes an archive only with the class path that it was made with.
archive=
[ ! -f server.jsa ] || archive=-XX:SharedArchiveFile=server.jsa
exec "$java" -XX:+IgnoreUnrecognizedVMOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xlog:disable ${archive:+"$archive"} \
  -cp 'lib/*' io.temporal.testserver.TestServer "$@"
