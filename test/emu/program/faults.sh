#!/bin/bash
# faults.sh SCENARIOS KERNELS WAITS SCRATCH - what goes wrong around a run: each
# step prints what was said and what is left behind.
scenarios=$1 kernels=$2 waits=$3 scratch=$4
rm -rf "$scratch" && mkdir -p "$scratch/tmp" && cd "$scratch" || exit 1
export TMPDIR=$scratch/tmp TT_EMU_OPT=-O0

# A compiler's options go by its name, and c++ may be either.
kind=$(basename "$(readlink -f "$(command -v c++)")")
run() { "$scenarios" "$kernels" fit 2>&1 | grep -vE 'terminate|support makecontext'; }
left() { echo "$1 left: $(ls "$2" | grep -cE "$3")"; }
await() { for _ in {1..1000}; do [ -e "$1" ] && return; sleep 0.03; done; }

echo "== a file where the cache should be"
touch file
TT_EMU_CACHE=$scratch/file/cache run

echo "== a cache that takes no files"
TT_EMU_CACHE=/proc/self run

echo "== no room for the object"
cat > small-$kind <<END
#!/bin/bash
trap '' XFSZ
ulimit -f 4
exec c++ "\$@"
END
chmod +x small-$kind
TT_EMU_CXX=$scratch/small-$kind TT_EMU_CACHE=$scratch/full run
left objects full '\.so'

echo "== no room for the statistics"
TT_EMU_CACHE=$scratch/good TT_EMU_STATS=/dev/full run
TT_EMU_CACHE=$scratch/good TT_EMU_STATS=/dev/full "$scenarios" "$kernels" fit >/dev/null 2>&1
echo "status $?"
echo "== no compiler for the host program"
TT_EMU_CXX=no-such-compiler tt-emu run "$waits" 2>&1
left programs tmp '^tt-emu-'

echo "== a run that is interrupted"
tt-emu run "$waits" -- "$scratch/runs" &
await runs
kill -TERM $!
wait $!
echo "status $?"
left programs tmp '^tt-emu-'

# A compiler that stops half way while there is a file `slow`, and changes the
# kernel behind its own back while there is a file `edit`.
cat > compiler-$kind <<END
#!/bin/bash
echo compiled >> $scratch/count
if [ -e $scratch/slow ]; then
  while [ "\$1" != -o ]; do shift; done
  echo half > "\$2"
  touch $scratch/half
  sleep 3
  exit 1
fi
c++ "\$@" || exit 1
if [ -e $scratch/edit ]; then sleep 0.1; echo "// more" >> $scratch/kernels/empty.cpp; fi
END
chmod +x compiler-$kind
export TT_EMU_CXX=$scratch/compiler-$kind TT_EMU_CACHE=$scratch/broken
cp -r "$kernels" kernels
kernels=$scratch/kernels

echo "== killed while a kernel is compiled, then run again"
touch slow
"$scenarios" "$kernels" fit >/dev/null 2>&1 &
await half
kill -KILL $!
wait $! 2>/dev/null
rm slow
run

echo "== a kernel that is edited while it is compiled"
: > count
touch edit
echo "// one" >> kernels/empty.cpp
run
rm edit
run
run
echo "compiled $(wc -l < count) times"

echo "== two runs in one cache"
export TT_EMU_CACHE=$scratch/shared
run > one &
run > two
wait
cat one two
left "half-written files" shared '\.so\.[0-9]'
