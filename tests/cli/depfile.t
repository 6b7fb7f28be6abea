#!/bin/bash
# Make and Ninja themselves read what --depfile writes, whatever the files are called; a shard takes nothing down.

. "${0%/*}/lib.sh"

small_preset small 64 </dev/null
mkdir -p 'src/a b#c$d'
photo='src/a b#c$d/x #1 $y.jpg'
jpeg "$photo"
jpeg 'src/a b#c$d/שלום.jpg'

cat >build.sh <<SCRIPT
#!/bin/sh
echo built >>built
"$PHOTODESK" build src -o out --preset small --credit Dana --depfile photos.stamp.d && touch photos.stamp
SCRIPT
chmod +x build.sh
printf 'photos.stamp:\n\t./build.sh\n-include photos.stamp.d\n' >Makefile
printf 'rule photos\n  command = ./build.sh\n  depfile = photos.stamp.d\nbuild photos.stamp: photos\n' >build.ninja

# after TOOL BUILDS NAME: having run it once more, so many builds have been made.
after() {
    run "$1"
    is "$status|$(wc -l <built)" "0|$2" "$1: $3"
}

# held TOOL: it builds once, again where a photo changes or is gone or a new one comes, and else not.
held() {
    rm -rf out photos.stamp photos.stamp.d .ninja_deps .ninja_log built
    after "$1" 1 "the first build"
    after "$1" 1 "nothing to do"
    sleep 1.1
    touch "$photo"
    after "$1" 2 "a photo has changed"
    after "$1" 2 "and nothing more"
    sleep 1.1
    jpeg 'src/a b#c$d/new.jpg'
    after "$1" 3 "a new photo"
    sleep 1.1
    rm 'src/a b#c$d/new.jpg'
    after "$1" 4 "a photo is gone"
}

held make
held ninja

# ---- Names that no rule can have ----

# A name must not become a command, nor stop Make; the photo that has it must not grow old.
odd=('a: b.jpg' 'p%c.jpg' ';echo >pwned;%.jpg' 'a|b.jpg' 'a=b.jpg' 'IMG[1].jpg' 'IMG~1.jpg' 'a*.jpg' 'a\b.jpg' $'a\nb.jpg' $'a\tb.jpg')
make=("it's.jpg" 'a"b.jpg' 'c & d.jpg') # plain to Make, odd to Ninja
plain=('a (1).jpg' 'a@2x!.jpg' 'a{1},b+c.jpg' 'ü ש.jpg')
for tool in make ninja; do
    rm -rf src out photos.stamp photos.stamp.d .ninja_deps .ninja_log built
    mkdir -p 'src/g (1)'
    [ $tool = make ] && names=("${plain[@]}" "${make[@]}") || names=("${plain[@]}")
    for name in "${names[@]}"; do jpeg "src/g (1)/$name" 8 6; done
    after $tool 1 "plain names"
    after $tool 1 "plain names: nothing to do"
    sleep 1.1
    touch src/*/*
    after $tool 2 "plain names: they have changed"
    after $tool 2 "plain names: and nothing more"
    [ $tool = ninja ] && names=("${odd[@]}" "${make[@]}") || names=("${odd[@]}")
    for name in "${names[@]}"; do
        rm -rf src
        mkdir -p src/g && jpeg "src/g/$name" 8 6
        rm -f built
        after $tool 1 "$(printf %q "$name")"
        after $tool 2 "$(printf %q "$name"), again"
    done
done
is "$(ls pwned 2>&1 | grep -c '^pwned')" 0 "no name is a command"
run photodesk build src -o out --credit Dana --depfile 'a:b.d'
is "$status" 2 "a target that no rule can have: exit code"
like "$stderr" 'a:b.d: Make and Ninja cannot both read this name; choose another' "a target that no rule can have: says so"

mkdir many
for i in 1 2 3 4 5 6; do mkdir many/$i && jpeg many/$i/p.jpg; done
run photodesk build many -o web --preset small --credit Dana
before=$(content web)
for k in 1 2 3; do
    run photodesk build many -o web --preset small --credit Dana --shard $k/3
    is "$status|$(content web)" "0|$before" "shard $k of 3 takes down no gallery of another"
done

done_testing
