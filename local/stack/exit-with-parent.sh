#!/bin/sh
# Runs a command that must not outlive its starter, not even one that was killed with -9: `exit-with-parent.sh <command> [argument…]`.
# Standard input is a pipe of which the starter alone holds the other end: it ends when the starter does, however that was.
exec 3<&0 </dev/null
command=$$ # the command takes this process over, and leads its group

{
  trap '' TERM
  while read -r _ <&3; do :; done
  kill -s TERM "$command"
  waited=0
  while [ "$waited" -lt 50 ] && kill -0 "$command"; do
    sleep 0.1
    waited=$((waited + 1))
  done
  kill -s KILL -- "-$command" # and whatever the command had started
} >/dev/null 2>&1 &

exec "$@" 3<&-
