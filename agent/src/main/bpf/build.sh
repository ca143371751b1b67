#!/bin/sh
# Compiles the flow cache. The same source and compiler (clang 14) give the same octets; the object is kept with the
# sources, so that building the program needs no clang. Usage: build.sh [OUTPUT]
set -eu
cd "$(dirname "$0")"
output=${1:-../resources/org/midonet/agent/datapath/ebpf/flow_cache.o}
multiarch=$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || gcc -print-multiarch 2>/dev/null || uname -m)
exec clang -O2 -Wall -Werror -target bpf -mcpu=v3 -I"/usr/include/$multiarch" -fdebug-compilation-dir=. \
  -c flow_cache.c -o "$output"
