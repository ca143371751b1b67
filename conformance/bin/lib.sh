# Settings and helpers shared by the scripts of this folder (sourced, bash).
#
# Every peer keeps its data, logs and pids under STATE and listens on loopback only, on a port counted from PORT_BASE, so
# that neither a service of the machine nor another checkout is disturbed.

BIN="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
CONFORMANCE="$(dirname "$BIN")"
LIB="$CONFORMANCE/lib"
STATE="${CONFORMANCE_STATE:-$CONFORMANCE/target/peers}"
PORT_BASE="${CONFORMANCE_PORT_BASE:-25000}"
PYTHON=/usr/bin/python3   # Debian's, which sees Debian's modules

KEYSTONE_PORT=$((PORT_BASE))
MEMCACHED_PORT=$((PORT_BASE + 1))
AMQP_PORT=$((PORT_BASE + 2))
AMQP_DIST_PORT=$((PORT_BASE + 3))
EPMD_PORT=$((PORT_BASE + 4))
MARIADB_PORT=$((PORT_BASE + 5))
REFERENCE_PORT=$((PORT_BASE + 6))
SERVER_PORT=$((PORT_BASE + 7))
CLUSTER_API_PORT=$((PORT_BASE + 8))

export KEYSTONE_URL="http://127.0.0.1:$KEYSTONE_PORT/v3"
export ADMIN_PASSWORD=secret
export REGION=RegionOne
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
TRANSPORT_URL="rabbit://openstack:secret@127.0.0.1:$AMQP_PORT/"
REFERENCE_URL="http://127.0.0.1:$REFERENCE_PORT"
SERVER_URL="http://127.0.0.1:$SERVER_PORT"

say() { echo "[$(date +%T)] $*" >&2; }

die() { say "$*"; exit 1; }

# usage SCRIPT: its leading comment
usage() { sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$1" >&2; exit 2; }

# need COMMAND...: stop and say what installs them
need() {
  local command
  for command in "$@"; do
    command -v "$command" >/dev/null || die "$command is missing; run conformance/bin/install as root"
  done
}

prepare_state() {
  mkdir -p "$STATE/run" "$STATE/log" "$STATE/etc"
  STATE="$(cd "$STATE" && pwd)"
}

alive() { [ -s "$STATE/run/$1.pid" ] && kill -0 "$(cat "$STATE/run/$1.pid")" 2>/dev/null; }

# start NAME COMMAND...: in the background, in a session of its own
start() {
  local name=$1
  shift
  setsid nohup "$@" >>"$STATE/log/$name.log" 2>&1 </dev/null &
  echo $! >"$STATE/run/$name.pid"
}

# stop NAME [SECONDS]: terminate, then kill what is left of its process group
stop() {
  local name=$1 seconds=${2:-10} pid i
  [ -s "$STATE/run/$name.pid" ] || return 0
  pid=$(cat "$STATE/run/$name.pid")
  kill -TERM "$pid" 2>/dev/null
  for i in $(seq $((seconds * 10))); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL -- "-$pid" 2>/dev/null
  rm -f "$STATE/run/$name.pid"
}

# wait_port NAME PORT [SECONDS]
wait_port() {
  local name=$1 port=$2 seconds=${3:-60} i
  for i in $(seq $((seconds * 10))); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && return 0
    alive "$name" || die "$name ended at once, see $STATE/log/$name.log"
    sleep 0.1
  done
  die "$name does not listen on $port after $seconds s, see $STATE/log/$name.log"
}

# wait_http NAME URL [SECONDS]: until it answers 200
wait_http() {
  local name=$1 url=$2 seconds=${3:-60} i
  for i in $(seq $((seconds * 10))); do
    [ "$(curl -s -o /dev/null -w '%{http_code}' "$url")" = 200 ] && return 0
    alive "$name" || die "$name ended, see $STATE/log/$name.log"
    sleep 0.1
  done
  die "$name does not answer at $url after $seconds s, see $STATE/log/$name.log"
}
