# each.sh RUN KERNELS NAME... - runs the kernels with printing on and checks
# what comes out against the comments in each.
set -euo pipefail
run=$1
kernels=$2
shift 2
for name; do
  echo "== $name"
  TT_EMU_DPRINT=1 "$run" "$kernels/$name.cpp" > "$run.out" 2>&1 ||
    { cat "$run.out"; exit 1; }
  FileCheck --strict-whitespace "$kernels/$name.cpp" < "$run.out"
done
